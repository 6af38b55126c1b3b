import mongoose, { type Connection } from 'mongoose';
import type { SlowOperation } from '../embedded-mongo/commands/slowOperations.js';
import { findRunningStore, startEmbeddedMongo } from '../embedded-mongo/start.js';
import type { Config } from './config.js';
import type { Log } from './log.js';

/** The one open database of a process and what to say of it in the log and on the health page. */
export interface Database {
  readonly connection: Connection;
  readonly description: string;
  close(): Promise<void>;
}

/** From how many milliseconds an operation of the embedded store is logged; MongoDB's own default. */
const SLOW_MS = 100;

/**
 * Opens the database: the MongoDB of `MONGODB_URI`, or the store that comes with the product in `DATA_DIR`.
 * A second process on the same folder becomes a client of the first (decision 24). The process that owns the folder writes
 * a line for every operation that takes at least `slowMs`; a MongoDB keeps a log of its own.
 */
export async function openDatabase(
  config: Pick<Config, 'MONGODB_URI' | 'DATA_DIR' | 'DATABASE_NAME'>,
  log: Log,
  slowMs = SLOW_MS,
): Promise<Database> {
  if (config.MONGODB_URI !== undefined) {
    const connection = await connect(config.MONGODB_URI, config.DATABASE_NAME);
    return { connection, description: 'MongoDB (MONGODB_URI)', close: () => connection.close() };
  }
  const running = await findRunningStore(config.DATA_DIR);
  if (running !== null) {
    const connection = await connect(running.uri(config.DATABASE_NAME), config.DATABASE_NAME);
    return { connection, description: `embedded store of process ${String(running.pid)}`, close: () => connection.close() };
  }
  const store = await startEmbeddedMongo({
    dataDir: config.DATA_DIR,
    slowMs,
    onSlowOperation: (operation: SlowOperation) => {
      log.info(operation, 'slow operation');
    },
  });
  const connection = await connect(store.uri(config.DATABASE_NAME), config.DATABASE_NAME);
  const close = async (): Promise<void> => {
    await connection.close();
    await store.stop();
  };
  return { connection, description: `embedded store in ${config.DATA_DIR}`, close };
}

/** A connection to a database by its address. */
export async function connect(uri: string, dbName: string): Promise<Connection> {
  return mongoose.createConnection(uri, { dbName, autoIndex: false, autoCreate: false, maxPoolSize: 20 }).asPromise();
}
