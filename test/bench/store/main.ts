import { MongoClient, type Db } from 'mongodb';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Bench } from './bench.js';
import { loadWorkersAndAttendance } from './workload.js';
import { machine, printed } from './table.js';

const RESULTS = new URL('../results/store.md', import.meta.url);

/** `npm run bench -- store [--save]`: every figure of the store beside its floor of the same run. */
export async function benchStore(save: boolean): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'store-bench-'));
  const server = await realServer();
  try {
    const bench = await Bench.open(folder, server?.db(`bench_${String(process.pid)}`));
    const table = printed(await bench.run());
    console.log(`\n${machine()}\n\n${table}`);
    if (save) writeFileSync(RESULTS, `# The store beside its floors\n\n${machine()}\n\n${table}\n`);
  } finally {
    await server?.db(`bench_${String(process.pid)}`).dropDatabase();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The server of `MONGODB_URI`, loaded with the same data. */
async function realServer(): Promise<MongoClient | undefined> {
  const uri = process.env['MONGODB_URI'];
  if (uri === undefined) return undefined;
  const client = await MongoClient.connect(uri, { maxPoolSize: 64 });
  await load(client.db(`bench_${String(process.pid)}`));
  return client;
}

async function load(db: Db): Promise<void> {
  await db.dropDatabase();
  await loadWorkersAndAttendance(db);
}
