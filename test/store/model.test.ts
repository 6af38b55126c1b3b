import { expect } from 'chai';
import fc from 'fast-check';
import { seed } from '../support/property.js';
import { UNINDEXABLE } from '../unit/embedded-mongo/naiveIndex.js';
import { exactText, type Doc } from '../unit/embedded-mongo/naiveModel.js';
import { InProcessStore } from './inProcess.js';
import { copyOf, ModelCollection, type Outcome } from './modelCollection.js';
import { operations, type Operation, type Update } from './modelOperations.js';
import { ModelRunner } from './modelRunner.js';

type Single = Exclude<Operation, { kind: 'transaction' }>;

/** `STORE_MODEL_OPERATIONS=100000` for a long run. */
const OPERATIONS = Number(process.env['STORE_MODEL_OPERATIONS'] ?? 10_000);
/** On the average. */
const PER_RUN = 40;

const DUPLICATE = 11000;
const ofIndexes = new Set([DUPLICATE, UNINDEXABLE]);

/** MongoDB has one code for each way in which a document cannot be sorted or indexed; the model has one for all. */
const unsortable = new Set([2, 16746, UNINDEXABLE]);
const sorting = new Set<Operation['kind']>(['find', 'modify']);
const filed = (kind: Operation['kind'], code: number): number =>
  code === 16746 || (sorting.has(kind) && unsortable.has(code)) ? UNINDEXABLE : code;

function comparable(operation: Single, outcome: Outcome): Outcome {
  const { code, errors, modified, ...rest } = outcome;
  const codes =
    code === undefined
      ? ((errors ?? []) as number[][]).map(([i = 0, one = 0]) => [i, filed(operation.kind, one)])
      : [[0, filed(operation.kind, Number(code))]];
  if (code !== undefined) return { codes };
  // An element that is null already counts as changed when it is unset.
  const counts = operation.kind === 'update' && !/"\$unset":\{[^}]*\.\d/.test(JSON.stringify(operation.update));
  return { ...rest, codes, ...(counts ? { modified } : {}) };
}

/** Where the outcome depends on the order in which documents are met, the same asked one by one. */
function determined(operation: Single, model: ModelCollection): Single[] {
  if (operation.kind === 'delete') return [model.matching(operation.filter).length > 1 ? { ...operation, multi: true } : operation];
  if (operation.kind !== 'update') return [operation];
  const met = model.updated(operation.filter, operation.update);
  const isReplacement = !(Object.keys(operation.update)[0] ?? '').startsWith('$');
  if (met.length <= 1) return [isReplacement ? { ...operation, multi: false } : operation];
  if (!isReplacement && !model.hasUnique && met.every(({ after }) => typeof after !== 'number')) return [{ ...operation, multi: true }];
  return met.map(({ before }): Update => ({ ...operation, filter: { _id: { $eq: before['_id'] } }, multi: false }));
}

/** The indexed collection, the one without indexes and the model, step by step side by side. */
class Comparison {
  private model = new ModelCollection();

  constructor(
    private readonly indexed: ModelRunner,
    private readonly bare: ModelRunner,
  ) {}

  async run(operation: Operation): Promise<void> {
    if (operation.kind === 'transaction') return this.transaction(operation.operations, operation.commits);
    for (const one of determined(operation, this.model)) if (this.makesSense(one)) await this.single(one);
  }

  private makesSense(operation: Single): boolean {
    const { indexes } = this.model;
    if (operation.kind === 'dropIndex') return operation.which < indexes.length;
    const key = (index: { fields: unknown; partial: unknown }): string => exactText([index.fields, index.partial ?? null]);
    return operation.kind !== 'createIndex' || !indexes.some((index) => key(index) === key(operation.index));
  }

  private async single(operation: Single): Promise<void> {
    const before = copyOf(this.model);
    const expected = comparable(operation, this.model.apply(operation));
    await this.same(this.indexed, operation, expected);
    const isIndexes = operation.kind === 'createIndex' || operation.kind === 'dropIndex';
    if (isIndexes) return;
    const refused = (expected['codes'] as number[][]).some(([, code = 0]) => ofIndexes.has(code));
    if (operation.kind === 'insert')
      await this.bare.apply({ ...operation, docs: before.insert(operation.docs, operation.ordered).accepted, ordered: true });
    else if (!refused || operation.kind === 'find') await this.same(this.bare, operation, expected);
  }

  private async same(runner: ModelRunner, operation: Single, expected: Outcome): Promise<void> {
    const found = comparable(operation, await runner.apply(operation));
    expect(found, `${runner.name}: ${exactText(operation)} with ${exactText(this.model.indexes)}`).to.deep.equal(expected);
  }

