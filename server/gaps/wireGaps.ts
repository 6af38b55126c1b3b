import type { Connection } from 'mongoose';
import type { CoverageService } from '../coverage/coverage.service.js';
import type { DivisionsStore } from '../divisions/divisions.store.js';
import type { Clock } from '../platform/clock.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { WorkersService } from '../workers/workers.service.js';
import { makeGapsSubscriber } from './changes.service.js';
import type { FlagSource } from './flagSources.rules.js';
import { makeFlagsStore } from './flags.store.js';
import { makeGapsService } from './gaps.service.js';
import { makeTrainingSource, type AttendancePort } from './trainingSource.service.js';

interface GapsGround {
  readonly db: Connection;
  readonly clock: Clock;
  readonly divisionsStore: DivisionsStore;
  readonly policies: PoliciesService;
  readonly workers: WorkersService;
  readonly coverage: CoverageService;
  readonly attendanceFacts: AttendancePort;
  readonly alone: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  readonly scanLater: () => Promise<void>;
}

/** The store and services of flags; `more` are the sources of other rules. */
export function wireGaps(ground: GapsGround, more: readonly FlagSource[]) {
  const { db, clock, workers, coverage, policies } = ground;
  const training = makeTrainingSource({ coverage, attendance: ground.attendanceFacts, policies, clock });
  const gaps = makeGapsService({
    store: makeFlagsStore(db),
    sources: [training, ...more],
    workers,
    places: ground.divisionsStore,
    alone: ground.alone,
    clock,
  });
  return { gaps, gapsSubscriber: makeGapsSubscriber({ gaps, scanLater: ground.scanLater }) };
}
