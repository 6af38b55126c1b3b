import { daysBetween, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { pagerModel, type Paging } from '../platform/http/paging.js';
import { reaches } from '../platform/scope.js';
import { closedFor } from '../trainings/nominations.service.js';
import type { TrainingClass } from '../trainings/trainingClass.rules.js';
import { hoursWords, kindWords, spanWords, stageBadge } from '../trainings/words.pages.js';
import { addressWith, kept } from '../workers/words.pages.js';
import type { StateCounts } from '../trainings/classHead.pages.js';
import type { SeatsLeft } from './selection.service.js';

interface InvitationFacts {
  readonly classes: readonly TrainingClass[];
  readonly seats: ReadonlyMap<string, SeatsLeft>;
  readonly counts: ReadonlyMap<string, StateCounts>;
  readonly today: CivilDay;
  readonly paging: Paging;
}

/** Whether people can still be put forward by the account. */
export function isOpenTo(ctx: Ctx, of: TrainingClass, today: CivilDay): boolean {
  return closedFor(of, { today, isOwner: reaches(ctx.scope, of.ownerPath) }) === null;
}

/** Classes a division is invited to, with its seats: open ones first; the other tab has those no longer open. */
export function invitationsPage(ctx: Ctx, at: InvitationFacts) {
  const { t } = ctx;
  const title = t('planner.invitations.title');
  const open = at.classes.filter((of) => isOpenTo(ctx, of, at.today));
  const over = at.classes.filter((of) => !isOpenTo(ctx, of, at.today));
  const tab = ctx.query['tab'] === 'over' ? 'over' : 'open';
  const shown = tab === 'open' ? open : over;
  const left = open.reduce((sum, of) => sum + (at.seats.get(of.id)?.left ?? 0), 0);
  return {
    title,
    crumbs: [
      { href: kept(ctx, '/'), label: t('shell.menu.desk') },
      { href: null, label: title },
    ],
    facts: t('planner.invitations.facts', { area: ctx.area.name, n: open.length, left }),
    tabs: [
      {
        href: addressWith(ctx, '/nominations', { tab: '' }),
        label: t('planner.invitations.open'),
        count: open.length,
        current: tab === 'open',
      },
      {
        href: addressWith(ctx, '/nominations', { tab: 'over' }),
        label: t('planner.invitations.over'),
        count: over.length,
        current: tab === 'over',
      },
    ],
    rows: shown.slice(at.paging.skip, at.paging.skip + at.paging.size).map((of) => invitationRow(ctx, of, at)),
    pager: pagerModel(at.paging, shown.length),
    untrainedHref: ctx.can('gap.read') ? kept(ctx, '/untrained') : null,
    emptyTitle: t(`planner.invitations.emptyTitle.${tab}`),
    emptyText: t(`planner.invitations.empty.${tab}`),
  };
}

function invitationRow(ctx: Ctx, of: TrainingClass, at: InvitationFacts) {
  const { t } = ctx;
  const seats = at.seats.get(of.id) ?? { quota: null, used: of.takenSeats, left: 0 };
  const counts = at.counts.get(of.id) ?? {};
  const until = of.nominateBy ?? of.firstDay;
  const days = daysBetween(at.today, until);
  return {
    href: kept(ctx, `/classes/${of.id}/nominations`),
    name: of.name,
    note: [of.organiser, of.place].filter((part) => part !== '').join(' · '),
    kind: kindWords(t, of),
    span: spanWords(t, of),
    hours: t('planner.invitations.hours', { hours: hoursWords(of.creditMinutes) }),
    quota: seats.quota ?? of.capacity,
    shared: of.quotas.length === 0,
    used: seats.used,
    left: seats.left,
    pending: counts.NOMINATED ?? 0,
    waiting: counts.WAITLISTED ?? 0,
    until: until.slice(5),
    days: days < 0 ? t('planner.invitations.past') : t('planner.invitations.days', { days }),
    soon: days >= 0 && days <= 3,
    badge: stageBadge(t, of, at.today),
  };
}
