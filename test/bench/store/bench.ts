import { MongoClient, type Db } from 'mongodb';
import path from 'node:path';
import { attendanceAt, enrolmentAt, ENROLMENTS, rows } from './data.js';
import { openRaw, rawPuts, readFields, readThroughIndex, sizeOf, type Raw } from './floors.js';
import { atTheDoor } from './door.js';
import { median } from './measure.js';
import { findPlaces, pairsOf, type Places } from './places.js';
import { runOnce, startHelper, type Helper } from './processes.js';
import type { Goal, Line } from './table.js';
import * as workload from './workload.js';

const atLeast = (value: number): Goal => ({ of: 'ratio', bound: 'atLeast', value });
const atMost = (value: number): Goal => ({ of: 'ratio', bound: 'atMost', value });

/** The store in a process of its own, with everything the rows need around it. */
export class Bench {
  private constructor(
    private readonly folder: string,
    private readonly host: Helper,
    private readonly client: MongoClient,
    private readonly server: Db | undefined,
  ) {}

  static async open(folder: string, server: Db | undefined): Promise<Bench> {
    const host = await startHelper('./host.ts', folder);
    const client = await MongoClient.connect(host.uri, { maxPoolSize: 64 });
    return new Bench(folder, host, client, server);
  }

  /** All rows, in an order in which none disturbs the next. */
  async run(): Promise<Line[]> {
    const db = this.client.db('bench');
    const started = performance.now();
    await workload.loadWorkersAndAttendance(db);
    console.log(`loaded in ${((performance.now() - started) / 1000).toFixed(1)} s; a mark has ${String(sizeOf(attendanceAt(0)))} bytes`);
    const bulk = await this.bulkLoad(db);
    const memory = await this.memory();
    const raw = openRaw(path.join(this.folder, 'store/store.mdb'));
    const places = findPlaces(raw);
    const lines = [
      await this.inserts(db, raw),
      ...(await this.pointReads(db)),
      ...(await this.groups(db, raw, places)),
      bulk,
      memory,
      ...(await this.bounded(db)),
    ];
    const throughDriver = await workload.compoundRange(db);
    const floor = await median(1500, compoundFloor(raw, places));
    await raw.close();
    await this.client.close();
    await this.host.stop();
    const range = { name: 'compound range, sort, limit 20', unit: 'ms', floor } as const;
    const server = this.server && (await workload.compoundRange(this.server));
    return [
      ...lines,
      { ...range, store: await atTheDoor(this.folder), server: undefined, goal: atMost(3) },
      { ...range, name: '– the same through the driver', store: throughDriver, server, goal: undefined },
      await this.coldOpen(places),
    ];
  }

  private async bulkLoad(db: Db): Promise<Line> {
    const store = await workload.bulkLoad(db);
    const pairs = rows(enrolmentAt, 0, ENROLMENTS).flatMap(pairsOf);
    const floor = await rawPuts(this.folder, pairs, 3000);
    const server = this.server && (await workload.bulkLoad(this.server));
    return { name: 'bulk load of 60,000, two indexes', unit: 'ms', floor, store, server, goal: atMost(3) };
  }

  private async memory(): Promise<Line> {
    const store = await this.megabytes();
    return {
      name: 'memory after the load',
      unit: 'MB',
      floor: undefined,
      store,
      server: undefined,
      goal: { of: 'figure', bound: 'atMost', value: 300 },
    };
  }

  private async megabytes(): Promise<number> {
    const { kilobytes } = (await this.host.ask('memory')) as { kilobytes: number };
    return kilobytes / 1024;
  }

  private async inserts(db: Db, raw: Raw): Promise<Line> {
    const commits = (): number => (raw.getStats() as { lastTxnId: number }).lastTxnId;
    const before = commits();
    const store = await workload.inserts(db);
    const inGroup = Math.max(1, Math.round((await db.collection('arrivals').countDocuments()) / (commits() - before)));
    console.log(`inserts came in groups of ${String(inGroup)}`);
    const pairs = rows(enrolmentAt, 0, 20_000).flatMap(pairsOf);
    const floor = 20_000_000 / (await rawPuts(this.folder, pairs, inGroup * 3));
    const server = this.server && (await workload.inserts(this.server));
    return { name: `durable inserts, 64 callers (groups of ${String(inGroup)})`, unit: '/s', floor, store, server, goal: atLeast(0.5) };
  }

  private async pointReads(db: Db): Promise<Line[]> {
    const stub = await startHelper('./stub.ts', path.join(this.folder, 'stub.sock'));
    const client = await MongoClient.connect(stub.uri, { maxPoolSize: 64 });
    const floor = await workload.pointReads(client.db('bench'));
    const store = await workload.pointReads(db);
    const insertsAtStub = await workload.inserts(client.db('bench'));
    await client.close();
    await stub.stop();
    const server = this.server && (await workload.pointReads(this.server));
    return [
      {
        name: '– what the driver alone inserts (stub)',
        unit: '/s',
        floor: undefined,
        store: insertsAtStub,
        server: undefined,
        goal: undefined,
      },
      { name: 'point reads by _id, 16 callers', unit: '/s', floor, store, server, goal: atLeast(0.6) },
    ];
  }

  private async groups(db: Db, raw: Raw, places: Places): Promise<Line[]> {
    const some = await median(9, () => readThroughIndex(raw, places.division, places.documents, workload.perMarkFields));
    const all = await median(5, () => readFields(raw, places.all, workload.perClassFields));
    return [
      {
        name: 'indexed $match and $group of 21,000',
        unit: 'ms',
        floor: some,
        store: await workload.groupOfDivision(db),
        server: this.server && (await workload.groupOfDivision(this.server)),
        goal: atMost(2),
      },
      {
        name: '$group over all 300,000',
        unit: 'ms',
        floor: all,
        store: await workload.groupOfAll(db),
        server: this.server && (await workload.groupOfAll(this.server)),
        goal: atMost(2),
      },
    ];
  }

  /** What is bounded whatever the size: the wait beside a scan, the memory of a long stream. */
  private async bounded(db: Db): Promise<Line[]> {
    const { longest, p99 } = await workload.waitsBesideScan(db);
    const before = await this.megabytes();
    await workload.streamAll(db);
    const grown = (await this.megabytes()) - before;
    const line = { unit: 'ms', floor: undefined, server: undefined } as const;
    return [
      {
        ...line,
        name: 'longest wait of a point read beside scans of 1.2 million',
        store: longest,
        goal: { of: 'figure', bound: 'atMost', value: 20 },
      },
      { ...line, name: '– 99 of 100 waits', store: p99, goal: undefined },
      { ...line, name: '– memory grown by streaming 1.2 million', unit: 'MB', store: grown, goal: undefined },
    ];
  }

  private async coldOpen({ collectionId }: Places): Promise<Line> {
    const opening = async (how: string): Promise<number> => {
      const { milliseconds } = (await runOnce('./opening.ts', [how, this.folder, String(collectionId)])) as { milliseconds: number };
      return milliseconds;
    };
    const floor = await opening('lmdb');
    const store = await opening('store');
    return {
      name: 'cold open of 300,000',
      unit: 'ms',
      floor,
      store,
      server: undefined,
      goal: { of: 'surplus', bound: 'atMost', value: 500 },
    };
  }
}

function compoundFloor(raw: Raw, places: Places): () => void {
  let i = 0;
  return () => {
    readThroughIndex(raw, places.newest((i += 1)), places.documents, []);
  };
}
