import type { MongoClient } from 'mongodb';
import { storeFile } from '../../embedded-mongo/offline/closedStore.js';
import { dataOption, parsed, type DbCommand, type Say } from './command.js';
import { figure, size } from './figures.js';
import { withStore } from './openStore.js';
import { columns } from './table.js';

/** The part of `serverStatus` that is shown. */
interface ServerStatus {
  readonly pid: number;
  readonly uptime: number;
  readonly mem: { readonly resident: number };
  readonly metrics: { readonly cursor: { readonly open: { readonly total: number } } };
  readonly logicalSessionRecordCache: { readonly activeSessionsCount: number };
  readonly transactions: { readonly currentOpen: number };
  readonly lmdb: {
    readonly file: { readonly bytes: number; readonly freeBytes: number; readonly pairs: number };
    readonly oldestSnapshotSeconds: number;
    readonly commits: number;
    readonly writesPerCommit: number;
  };
}

/** The part of `collStats` that is shown. */
interface CollStats {
  readonly ns: string;
  readonly count: number;
  readonly storageSize: number;
  readonly indexSizes: Readonly<Record<string, number>>;
  readonly indexEntries: Readonly<Record<string, number>>;
}

/** What the store says of itself. */
interface StoreStats {
  readonly server: ServerStatus;
  readonly collections: readonly CollStats[];
}

const options = { ...dataOption, json: { type: 'boolean', default: false } } as const;

async function run(args: string[], say: Say): Promise<void> {
  const { values } = parsed(args, options, 0);
  const stats = await withStore(values.data, read);
  if (values.json) say(JSON.stringify(stats, null, 2));
  else for (const line of [...serverLines(stats.server, values.data), '', ...collectionLines(stats.collections)]) say(line);
}

async function read(client: MongoClient): Promise<StoreStats> {
  const admin = client.db('admin');
  const server = (await admin.command({ serverStatus: 1 })) as unknown as ServerStatus;
  const { databases } = await admin.admin().listDatabases();
  const collections: CollStats[] = [];
  for (const { name } of databases) {
    for (const collection of await client.db(name).listCollections({}, { nameOnly: true }).toArray()) {
      collections.push((await client.db(name).command({ collStats: collection.name })) as unknown as CollStats);
    }
  }
  return { server, collections: collections.sort((a, b) => b.storageSize - a.storageSize) };
}

function serverLines(
  { pid, uptime, mem, metrics, transactions, logicalSessionRecordCache, lmdb }: ServerStatus,
  dataDir: string,
): string[] {
  const { bytes, freeBytes, pairs } = lmdb.file;
  const owner = pid === process.pid ? 'nobody has the folder open; this command opened it' : `process ${String(pid)}`;
  const sessions = logicalSessionRecordCache.activeSessionsCount;
  return columns(
    [
      ['file', `${storeFile(dataDir)}, ${size(bytes)}, ${figure(pairs)} pairs`],
      ['free', `${size(freeBytes)}, used again by what is written next (npm run db -- compact gives it back)`],
      ['owner', `${owner}, for ${figure(Math.round(uptime))} s, ${figure(mem.resident)} MiB of memory`],
      ['commits', `${figure(lmdb.commits)} since then, ${lmdb.writesPerCommit.toFixed(1)} writes in each on average`],
      [
        'open',
        `${String(metrics.cursor.open.total)} cursors, ${String(transactions.currentOpen)} transactions, ${String(sessions)} sessions`,
      ],
      ['oldest', `the oldest snapshot is ${lmdb.oldestSnapshotSeconds.toFixed(1)} s old`],
    ],
    2,
  );
}

function collectionLines(collections: readonly CollStats[]): string[] {
  const rows = collections.flatMap(({ ns, count, storageSize, indexSizes, indexEntries }) => [
    [ns, 'documents', figure(count), figure(storageSize)],
    ...Object.entries(indexEntries).map(([name, entries]) => ['', `index ${name}`, figure(entries), figure(indexSizes[name] ?? 0)]),
  ]);
  return columns([['collection', '', 'entries', 'bytes'], ...rows], 2);
}

export const stats: DbCommand = {
  usage: 'stats [--data DIR] [--json]',
  what: 'prints sizes, counts and what is open, also while the product runs',
  run,
};
