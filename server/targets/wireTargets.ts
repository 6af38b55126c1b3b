import type { Connection } from 'mongoose';
import type { RatesService } from '../certificates/rates.service.js';
import type { DivisionsStore } from '../divisions/divisions.store.js';
import { makeRateBoard } from './board.service.js';
import { makeTargetsService } from './targets.service.js';
import { makeTargetsStore } from './targets.store.js';

/** The store and services of targets over an open connection. */
export function wireTargets(ground: { db: Connection; certificateRates: RatesService; divisionsStore: DivisionsStore }) {
  const targets = makeTargetsService({ store: makeTargetsStore(ground.db) });
  return { targets, rateBoard: makeRateBoard({ targets, rates: ground.certificateRates, divisions: ground.divisionsStore }) };
}
