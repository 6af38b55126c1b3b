import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import { pagerModel, type Paging } from '../platform/http/paging.js';
import { classHead, manages, type HeadFacts } from '../trainings/classHead.pages.js';
import { isActive } from '../trainings/enrolment.rules.js';
import { closedFor } from '../trainings/nominations.service.js';
import type { Enrolment } from '../trainings/trainingClass.rules.js';
import { placeBadge, spanWords } from '../trainings/words.pages.js';
import { addressWith, kept } from '../workers/words.pages.js';
import type { Pool, RankedPerson } from './candidates.service.js';
import { reasonWords } from './reasons.pages.js';
import type { SeatsLeft } from './selection.service.js';

interface NominateFacts extends HeadFacts {
  readonly people: readonly RankedPerson[];
  /** Home of each candidate in words, by worker id. */
  readonly places: ReadonlyMap<string, string>;
  readonly inside: readonly Enrolment[];
  readonly seats: SeatsLeft;
  readonly pool: Pool;
  readonly search: string;
  readonly paging: Paging;
  readonly problems: readonly Problem[];
}

/** Whom to put forward, in the order of need; and what becomes of those already put forward. */
export function nominatePage(ctx: Ctx, at: NominateFacts) {
  const { t } = ctx;
  const { of, paging } = at;
  const path = `/classes/${of.id}/nominations`;
  const isOwner = manages(ctx, of, 'training.nominate');
  const closed = closedFor(of, { today: at.today, isOwner });
  const found = at.people.filter((one) => one.worker.name.includes(at.search));
  const groups = groupsOf(ctx, at, isOwner);
  return {
    ...classHead(ctx, at),
    path,
    action: kept(ctx, path),
    decisionAction: kept(ctx, `${path}/decisions`),
    form: formModel(['workerIds', 'enrolmentIds', 'reason'], ctx.body, at.problems, t),
    seatsText: seatsText(ctx, at, isOwner),
    closed: closed === null ? '' : t(`trainings.nominate.${closed.key}`, closed.values),
    pools: (['needing', 'all'] as const).map((pool) => ({
      href: addressWith(ctx, path, { pool: pool === 'needing' ? '' : pool }),
      label: t(`planner.pool.${pool}`),
      current: pool === at.pool,
    })),
    pool: at.pool === 'needing' ? '' : at.pool,
    search: at.search,
    chips: at.search === '' ? [] : [{ label: at.search, href: addressWith(ctx, path, { q: '' }) }],
    nominateLabel: t(isOwner ? 'planner.nominate.confirmNow' : 'planner.nominate.button'),
    candidatesTitle: t('planner.nominate.candidates', { n: found.length }),
    rows: closed === null ? found.slice(paging.skip, paging.skip + paging.size).map((one) => candidateRow(ctx, one, at.places)) : [],
    pager: pagerModel(paging, found.length),
    emptyTitle: t('planner.nominate.emptyTitle'),
    emptyText: t(`planner.nominate.empty.${at.pool}`),
    groups,
    // one main button per page: deciding comes before adding
    decides: groups.some((group) => group.actions.some((action) => action.main)),
  };
}

function seatsText(ctx: Ctx, at: NominateFacts, isOwner: boolean): string {
  const { seats, of } = at;
  const values = { area: ctx.area.name, capacity: of.capacity, quota: seats.quota ?? of.capacity, used: seats.used, left: seats.left };
  if (seats.quota === null) return ctx.t(isOwner ? 'planner.nominate.seatsOwner' : 'planner.nominate.seatsShared', values);
  return ctx.t('planner.nominate.seatsQuota', values);
}

function candidateRow(ctx: Ctx, one: RankedPerson, places: ReadonlyMap<string, string>) {
  const { t } = ctx;
  const { worker } = one;
  return {
    id: worker.id,
    rank: one.rank,
    name: worker.name,
    href: ctx.can('worker.read') ? kept(ctx, `/workers/${worker.id}`) : null,
    idMasked: worker.idMasked,
    place: places.get(worker.id) ?? '',
    post: t(`workers.post.${worker.post}`),
    why: reasonWords(t, one.reason),
    due: one.dueOn === null ? '' : t('planner.nominate.due', { day: one.dueOn }),
    last: lastWords(ctx, one.lastCompletedOn),
    busy: one.busy === null ? '' : t('planner.nominate.busy', { span: spanWords(t, one.busy) }),
  };
}

function lastWords(ctx: Ctx, day: CivilDay | null): string {
  return day === null ? ctx.t('planner.nominate.never') : day;
}

/** People already put forward: waiting for a decision, waiting for a seat, placed, and those who are out again. */
function groupsOf(ctx: Ctx, at: NominateFacts, isOwner: boolean) {
  const { t } = ctx;
  const order = (places: readonly Enrolment[]): Enrolment[] => [...places].sort((a, b) => a.rank - b.rank);
  const open = at.of.state === 'PUBLISHED' || at.of.state === 'IN_PROGRESS' || at.of.state === 'POSTPONED';
  const withdraw = { value: 'WITHDRAW', label: t('planner.decision.WITHDRAW'), main: false };
  const owner = (...actions: readonly string[]) =>
    actions.map((value, index) => ({ value, label: t(`planner.decision.${value}`), main: index === 0 }));
  const groups = [
    {
      key: 'nominated',
      places: order(at.inside.filter((one) => one.state === 'NOMINATED')),
      actions: isOwner ? owner('CONFIRM', 'WAITLIST', 'RETURN') : [withdraw],
    },
    {
      key: 'waiting',
      places: order(at.inside.filter((one) => one.state === 'WAITLISTED')),
      actions: isOwner ? owner('PROMOTE', 'RETURN') : [withdraw],
    },
    { key: 'placed', places: order(at.inside.filter((one) => isActive(one.state) && one.state !== 'NOMINATED')), actions: [withdraw] },
    { key: 'out', places: order(at.inside.filter((one) => one.state === 'RETURNED' || one.state === 'WITHDRAWN')), actions: [] },
  ];
  return groups
    .filter((group) => group.places.length > 0)
    .map(({ key, places, actions }) => ({
      key,
      title: t(`planner.group.${key}`, { n: places.length }),
      actions: open ? actions : [],
      needsReason: open && actions.some((action) => action.value !== 'CONFIRM' && action.value !== 'PROMOTE'),
      rows: places.map((place) => ({
        id: place.id,
        name: place.name,
        unit: place.unitText,
        href: ctx.can('worker.read') ? kept(ctx, `/workers/${place.workerId}`) : null,
        post: t(`workers.post.${place.post}`),
        why: [reasonWords(t, place.reason), place.stateReason].filter((text) => text !== '').join('；'),
        by: place.nominatedBy,
        badge: placeBadge(t, place.state),
        pickable: open && actions.length > 0,
      })),
    }));
}