  private async transaction(list: readonly Operation[], commits: boolean): Promise<void> {
    const model = copyOf(this.model);
    const steps = plan(list, model);
    const fails = steps.some(({ expected }) => (expected['codes'] as number[][]).length > 0);
    for (const runner of fails ? [this.indexed] : [this.indexed, this.bare]) {
      runner.begin();
      for (const { operation, expected } of steps) await this.same(runner, operation, expected);
      // A statement that fails has ended it.
      if (fails) runner.forget();
      else expect(await runner.end(commits)).to.equal(true);
    }
    if (commits && !fails) this.model = model;
  }

  /** Whether both collections hold what the model holds. */
  async finish(): Promise<void> {
    await this.run({ kind: 'find', by: 'find', filter: {}, sort: [], total: true, skip: 0, limit: 0, projection: {}, batchSize: 101 });
    await this.run({ kind: 'count', filter: {}, skip: 0, limit: 0 });
  }
}

/** The statements of a transaction up to the first that fails. */
function plan(list: readonly Operation[], model: ModelCollection): { operation: Single; expected: Outcome }[] {
  const steps: { operation: Single; expected: Outcome }[] = [];
  for (const operation of list as Single[]) {
    for (const one of determined(operation, model)) {
      // In a transaction the first refusal ends an unordered insert too.
      const expected = comparable(one, model.apply(one.kind === 'insert' ? { ...one, ordered: true } : one));
      steps.push({ operation: one, expected });
      if ((expected['codes'] as number[][]).length > 0) return steps;
    }
  }
  return steps;
}

/** Filters on a position in an array, which random ones rarely combine with the documents that matter. */
const positions: readonly (readonly [path: string, condition: unknown, ids: number[]])[] = [
  ['a.0.x', null, [0, 10, 11]],
  ['a.0.x', { $in: [null, 7] }, [0, 10, 11]],
  ['a.0.x', { $gte: null }, [0, 10, 11]],
  ['a.0.x', { $exists: false }, [0, 3]],
  ['a.0.x', 1, [10, 11]],
  ['a.0', { $elemMatch: { $eq: 4 } }, [3]],
  ['a.0', [4, 5], [3]],
];

describe('the store beside a naive model', () => {
  let store: InProcessStore;
  let runs = 0;

  before(async () => {
    store = await InProcessStore.open();
  });
  after(() => store.close());

  it('finds by a position in an array what it finds without an index', async () => {
    const documents = [
      { _id: 0, a: { x: 1 } },
      { _id: 3, a: [[4, 5]] },
      { _id: 10, a: [{ x: 1 }, { y: 1 }] },
      { _id: 11, a: [{ x: [1, 2] }] },
    ];
    await store.run({ insert: 'positions', documents });
    for (const isIndexed of [false, true]) {
      if (isIndexed)
        await store.run({
          createIndexes: 'positions',
          indexes: [
            { key: { 'a.0.x': 1 }, name: 'x' },
            { key: { 'a.0': 1 }, name: '0' },
          ],
        });
      for (const [path, condition, ids] of positions) {
        const reply = await store.run({ find: 'positions', filter: { [path]: condition }, sort: { _id: 1 } });
        const found = ((reply['cursor'] as Doc)['firstBatch'] as Doc[]).map(({ _id }) => Number(_id));
        expect(found, `${path} ${JSON.stringify(condition)} ${String(isIndexed)}`).to.deep.equal(ids);
      }
    }
  });

  it('keeps what an index learned from a transaction that was undone', async () => {
    const runner = new ModelRunner(store, 'undone');
    const insert = (doc: Doc): Promise<Outcome> => runner.apply({ kind: 'insert', docs: [doc], ordered: true });
    await store.run({ createIndexes: 'undone', indexes: [{ key: { a: 1 }, name: 'a' }] });
    runner.begin();
    await insert({ _id: 1, a: [1, 2] });
    await runner.end(false);
    await insert({ _id: 2, a: [1, 2] });
    // Read from the file, as after a restart.
    expect(await store.run({ validate: 'undone' })).to.include({ valid: true });
  });

  it(`answers ${String(OPERATIONS)} random operations alike, with and without indexes`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operations, { minLength: 1, maxLength: 2 * PER_RUN, size: 'max' }), async (list) => {
        runs += 1;
        const [indexed, bare] = [`indexed${String(runs)}`, `bare${String(runs)}`];
        const comparison = new Comparison(new ModelRunner(store, indexed), new ModelRunner(store, bare));
        for (const name of [indexed, bare]) await store.run({ create: name });
        for (const operation of list) await comparison.run(operation);
        await comparison.finish();
        expect(await store.run({ validate: indexed })).to.include({ valid: true });
        for (const name of [indexed, bare]) await store.run({ drop: name });
      }),
      { seed, numRuns: Math.ceil(OPERATIONS / PER_RUN) },
    );
  }).timeout(3_600_000);
});
