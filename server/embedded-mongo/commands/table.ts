import { aggregate } from './aggregate.js';
import { create, drop, dropDatabase, listCollections, listDatabases } from './collections.js';
import type { Command } from './context.js';
import { count } from './count.js';
import { backup, runTtlPass, serverStatus } from './diagnostics.js';
import { distinct } from './distinct.js';
import { explain } from './explain.js';
import { find } from './find.js';
import { findAndModify } from './findAndModify.js';
import { getMore, killCursors } from './getMore.js';
import { buildInfo, hello, ping } from './hello.js';
import { createIndexes, dropIndexes, listIndexes } from './indexes.js';
import { insert } from './insert.js';
import { saslContinue, saslStart } from './sasl.js';
import { abortTransaction, commitTransaction, endSessions } from './sessionCommands.js';
import { collStats, dbStats } from './stats.js';
import { remove, update } from './update.js';
import { validate, validateStore } from './validate.js';

/** The function behind every name of the command list. */
export const commandTable: Readonly<Record<string, Command>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping,
  buildInfo,
  saslStart,
  saslContinue,
  endSessions,
  commitTransaction,
  abortTransaction,
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  createIndexes,
  listIndexes,
  dropIndexes,
  insert,
  update,
  delete: remove,
  findAndModify,
  find,
  getMore,
  killCursors,
  count,
  distinct,
  aggregate,
  explain,
  serverStatus,
  dbStats,
  collStats,
  validate,
  validateStore,
  runTtlPass,
  backup,
};
