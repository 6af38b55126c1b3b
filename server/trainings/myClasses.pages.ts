import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { kept } from '../workers/words.pages.js';
import type { Slot } from './slots.rules.js';
import { stageOf } from './stages.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { datesWords, kindWords, slotWords, stageBadge } from './words.pages.js';

const groups = ['RUNNING', 'TO_CLOSE', 'COMING', 'PAST'] as const;
type Group = (typeof groups)[number];

function groupOf(of: TrainingClass, today: CivilDay): Group | null {
  const stage = stageOf(of, today);
  if (stage === 'RUNNING' || stage === 'TO_CLOSE') return stage;
  if (stage === 'NOMINATING' || stage === 'READY' || stage === 'POSTPONED') return 'COMING';
  return stage === 'CLOSED' ? 'PAST' : null;
}

/** What runs first, then what waits for the teacher, what comes, and what is over, newest first. */
export function myClassesPage(ctx: Ctx, mine: readonly TrainingClass[], at: { today: CivilDay; now: Slot }) {
  const { t } = ctx;
  const inGroup = (group: Group): TrainingClass[] => {
    const own = mine.filter((of) => groupOf(of, at.today) === group);
    return group === 'PAST' ? own.reverse() : own;
  };
  return {
    title: t('trainings.mine.title'),
    crumbs: [],
    phone: true,
    groups: groups
      .map((group) => ({ title: t(`trainings.mine.group.${group}`), rows: inGroup(group).map((of) => rowOf(ctx, of, at)) }))
      .filter((group) => group.rows.length > 0),
    emptyTitle: t('trainings.mine.none'),
    emptyText: t('trainings.mine.noneText'),
  };
}

function rowOf(ctx: Ctx, of: TrainingClass, at: { today: CivilDay; now: Slot }) {
  const { t } = ctx;
  const next = of.state === 'POSTPONED' ? undefined : of.sessions.find((session) => session.slot >= at.now);
  return {
    href: kept(ctx, `/classes/${of.id}`),
    name: of.name,
    note: [kindWords(t, of), of.place, t('trainings.mine.people', { n: of.takenSeats })].filter((part) => part !== '').join(' · '),
    next: next === undefined || of.state === 'CLOSED' ? '' : t('trainings.mine.next', { slot: slotWords(t, next.slot) }),
    span: datesWords(t, of),
    badge: stageBadge(t, of, at.today),
  };
}
