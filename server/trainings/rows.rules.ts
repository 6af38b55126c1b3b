import type { Worker } from '../workers/worker.rules.js';
import { coverageYearOf, totalCreditMinutes } from './classes.rules.js';
import type { EnrolmentState } from './enrolment.rules.js';
import { isActive } from './enrolment.rules.js';
import type { ClassPlan, Enrolment, TrainingClass } from './trainingClass.rules.js';
import type { Slot } from './slots.rules.js';

/** What follows from a plan: the year it counts in and its credit minutes. */
export function planFacts(plan: Pick<ClassPlan, 'lastDay' | 'sessions'>): Pick<TrainingClass, 'year' | 'creditMinutes'> {
  return { year: coverageYearOf(plan.lastDay), creditMinutes: totalCreditMinutes(plan.sessions) };
}

/** The half-days that a place holds: those of the class while the place is active, none otherwise. */
export function slotsHeld(trainingClass: Pick<TrainingClass, 'sessions'>, state: EnrolmentState): readonly Slot[] {
  return isActive(state) ? [...new Set(trainingClass.sessions.map((session) => session.slot))].sort() : [];
}

/** The facts of a class that its enrolments carry. */
export function classFacts(of: TrainingClass): Pick<Enrolment, 'tier' | 'purpose' | 'classState' | 'firstDay' | 'lastDay' | 'year'> {
  return { tier: of.tier, purpose: of.purpose, classState: of.state, firstDay: of.firstDay, lastDay: of.lastDay, year: of.year };
}

/** The quota division of a person: the invited one on the person's line; null when the class has no quotas or none for the person. */
export function quotaDivisionOf(of: Pick<TrainingClass, 'quotas'>, worker: Pick<Worker, 'divisionPath'>): string | null {
  return of.quotas.find((quota) => worker.divisionPath.includes(quota.divisionId))?.divisionId ?? null;
}

/** Whether a class is open to a person's division: it is invited, or lies under the owner when nobody is named. */
export function isInvited(of: Pick<TrainingClass, 'audience' | 'ownerDivisionId'>, worker: Pick<Worker, 'divisionPath'>): boolean {
  const invited = of.audience.length === 0 ? [of.ownerDivisionId] : of.audience;
  return invited.some((id) => worker.divisionPath.includes(id));
}
