import type { SessionMark } from '../attendance/completion.rules.js';
import type { TimetableSession } from '../trainings/trainingClass.rules.js';
import type { Fate } from './plan.js';
import type { Random } from './random.js';

const present = (sessionId: string, random: Random): SessionMark => ({
  sessionId,
  mark: 'PRESENT',
  late: random.chance(0.02),
  leftEarly: random.chance(0.01),
  madeUp: false,
});

/** The marks of one person in the sessions whose roll was called, as the person's fate wants them. */
export function marksFor(random: Random, sessions: readonly TimetableSession[], fate: Fate, halfDays: number): readonly SessionMark[] {
  const never = fate === 'absent' && random.chance(0.4);
  const missed = missedSessions(random, fate, halfDays);
  return sessions.map((session, index) => {
    if (never || (fate === 'absent' && missed.has(index)))
      return { ...present(session.id, random), mark: 'ABSENT', late: false, leftEarly: false };
    if (missed.has(index)) return { ...present(session.id, random), mark: 'APPROVED_LEAVE', late: false, leftEarly: false };
    return present(session.id, random);
  });
}

/** Which half-days somebody misses: some completing ones take one half-day of leave, `leaves` takes too many. */
function missedSessions(random: Random, fate: Fate, halfDays: number): ReadonlySet<number> {
  const one = random.between(0, halfDays - 1);
  if (fate === 'completes') return new Set(halfDays >= 4 && random.chance(0.05) ? [one] : []);
  if (fate === 'leaves') return new Set([one, (one + 1) % halfDays]);
  return new Set(fate === 'absent' ? [one] : []);
}
