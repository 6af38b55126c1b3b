import { dayOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { reaches } from '../platform/scope.js';
import { kept } from '../workers/words.pages.js';
import type { ClassLink, ClassPart } from './classParts.pages.js';
import { actionsFrom } from './classes.rules.js';
import type { EnrolmentState } from './enrolment.rules.js';
import { isActive } from './enrolment.rules.js';
import { progressOf, stageOf, type Stage } from './stages.rules.js';
import type { Slot } from './slots.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { classCrumbs, classFacts, stageBadge } from './words.pages.js';

/** How many places a class has in each state, as far as the account sees them. */
export type StateCounts = Readonly<Partial<Record<EnrolmentState, number>>>;

/** Everything the head of a class's pages is made from. */
export interface HeadFacts {
  readonly of: TrainingClass;
  readonly today: CivilDay;
  readonly now: Slot;
  readonly counts: StateCounts;
  readonly parts: readonly ClassPart[];
  readonly qualifies: boolean;
  /** Key of the tab that is shown. */
  readonly tab: string;
}

/** People with a place, of some counts. */
export function placedOf(counts: StateCounts): number {
  return Object.entries(counts).reduce((sum, [state, n]) => sum + (isActive(state as EnrolmentState) ? n : 0), 0);
}

/** Whether the account manages the class with a permission. */
export function manages(ctx: Ctx, of: TrainingClass, permission: string): boolean {
  const scope = ctx.scopeOf(permission);
  return scope !== null && reaches(scope, of.ownerPath);
}

/** Title, facts, stepper, tabs and buttons: the same on every page of a class. */
export function classHead(ctx: Ctx, at: HeadFacts) {
  const { t } = ctx;
  const { of, parts } = at;
  const main = parts.findLast((part) => part.main !== undefined)?.main ?? ownMain(ctx, at);
  return {
    title: of.name,
    crumbs:
      at.tab === 'sessions'
        ? classCrumbs(ctx, { href: null, label: of.name })
        : classCrumbs(
            ctx,
            { href: kept(ctx, `/classes/${of.id}`), label: of.name },
            { href: null, label: tabsOf(ctx, at).find((tab) => tab.current)?.label ?? '' },
          ),
    facts: [
      classFacts(t, of),
      ...(of.state === 'CANCELLED' ? [] : [t(at.qualifies ? 'trainings.class.counts' : 'trainings.class.countsNot')]),
    ].join(' · '),
    badge: stageBadge(t, of, at.today),
    steps: of.external || of.state === 'CANCELLED' ? [] : stepsOf(ctx, at),
    tabs: tabsOf(ctx, at),
    buttons: parts.flatMap((part) => part.buttons ?? []),
    more: moreOf(ctx, of),
    main,
  };
}

function tabsOf(ctx: Ctx, at: HeadFacts) {
  const { t } = ctx;
  const { of, counts } = at;
  const href = (path: string): string => kept(ctx, `/classes/${of.id}${path}`);
  const own = [
    {
      key: 'sessions',
      href: href(''),
      label: t(of.external ? 'trainings.tab.class' : 'trainings.tab.sessions'),
      count: null as number | null,
    },
    { key: 'people', href: href('/people'), label: t('trainings.tab.people'), count: placedOf(counts) },
    ...(of.external || of.state === 'DRAFT' || of.state === 'CANCELLED' || !ctx.can('training.nominate')
      ? []
      : [
          {
            key: 'nominations',
            href: href('/nominations'),
            label: t('trainings.tab.nominations'),
            count: (counts.NOMINATED ?? 0) + (counts.WAITLISTED ?? 0),
          },
        ]),
    ...at.parts.flatMap((part) => part.tabs ?? []),
    ...(of.external ? [] : [{ key: 'notice', href: href('/notice'), label: t('trainings.tab.notice'), count: null }]),
  ];
  return own.map(({ key, ...tab }) => ({ ...tab, current: key === at.tab }));
}

/** The main button by stage: what the account does next with this class. */
function ownMain(ctx: Ctx, at: HeadFacts): ClassLink | null {
  const { of } = at;
  const link = (path: string, icon: string, label: string): ClassLink => ({
    href: kept(ctx, `/classes/${of.id}${path}`),
    icon,
    label: ctx.t(`trainings.class.${label}`),
  });
  const plans = manages(ctx, of, 'training.plan');
  switch (stageOf(of, at.today)) {
    case 'DRAFT':
      return plans ? link('/publication', 'send', 'publish') : null;
    case 'POSTPONED':
      return plans ? link('/rescheduling', 'calendar-plus', 'reschedule') : null;
    case 'NOMINATING':
    case 'READY':
      return ctx.can('training.nominate') && at.tab !== 'nominations' ? link('/nominations', 'user-plus', nominateLabel(ctx, at)) : null;
    default:
      return null;
  }
}

function nominateLabel(ctx: Ctx, at: HeadFacts): string {
  return manages(ctx, at.of, 'training.nominate') && (at.counts.NOMINATED ?? 0) > 0 ? 'review' : 'nominate';
}

function moreOf(ctx: Ctx, of: TrainingClass): ClassLink[] {
  if (!manages(ctx, of, 'training.plan')) return [];
  const href = (path: string): string => kept(ctx, `/classes/${of.id}${path}`);
  const actions = of.external ? [] : actionsFrom(of.state);
  const isOpen = of.state !== 'CLOSED' && of.state !== 'CANCELLED';
  const link = (path: string, icon: string, label: string, shown: boolean): ClassLink[] =>
    shown ? [{ href: href(path), icon, label: ctx.t(`trainings.class.${label}`) }] : [];
  return [
    ...link('/edit', 'edit', 'edit', isOpen),
    ...link('/copy', 'copy', 'copy', !of.external),
    ...link('/rescheduling', 'calendar-time', 'reschedule', actions.includes('RESCHEDULE') && of.state !== 'DRAFT'),
    ...link('/postponement', 'calendar-x', 'postpone', actions.includes('POSTPONE')),
    ...link('/cancellation', 'ban', 'cancel', actions.includes('CANCEL')),
    ...link('/completed/new', 'user-plus', 'addCompleted', of.external && manages(ctx, of, 'training.external')),
  ];
}

const stepOf: Readonly<Record<Stage, number>> = {
  DRAFT: 0,
  NOMINATING: 2,
  POSTPONED: 2,
  READY: 3,
  RUNNING: 3,
  TO_CLOSE: 4,
  CLOSED: 5,
  CANCELLED: 0,
  RECORDED: 5,
};

function stepsOf(ctx: Ctx, at: HeadFacts) {
  const { t } = ctx;
  const { of } = at;
  const current = stepOf[stageOf(of, at.today)];
  return (of.state === 'POSTPONED' ? undatedNotes(ctx, of) : datedNotes(ctx, at)).map((note, index) => ({
    label: t(`trainings.steps.${String(index)}`),
    note,
    number: index + 1,
    state: index < current ? 'done' : index === current ? 'now' : 'later',
  }));
}

const publishedNote = (of: TrainingClass): string => (of.publishedAt === null ? '' : dayOf(of.publishedAt).slice(5));

/** A class that is put off has no day for anything that is to come. */
function undatedNotes(ctx: Ctx, of: TrainingClass): string[] {
  return ['', publishedNote(of), '', ctx.t('trainings.steps.undated'), ''];
}

function datedNotes(ctx: Ctx, at: HeadFacts): string[] {
  const { t } = ctx;
  const { of } = at;
  const progress = progressOf(of, at.now);
  const deadline = of.nominateBy === null ? '' : t('trainings.steps.until', { day: of.nominateBy.slice(5) });
  const held =
    progress.begun === 0
      ? t('trainings.steps.from', { day: of.firstDay.slice(5) })
      : t('trainings.steps.sessions', { n: progress.begun, total: progress.total });
  const closed = of.closedAt === null ? t('trainings.steps.from', { day: of.lastDay.slice(5) }) : dayOf(of.closedAt).slice(5);
  return ['', publishedNote(of), deadline, held, closed];
}
