import path from 'node:path';
import { clockFixedOn, systemClock } from './platform/clock.js';
import { civilDay } from './platform/civilDays.js';
import { readConfig, type Config } from './platform/config.js';
import { makeSecrets } from './platform/crypto.js';
import { openDatabase } from './platform/database.js';
import { createKeyRing, readKeyRing } from './platform/keyRing.js';
import { makeLog } from './platform/log.js';
import { wire, type Deps } from './wiring.js';

/** A process of ours with its database open: web, jobs or command line. */
export interface OpenProcess {
  readonly deps: Deps;
  /** What to do first when the process is asked to end; the database is closed afterwards. */
  onSignal(drain: () => Promise<void>): void;
  close(): Promise<void>;
}

/** Opens log, keys, clock and database and wires the product. */
export async function openProcess(config: Config = readConfig()): Promise<OpenProcess> {
  const log = makeLog(config.LOG_LEVEL);
  const keys = config.KEY_RING === undefined ? await createKeyRing(path.join(config.DATA_DIR, 'keys')) : await readKeyRing(config.KEY_RING);
  const clock = config.DEMO_TODAY === undefined ? systemClock() : clockFixedOn(civilDay(config.DEMO_TODAY));
  const database = await openDatabase(config, log);
  log.info({ database: database.description }, 'database open');
  const deps = wire({ config, log, clock, secrets: makeSecrets(keys), db: database.connection, databaseDescription: database.description });
  const close = (): Promise<void> => database.close();
  return {
    deps,
    close,
    onSignal: (drain) => {
      endOnSignal(log, async () => {
        await drain();
        await close();
      });
    },
  };
}

function endOnSignal(log: ReturnType<typeof makeLog>, end: () => Promise<void>): void {
  let ending = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (ending) return;
    ending = true;
    log.info({ signal }, 'draining');
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'drain failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
