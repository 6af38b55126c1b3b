import { expect } from 'chai';
import type { Db, MongoClient } from 'mongodb';
import type { Random } from '../../server/demo/random.js';

/** Something that works on a store until the store dies, and knows afterwards what must be there. */
export interface Worker {
  /** Works until the connection is lost; calls `acknowledged` after every answer. */
  run(client: MongoClient, acknowledged: () => void): Promise<void>;
  /** Compares the store with what was acknowledged; what was under way may have happened or not, but not by half. */
  check(db: Db): Promise<void>;
}

export const DATABASE = 'crash';

interface Row {
  _id: string;
  writer: number;
  v: number;
  /** Unique, and another with every change. */
  u: string;
  tags: number[];
}

const rowOf = (id: string, writer: number, v: number): Row => ({ _id: id, writer, v, u: `${id}:${String(v)}`, tags: [v, v + 1] });

/** Inserts, changes and removes rows of its own, one after another. */
export class RowWriter implements Worker {
  private readonly kept = new Map<string, number>();
  private underWay: { id: string; v: number | undefined } | undefined;
  private made = 0;

  constructor(
    private readonly writer: number,
    private readonly random: Random,
  ) {}

  async run(client: MongoClient, acknowledged: () => void): Promise<void> {
    const rows = client.db(DATABASE).collection<Row>('rows');
    for (;;) {
      const ids = [...this.kept.keys()];
      const old = ids[this.random.between(0, Math.max(0, ids.length - 1))];
      const kind = old === undefined ? 'insert' : this.random.weighted({ insert: 5, update: 4, remove: 1 });
      const id = kind === 'insert' || old === undefined ? `${String(this.writer)}-${String((this.made += 1))}` : old;
      const v = kind === 'remove' ? undefined : (this.kept.get(id) ?? 0) + 1;
      this.underWay = { id, v };
      if (v === undefined) await rows.deleteOne({ _id: id });
      else if (kind === 'insert') await rows.insertOne(rowOf(id, this.writer, v));
      else await rows.updateOne({ _id: id }, { $set: rowOf(id, this.writer, v) });
      this.settle(v);
      acknowledged();
    }
  }

  private settle(v: number | undefined): void {
    if (this.underWay === undefined) return;
    if (v === undefined) this.kept.delete(this.underWay.id);
    else this.kept.set(this.underWay.id, v);
    this.underWay = undefined;
  }

  async check(db: Db): Promise<void> {
    const found = await db.collection<Row>('rows').find({ writer: this.writer }).hint('writer_1_v_-1').toArray();
    for (const row of found) expect(row, 'torn').to.deep.equal(rowOf(row._id, this.writer, row.v));
    const there = new Map(found.map(({ _id, v }) => [_id, v]));
    if (this.underWay !== undefined && there.get(this.underWay.id) === this.underWay.v) this.settle(this.underWay.v);
    this.underWay = undefined;
    expect(Object.fromEntries(there), 'lost').to.deep.equal(Object.fromEntries(this.kept));
  }
}

interface Account {
  _id: string;
  money: number;
}
interface Transfer {
  by: number;
  from: string;
  to: string;
  /** No two of them move on the same ticket. */
  ticket: string;
}

const ACCOUNTS = ['a', 'b', 'c', 'd'] as const;

/** What the workers find when they begin. */
export async function prepare(db: Db): Promise<void> {
  const rows = db.collection<Row>('rows');
  await rows.createIndex({ writer: 1, v: -1 });
  await rows.createIndex({ u: 1 }, { unique: true });
  await rows.createIndex({ tags: 1 });
  // Enough that a build takes several commits.
  await rows.insertMany(Array.from({ length: 3000 }, (_, n) => rowOf(`first ${String(n)}`, -1, n)));
  await db.collection<Account>('accounts').insertMany(ACCOUNTS.map((id) => ({ _id: id, money: 0 })));
  // Their places are behind those of all transfers, so that an index on the tickets fails late.
  const twins = [true, new Date()].map((id) => ({ _id: id, by: -1, ticket: 'twin' }));
  await db.collection<{ _id: unknown; by: number; ticket: string }>('transfers').insertMany(twins);
}

