import { yearOf } from '../platform/civilDays.js';
import { countedSessions, totalCreditMinutes, type ClassSession } from './classes.rules.js';
import { slotDay } from './slots.rules.js';
import type { Enrolment } from './trainingClass.rules.js';

/** Credit minutes of one person for one session; they belong to the year of the session's day (decision 16). */
export interface SessionCredit {
  readonly sessionId: string;
  readonly year: number;
  readonly minutes: number;
}

/** Shares minutes over parts as evenly as whole minutes go, the earlier parts first; the sum is exact. */
export function shareMinutes(minutes: number, parts: number): number[] {
  const base = Math.floor(minutes / parts);
  return Array.from({ length: parts }, (_, index) => base + (index < minutes - base * parts ? 1 : 0));
}

/**
 * What one completed place of a class held elsewhere is worth, session by session: the class's own minutes, or the person's
 * minutes shared evenly over its sessions (decision 12). Attendance writes these into the hours ledger.
 */
export function externalCredits(sessions: readonly ClassSession[], place: Pick<Enrolment, 'creditMinutes'>): SessionCredit[] {
  const counted = countedSessions(sessions);
  const total = totalCreditMinutes(sessions);
  const own = place.creditMinutes === null || place.creditMinutes === total ? null : shareMinutes(place.creditMinutes, counted.length);
  return counted.map((session, index) => ({
    sessionId: session.id,
    year: yearOf(slotDay(session.slot)),
    minutes: own === null ? session.creditMinutes : (own[index] ?? 0),
  }));
}
