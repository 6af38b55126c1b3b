import { expect } from 'chai';
import { Int32 } from 'bson';
import { parsePipeline, runPipeline } from '../../../server/embedded-mongo/aggregate/pipeline.js';
import { makeLimit, pull } from '../../../server/embedded-mongo/commands/slices.js';
import { Source } from '../../../server/embedded-mongo/planner/source.js';
import { parseFilter } from '../../../server/embedded-mongo/query/filter.js';
import { makeIndex, type Collection } from '../../../server/embedded-mongo/storage/catalogue.js';
import { applyChange } from '../../../server/embedded-mongo/storage/changes.js';
import { idKey } from '../../../server/embedded-mongo/storage/entries.js';
import { decode, encode } from '../../../server/embedded-mongo/values/codec.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';
import { MemoryTarget } from './memoryTarget.js';

const unlimited = makeLimit(0, () => false);

/** Work without end unless others get their turn. */
function* until(done: () => boolean): Generator<undefined> {
  for (let steps = 0; !done(); steps += 1) {
    if (steps > 1e8) throw new Error('nobody else was let in');
    yield undefined;
  }
}

/** How many items of the source are taken at most between two yields of what is made of it. */
function longestStep(make: (source: Iterable<Document>) => Iterable<unknown>, items: readonly Document[]): number {
  let taken = 0;
  function* source(): Iterable<Document> {
    for (const item of items) {
      taken += 1;
      yield item;
    }
  }
  let longest = 0;
  for (const _step of make(source())) {
    longest = Math.max(longest, taken);
    taken = 0;
  }
  return longest;
}

describe('long work', () => {
  it('lets others run in between', async () => {
    let others = false;
    setImmediate(() => {
      others = true;
    });
    expect(
      await pull(
        until(() => others),
        () => true,
        unlimited,
      ),
    ).to.equal(true);
  });

  it('goes on one at a time, however many there are', async () => {
    const turns: Set<number>[] = [new Set()];
    let running = true;
    const nextTurn = (): void => {
      turns.push(new Set());
      if (running) setImmediate(nextTurn);
    };
    setImmediate(nextTurn);
    const works = [0, 1, 2, 3].map((work) =>
      pull(
        until(() => {
          turns.at(-1)?.add(work);
          return turns.length > 30;
        }),
        () => true,
        unlimited,
      ),
    );
    await Promise.all(works);
    running = false;
    // The first slice of each comes with its command.
    expect(Math.max(...turns.slice(1).map((turn) => turn.size))).to.equal(1);
  });

  it('ends when its limit says so, also when it finds nothing', async () => {
    let steps = 0;
    const limit = {
      check: () => {
        if (steps > 100) throw new Error('over');
      },
    };
    const count = (): boolean => (steps += 1) > 1e6;
    expect(await pull(until(count), () => true, limit).catch((error: unknown) => (error as Error).message)).to.equal('over');
  });

  const docs: Document[] = Array.from({ length: 2000 }, (_, i) => ({ _id: new Int32(i), a: new Int32(i % 3), list: [i, i + 1] }));
  const stages: readonly Document[] = [
    { $match: { a: -1 } },
    { $sort: { a: 1 } },
    { $skip: 1999 },
    { $limit: 1999 },
    { $project: { a: 1 } },
    { $addFields: { b: '$a' } },
    { $unset: 'a' },
    { $unwind: '$list' },
    { $unwind: '$missing' },
    { $group: { _id: '$a', n: { $sum: 1 } } },
    { $count: 'n' },
    { $lookup: { from: 'other', localField: 'a', foreignField: 'a', as: 'found' } },
  ];
  for (const stage of stages) {
    it(`comes up after every document: ${JSON.stringify(stage)}`, () => {
      const pipeline = parsePipeline([stage]);
      const context = { now: new Date(0), lookup: () => () => [] };
      expect(longestStep((source) => runPipeline(pipeline, source, context), docs)).to.equal(1);
    });
  }

  it('comes up after every document of a lookup', () => {
    const pipeline = parsePipeline([{ $lookup: { from: 'other', localField: 'a', foreignField: 'a', as: 'found' } }]);
    const run = (source: Iterable<Document>): Iterable<unknown> =>
      runPipeline(pipeline, [{ a: 1 }], { now: new Date(0), lookup: () => () => source });
    expect(longestStep(run, docs)).to.equal(1);
  });

  it('comes up after every entry that a search looks at', () => {
    const target = new MemoryTarget();
    const index = makeIndex(2, { name: 'a', key: { a: 1 } });
    const collection: Collection = { id: 1, db: 'd', name: 'c', indexes: [index], count: 0, dropped: false };
    for (const doc of docs.slice(0, 100)) {
      const raw = encode(doc);
      applyChange(target, collection, { id: idKey(doc['_id']), before: undefined, after: decode(raw), raw });
    }
    let taken = 0;
    const counting = {
      get: target.get.bind(target),
      keys: target.keys.bind(target),
      *pairs(...range: Parameters<MemoryTarget['pairs']>) {
        for (const pair of target.pairs(...range)) {
          taken += 1;
          yield pair;
        }
      },
    };
    for (const [filter, sort] of [
      [{ list: -5 }, {}],
      [{ a: 1 }, {}],
      [{ a: { $in: [0, 2] } }, { list: 1 }],
      [{}, { list: -1 }],
    ] as const) {
      const source = new Source(collection, { filter: parseFilter(filter), sort, skip: 3, limit: 0, hint: undefined });
      let longest = 0;
      for (const _found of source.run(counting)) {
        longest = Math.max(longest, taken);
        taken = 0;
      }
      expect(longest, JSON.stringify(filter)).to.equal(1);
    }
  });
});