/** Moves money in transactions, in the way of others of its kind. */
export class Transferrer implements Worker {
  private kept = 0;
  private tickets = 0;

  constructor(
    private readonly by: number,
    private readonly random: Random,
  ) {}

  async run(client: MongoClient, acknowledged: () => void): Promise<void> {
    const db = client.db(DATABASE);
    for (;;) {
      const [from = 'a', to = 'b'] = this.random.shuffle(ACCOUNTS);
      const ticket = `${String(this.by)}-${String((this.tickets += 1))}`;
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await db.collection<Account>('accounts').updateOne({ _id: from }, { $inc: { money: -1 } }, { session });
          await db.collection<Transfer>('transfers').insertOne({ by: this.by, from, to, ticket }, { session });
          await db.collection<Account>('accounts').updateOne({ _id: to }, { $inc: { money: 1 } }, { session });
        }),
      );
      this.kept += 1;
      acknowledged();
    }
  }

  async check(db: Db): Promise<void> {
    const all = await db
      .collection<Transfer>('transfers')
      .find({ by: { $gte: 0 } })
      .toArray();
    const own = all.filter(({ by }) => by === this.by).length;
    expect(own, 'lost or applied twice').to.be.within(this.kept, this.kept + 1);
    this.kept = own;
    for (const { _id: id, money } of await db.collection<Account>('accounts').find().toArray()) {
      const balance = all.filter(({ to }) => to === id).length - all.filter(({ from }) => from === id).length;
      expect(money, 'torn').to.equal(balance);
    }
  }
}

/** Builds an index on the rows and drops it again; asks in between for one that the transfers cannot have. */
export class IndexBuilder implements Worker {
  private there: boolean | undefined = false;

  async run(client: MongoClient, acknowledged: () => void): Promise<void> {
    const db = client.db(DATABASE);
    for (;;) {
      const there: boolean = this.there === true;
      this.there = undefined;
      if (there) await db.collection('rows').dropIndex('built');
      else await db.collection('rows').createIndex({ tags: 1, u: -1 }, { name: 'built' });
      this.there = !there;
      acknowledged();
      await expectRefused(db.collection('transfers').createIndex({ ticket: 1 }, { unique: true }));
      acknowledged();
    }
  }

  async check(db: Db): Promise<void> {
    const names = (await db.collection('rows').listIndexes().toArray()).map(({ name }) => name as string);
    const there = names.includes('built');
    if (this.there !== undefined) expect(there, 'the index').to.equal(this.there);
    this.there = there;
    expect(names.filter((name) => name !== 'built')).to.have.members(['_id_', 'writer_1_v_-1', 'u_1', 'tags_1']);
  }
}

async function expectRefused(work: Promise<unknown>): Promise<void> {
  const taken = await work.then(
    () => true,
    (error: unknown) => {
      if ((error as { code?: number }).code !== 11000) throw error;
      return false;
    },
  );
  if (taken) throw new Error('a unique index was made of doubles');
}

const SCRATCH = 400;

/** Fills a collection and drops it again. */
export class Dropper implements Worker {
  private there: boolean | undefined = false;

  async run(client: MongoClient, acknowledged: () => void): Promise<void> {
    const scratch = client.db(DATABASE).collection('scratch');
    for (;;) {
      const there: boolean = this.there === true;
      this.there = undefined;
      if (there) await scratch.drop();
      else {
        await scratch.createIndex({ n: 1 });
        await scratch.insertMany(Array.from({ length: SCRATCH }, (_, n) => ({ n })));
      }
      this.there = !there;
      acknowledged();
    }
  }

  async check(db: Db): Promise<void> {
    const count = await db.collection('scratch').countDocuments({ n: { $gte: 0 } });
    if (this.there !== undefined) expect(count, 'the scratch collection').to.equal(this.there ? SCRATCH : 0);
    // Half of a bulk is no acknowledged write; it begins anew.
    if (count > 0 && count < SCRATCH) await db.collection('scratch').drop();
    this.there = count === SCRATCH;
  }
}
