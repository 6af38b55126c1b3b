import type { Tx } from '../platform/transactions.js';
import type { Enrolment, TrainingClass } from './trainingClass.rules.js';

/** What was done to a class; `people` are those whose places it touched, `before` the class as it was. */
interface Told {
  readonly action: string;
  readonly people: readonly Enrolment[];
  readonly before?: TrainingClass;
  readonly reason?: string;
}

/** The trail gets who did what to how many; the floors above get whose years may look different now. */
export function tellOf(tx: Tx, of: TrainingClass, what: Told): void {
  const { people, reason = '' } = what;
  const years = [of, what.before ?? of].flatMap((one) => [one.year, ...one.sessions.map((session) => Number(session.slot.slice(0, 4)))]);
  tx.audit({
    action: `class.${what.action}`,
    object: { kind: 'class', id: of.id },
    divisionPath: of.ownerPath,
    count: people.length,
    ...(reason === '' ? {} : { reason }),
  });
  tx.emit({ name: `class.${what.action}`, objectId: of.id, workerIds: people.map((one) => one.workerId), years });
}
