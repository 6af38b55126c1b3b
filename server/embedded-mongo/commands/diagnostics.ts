import { refuse } from '../errors.js';
import { writeCopy } from '../storage/copy.js';
import type { Command } from './context.js';
import { onlyAdmin } from './collections.js';

/** `serverStatus`: a few figures for whoever looks in; what MongoDB has no name for stands under `lmdb`. */
export const serverStatus: Command = ({ engine }) => {
  const { bytes, freeBytes, pairs } = engine.env.size();
  const { commits, writes } = engine.writes.done;
  const { oldestSnapshot } = engine.env;
  return {
    host: 'embedded',
    version: '8.0.0',
    process: 'embedded-mongo',
    pid: process.pid,
    uptime: secondsSince(engine.startedAt),
    localTime: new Date(),
    mem: { resident: Math.round(process.memoryUsage.rss() / 1_048_576) },
    storageEngine: { name: 'lmdb', supportsCommittedReads: true, persistent: true },
    metrics: { cursor: { open: { total: engine.cursors.size } } },
    logicalSessionRecordCache: { activeSessionsCount: engine.sessions.size },
    transactions: { currentOpen: engine.sessions.transactions().length },
    lmdb: {
      file: { bytes, freeBytes, pairs },
      oldestSnapshotSeconds: oldestSnapshot === undefined ? 0 : secondsSince(oldestSnapshot),
      commits,
      writesPerCommit: commits === 0 ? 0 : writes / commits,
    },
    ok: 1,
  };
};

const secondsSince = (at: Date): number => (Date.now() - at.getTime()) / 1000;

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
