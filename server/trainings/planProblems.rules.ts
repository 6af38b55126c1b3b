import type { CivilDay } from '../platform/civilDays.js';
import { timetableProblems, type TimetablePolicy, type TimetableProblem } from './classes.rules.js';
import { slotDay, slotHalf, type Slot } from './slots.rules.js';
import type { ClassPlan, TrainingClass } from './trainingClass.rules.js';

/** One thing to mend in a plan, in the shape of a form's problem: text key with values. */
export interface PlanProblem {
  readonly field: string;
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

const key = (name: string): string => `trainings.class.${name}`;

/**
 * Everything wrong with a plan: its timetable, the sum of its quotas, its last day for nominations. `today` is null for a
 * class that was held elsewhere, possibly long ago.
 */
export function planProblems(plan: ClassPlan, today: CivilDay | null, policy: TimetablePolicy): PlanProblem[] {
  const timetable = timetableProblems(plan, today, policy).map((problem) => timetableText(problem, today));
  return [...timetable, ...quotaProblems(plan), ...deadlineProblems(plan)];
}

/** Seats set apart that do not add up to the class. */
export function quotaProblems(plan: Pick<ClassPlan, 'quotas' | 'capacity'>): PlanProblem[] {
  const total = plan.quotas.reduce((sum, quota) => sum + quota.seats, 0);
  if (plan.quotas.length === 0 || total === plan.capacity) return [];
  const which = total > plan.capacity ? 'seats.over' : 'seats.under';
  return [{ field: 'seats', key: key(which), values: { total, capacity: plan.capacity, difference: Math.abs(total - plan.capacity) } }];
}

/** Fewer seats than people who have one. */
export function takenProblems(before: Pick<TrainingClass, 'takenSeats'>, plan: Pick<ClassPlan, 'capacity'>): PlanProblem[] {
  if (plan.capacity >= before.takenSeats) return [];
  return [{ field: 'capacity', key: key('capacity.taken'), values: { taken: before.takenSeats, capacity: plan.capacity } }];
}

/** A last day before the first. */
export function orderProblems(firstDay: CivilDay, lastDay: CivilDay): PlanProblem[] {
  return lastDay < firstDay ? [{ field: 'lastDay', key: key('lastDay.beforeFirst'), values: { firstDay, lastDay } }] : [];
}

function deadlineProblems(plan: ClassPlan): PlanProblem[] {
  if (plan.nominateBy === null || plan.nominateBy <= plan.firstDay) return [];
  return [{ field: 'nominateBy', key: key('nominateBy.afterStart'), values: { day: plan.nominateBy, firstDay: plan.firstDay } }];
}

function timetableText(problem: TimetableProblem, today: CivilDay | null): PlanProblem {
  switch (problem.kind) {
    case 'ENDS_BEFORE_BEGIN':
      return { field: 'lastDay', key: key('lastDay.beforeFirst'), values: { firstDay: problem.firstDay, lastDay: problem.lastDay } };
    case 'YEAR': {
      const year = Number((today ?? '').slice(0, 4));
      return { field: 'firstDay', key: key('firstDay.year'), values: { year: problem.year, from: year, to: year + 1 } };
    }
    case 'NO_COUNTED_SESSION':
      return { field: 'sessions', key: key('sessions.none'), values: {} };
    case 'OUTSIDE_DATES':
      return { field: 'sessions', key: key('sessions.outside'), values: slotValues(problem.slot) };
    case 'TWICE':
      return { field: 'sessions', key: key('sessions.twice'), values: slotValues(problem.slot) };
    case 'NO_CREDIT':
      return { field: 'sessions', key: key('sessions.noCredit'), values: slotValues(problem.slot) };
    case 'TOO_MUCH_CREDIT': {
      const values = { ...slotValues(problem.slot), hours: problem.minutes / 60, max: problem.max / 60 };
      return { field: 'sessions', key: key('sessions.tooMuch'), values };
    }
  }
}

/** Day and half of a slot; the text finds the words of the half by nesting. */
function slotValues(slot: Slot): { readonly day: CivilDay; readonly half: string } {
  return { day: slotDay(slot), half: slotHalf(slot) };
}
