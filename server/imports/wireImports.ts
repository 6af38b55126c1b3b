import type { Connection } from 'mongoose';
import type { Clock } from '../platform/clock.js';
import type { Secrets } from '../platform/crypto.js';
import type { Log } from '../platform/log.js';
import type { Transact } from '../platform/transactions.js';
import { makeImportLinesStore } from './importLines.store.js';
import { makeImportsService } from './imports.service.js';
import { makeImportsStore } from './imports.store.js';
import type { ImportKind } from './kinds.js';
import { makeImportRuns } from './runs.service.js';

interface Ground {
  readonly db: Connection;
  readonly secrets: Secrets;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
}

/** The import engine with the kinds of files that the features declare. */
export function wireImports(ground: Ground, kinds: readonly ImportKind[]) {
  const store = makeImportsStore(ground.db);
  const lines = makeImportLinesStore(ground.db);
  return {
    imports: makeImportsService({ store, lines, secrets: ground.secrets, kinds }),
    importRuns: makeImportRuns({ ...ground, store, lines, kinds }),
  };
}
