import { coverageEvents } from '../coverage/changes.service.js';
import type { Subscriber } from '../platform/outbox.js';
import type { GapsService } from './gaps.service.js';

/** Events of certification that move flags too. */
const certificationEvents = ['exam.recorded', 'examYear.changed', 'certificate.changed', 'target.changed'] as const;

/** Looks again at whoever an event names; a policy row moves everybody, which is left to the nightly scan's job; targets move divisions. */
export function makeGapsSubscriber(deps: {
  gaps: Pick<GapsService, 'refresh' | 'refreshDivisions'>;
  scanLater: () => Promise<void>;
}): Subscriber {
  return {
    name: 'gaps',
    events: [...coverageEvents, ...certificationEvents, 'policy.changed'],
    async handle(events) {
      if (events.some((event) => event.name === 'policy.changed' || event.name === 'examYear.changed')) await deps.scanLater();
      await deps.gaps.refresh([...new Set(events.flatMap((event) => event.workerIds))]);
      if (events.some((event) => (certificationEvents as readonly string[]).includes(event.name))) await deps.gaps.refreshDivisions();
    },
  };
}
