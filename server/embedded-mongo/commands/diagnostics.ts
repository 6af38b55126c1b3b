import { refuse } from '../errors.js';
import { writeCopy } from '../storage/copy.js';
import type { Command } from './context.js';
import { onlyAdmin } from './collections.js';

/** `serverStatus`: a few figures for whoever looks in. */
export const serverStatus: Command = ({ engine }) => ({
  host: 'embedded',
  version: '8.0.0',
  process: 'embedded-mongo',
  pid: process.pid,
  uptime: (Date.now() - engine.startedAt.getTime()) / 1000,
  localTime: new Date(),
  storageEngine: { name: 'lmdb', supportsCommittedReads: true, persistent: true },
  metrics: { cursor: { open: { total: engine.cursors.size } } },
  transactions: { currentOpen: engine.sessions.transactions().length },
  ok: 1,
});

/** `dbStats`: numbers of collections, indexes and documents of one database. */
export const dbStats: Command = ({ engine, db }) => {
  const collections = engine.catalogue.list(db);
  return {
    db,
    collections: collections.length,
    views: 0,
    objects: collections.reduce((sum, c) => sum + c.count, 0),
    indexes: collections.reduce((sum, c) => sum + c.indexes.length + 1, 0),
    storageSize: engine.env.size().bytes,
    ok: 1,
  };
};

/** `runTtlPass` (own): removes expired documents now, for tests and impatient people. */
export const runTtlPass: Command = async (context) => {
  onlyAdmin(context);
  return { removed: await context.engine.ttl.pass(), ok: 1 };
};

/** `backup` (own): a consistent copy while everything goes on. */
export const backup: Command = async (context) => {
  onlyAdmin(context);
  const { file } = context.command;
  if (typeof file !== 'string' || file === '') throw refuse.badValue('backup needs a file');
  await writeCopy(context.engine.env, file);
  return { ok: 1 };
};
