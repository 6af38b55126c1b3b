import type { CivilDay } from '../platform/civilDays.js';
import { countedSessions } from './classes.rules.js';
import type { Purpose, Tier } from './classes.rules.js';
import type { ClassFilter } from './classFilter.rules.js';
import { slotOf, type Slot } from './slots.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';

/** Where a class stands on a day, as people speak of it: its state and the calendar together. */
export const stages = ['DRAFT', 'NOMINATING', 'READY', 'RUNNING', 'TO_CLOSE', 'CLOSED', 'POSTPONED', 'CANCELLED', 'RECORDED'] as const;
export type Stage = (typeof stages)[number];

/** The stage of a class on a day. */
export function stageOf(of: Pick<TrainingClass, 'state' | 'external' | 'firstDay' | 'lastDay' | 'nominateBy'>, today: CivilDay): Stage {
  if (of.state === 'CLOSED') return of.external ? 'RECORDED' : 'CLOSED';
  if (of.state === 'DRAFT' || of.state === 'POSTPONED' || of.state === 'CANCELLED') return of.state;
  if (today > of.lastDay) return 'TO_CLOSE';
  if (today >= of.firstDay) return 'RUNNING';
  return today <= (of.nominateBy ?? of.firstDay) ? 'NOMINATING' : 'READY';
}

/** The saved filters over a list of classes, in their order; `all` leaves out nothing. */
export const classTabs = ['all', 'upcoming', 'running', 'toClose', 'closed', 'draft', 'off'] as const;
export type ClassTab = (typeof classTabs)[number];

/** What a saved filter asks for on a day; the counts of a tab and its list are this one filter. */
export function tabFilter(tab: ClassTab, today: CivilDay): ClassFilter {
  const on = ['PUBLISHED', 'IN_PROGRESS'] as const;
  switch (tab) {
    case 'all':
      return {};
    case 'upcoming':
      return { states: on, startsAfter: today };
    case 'running':
      return { states: on, during: { from: today, to: today } };
    case 'toClose':
      return { states: on, endsBefore: today };
    case 'closed':
      return { states: ['CLOSED'] };
    case 'draft':
      return { states: ['DRAFT'] };
    case 'off':
      return { states: ['POSTPONED', 'CANCELLED'] };
  }
}

/** The rows of the year plan: tiers, with 新入职 as a row of its own (decision 11). */
export const planRows = ['province', 'city', 'county', 'township', 'onboarding'] as const;
export type PlanRow = (typeof planRows)[number];

const rowTiers: Readonly<Record<Exclude<PlanRow, 'onboarding'>, readonly Tier[]>> = {
  province: ['NATIONAL', 'PROVINCE'],
  city: ['CITY'],
  county: ['COUNTY'],
  township: ['TOWNSHIP'],
};

/** The row a class stands in. */
export function planRowOf(of: { readonly tier: Tier; readonly purpose: Purpose }): PlanRow {
  if (of.purpose === 'ONBOARDING') return 'onboarding';
  return of.tier === 'NATIONAL' || of.tier === 'PROVINCE' ? 'province' : (of.tier.toLowerCase() as PlanRow);
}

/** The filter of a row; it holds exactly the classes that {@link planRowOf} puts there. */
export function planRowFilter(row: PlanRow): ClassFilter {
  return row === 'onboarding' ? { purposes: ['ONBOARDING'] } : { tiers: rowTiers[row], notPurpose: 'ONBOARDING' };
}

/** Whether a class of the plan is still to be held: everything but closed and called off. */
export function isAhead(of: Pick<TrainingClass, 'state'>): boolean {
  return of.state !== 'CLOSED' && of.state !== 'CANCELLED';
}

/** How many counted sessions have begun by a half-day, of how many. */
export function progressOf(of: Pick<TrainingClass, 'sessions'>, now: Slot): { readonly begun: number; readonly total: number } {
  const counted = countedSessions(of.sessions);
  return { begun: counted.filter((session) => session.slot <= now).length, total: counted.length };
}

/** The half-day of a time of day: the afternoon begins at noon. */
export function slotAt(today: CivilDay, time: string): Slot {
  return slotOf(today, time < '12:00' ? 'AM' : 'PM');
}
