import { yearOf } from '../platform/civilDays.js';
import type { Clock } from '../platform/clock.js';
import type { OutboxEvent, Subscriber } from '../platform/outbox.js';
import type { RollUpService } from './rollUp.service.js';

interface ChangesDeps {
  readonly rollUp: RollUpService;
  readonly clock: Clock;
  /** Asks for a whole recomputation by the job. */
  readonly rebuildLater: () => Promise<void>;
}

/** Everything that can move somebody's coverage, hours or onboarding. */
export const coverageEvents = [
  'worker.changed',
  'exemption.approved',
  'enrolment.changed',
  'hours.changed',
  'attendance.submitted',
  'class.published',
  'class.postponed',
  'class.rescheduled',
  'class.started',
  'class.closed',
  'class.reopened',
  'class.cancelled',
  'class.changed',
] as const;

/** Follows the changes below: those people, those years, everything above them; a policy row moves everybody. */
export function makeCoverageSubscriber(deps: ChangesDeps): Subscriber {
  /** Named years that are kept, the running one always: nobody asks for boards of before the product. */
  async function yearsOf(event: OutboxEvent): Promise<readonly number[]> {
    const current = yearOf(deps.clock.today());
    const kept = await deps.rollUp.years();
    return [...new Set([current, ...event.years.filter((year) => year > current || kept.includes(year))])];
  }

  return {
    name: 'coverage',
    events: [...coverageEvents, 'policy.changed'],
    async handle(events) {
      if (events.some((event) => event.name === 'policy.changed')) await deps.rebuildLater();
      const people = new Map<number, Set<string>>();
      for (const event of events.filter((one) => one.workerIds.length > 0)) {
        for (const year of await yearsOf(event)) people.set(year, new Set([...(people.get(year) ?? []), ...event.workerIds]));
      }
      for (const [year, ids] of people) await deps.rollUp.recompute([...ids], year);
    },
  };
}
