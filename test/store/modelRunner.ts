import { Long, UUID } from 'bson';
import { naiveSort, type Field } from '../unit/embedded-mongo/naiveIndex.js';
import { canon, exactText, type Doc } from '../unit/embedded-mongo/naiveModel.js';
import type { InProcessStore } from './inProcess.js';
import { nameOf, orderOf, withId, type Outcome } from './modelCollection.js';
import type { Find, IndexSpec, Modify, Operation, Update } from './modelOperations.js';

type Single = Exclude<Operation, { kind: 'transaction' }>;

const sortDocument = (sort: readonly Field[]): Doc => Object.fromEntries(sort);

interface WriteError {
  readonly index: unknown;
  readonly code: unknown;
}

const errorsIn = (reply: Doc): number[][] =>
  ((reply['writeErrors'] ?? []) as WriteError[]).map(({ index, code }) => [Number(index), Number(code)]);

function pipelineOf({ filter, sort, skip, limit, projection }: Find, order: readonly Field[]): Doc[] {
  return [
    { $match: filter },
    ...(order.length === 0 ? [] : [{ $sort: sortDocument(order) }]),
    ...(skip === 0 ? [] : [{ $skip: skip }]),
    ...(limit === 0 ? [] : [{ $limit: limit }]),
    ...(Object.keys(projection).length === 0 ? [] : [{ $project: projection }]),
  ].filter((stage) => sort.length >= 0 && Object.keys(stage).length === 1);
}

/** Sends operations to one collection of a store and reads its replies in the words of the model. */
export class ModelRunner {
  private readonly lsid = { id: new UUID() };
  private transactions = 0;
  private session: Doc = {};

  constructor(
    private readonly store: InProcessStore,
    readonly name: string,
  ) {}

  begin(): void {
    this.transactions += 1;
    this.session = { lsid: this.lsid, txnNumber: Long.fromNumber(this.transactions), autocommit: false, startTransaction: true };
  }

  /** Ends the transaction; false when the store has none to end. */
  async end(commits: boolean): Promise<boolean> {
    const { startTransaction: _first, ...rest } = this.session;
    this.session = {};
    const reply = await this.store.run({ [commits ? 'commitTransaction' : 'abortTransaction']: 1, ...rest, $db: 'admin' });
    return Number(reply['ok']) === 1;
  }

  /** Forgets a transaction that the store has ended by itself. */
  forget(): void {
    this.session = {};
  }

  private async send(command: Doc): Promise<Doc> {
    const reply = await this.store.run({ ...command, ...this.session });
    const { startTransaction: _first, ...rest } = this.session;
    this.session = rest;
    return reply;
  }

  async apply(operation: Single): Promise<Outcome> {
    const reply = await this.ask(operation);
    return 'code' in reply ? { code: Number(reply['code']) } : reply;
  }

  private async ask(operation: Single): Promise<Outcome> {
    switch (operation.kind) {
      case 'insert':
        return written(await this.send({ insert: this.name, documents: operation.docs, ordered: operation.ordered }));
      case 'update':
        return this.update(operation);
      case 'delete':
        return written(await this.send({ delete: this.name, deletes: [{ q: operation.filter, limit: operation.multi ? 0 : 1 }] }));
      case 'modify':
        return this.modify(operation);
      case 'find':
        return this.find(operation);
      case 'count':
        return whole(
          await this.send({ count: this.name, query: operation.filter, skip: operation.skip, limit: operation.limit }),
          (reply) => ({ n: Number(reply['n']) }),
        );
      case 'distinct':
        return whole(await this.send({ distinct: this.name, key: operation.key, query: operation.filter }), (reply) => ({
          values: (reply['values'] as unknown[]).map(canon).sort(),
        }));
      default:
        return operation.kind === 'createIndex'
          ? this.createIndex(operation.index)
          : whole(await this.send({ dropIndexes: this.name, index: await this.indexAt(operation.which) }), () => ({}));
    }
  }

  private async update({ filter, update, multi, upsert }: Update): Promise<Outcome> {
    const reply = await this.send({ update: this.name, updates: [{ q: filter, u: update, multi, upsert }] });
    return whole(reply, () => {
      const upserted = (reply['upserted'] as { _id: unknown }[] | undefined)?.[0];
      return {
        ...written(reply),
        modified: Number(reply['nModified']),
        ...(upserted === undefined ? {} : { upserted: exactText(upserted._id) }),
      };
    });
  }

  private async modify({ filter, sort, update, wantsNew, fields }: Modify): Promise<Outcome> {
    const change = update === undefined ? { remove: true } : { update, new: wantsNew };
    const reply = await this.send({ findAndModify: this.name, query: filter, sort: sortDocument(withId(sort)), ...change, fields });
    return whole(reply, () => ({
      n: Number((reply['lastErrorObject'] as Doc)['n']),
      value: reply['value'] === null ? null : exactText(reply['value']),
    }));
  }

  /** All batches; where ties may stand in any order, they are put in the order of their ids. */
  private async find(find: Find): Promise<Outcome> {
    const order = find.total ? withId(find.sort) : find.sort;
    const { by, filter, skip, limit, projection, batchSize } = find;
    const first =
      by === 'find'
        ? await this.send({ find: this.name, filter, sort: sortDocument(order), skip, limit, projection, batchSize })
        : await this.send({ aggregate: this.name, pipeline: pipelineOf(find, order), cursor: { batchSize } });
    if (Number(first['ok']) !== 1) return first;
    const docs = await this.rest(first['cursor'] as Doc, batchSize);
    const sorted = find.total ? docs : naiveSort(docs, withId(find.sort));
    return { docs: sorted.map(exactText), order: Object.keys(projection).length === 0 ? orderOf(docs, find.sort) : undefined };
  }

  private async rest({ firstBatch, id }: Doc, batchSize: number): Promise<Doc[]> {
    const docs = firstBatch as Doc[];
    for (let cursor = id as Long; !cursor.isZero();) {
      const reply = await this.send({ getMore: cursor, collection: this.name, batchSize });
      const next = reply['cursor'] as Doc;
      docs.push(...(next['nextBatch'] as Doc[]));
      cursor = next['id'] as Long;
    }
    return docs;
  }

  private async createIndex(index: IndexSpec): Promise<Outcome> {
    const { fields, unique, partial } = index;
    const options = { ...(unique ? { unique } : {}), ...(partial === undefined ? {} : { partialFilterExpression: partial }) };
    const spec = { key: sortDocument(fields), name: nameOf(index), ...options };
    return whole(await this.send({ createIndexes: this.name, indexes: [spec] }), () => ({}));
  }

  private async indexAt(which: number): Promise<unknown> {
    const reply = await this.store.run({ listIndexes: this.name });
    const names = ((reply['cursor'] as Doc)['firstBatch'] as Doc[]).map((index) => index['name']);
    return names[which + 1];
  }
}

const whole = (reply: Doc, read: (reply: Doc) => Outcome): Outcome => (Number(reply['ok']) === 1 ? read(reply) : reply);
const written = (reply: Doc): Outcome => whole(reply, () => ({ n: Number(reply['n']), errors: errorsIn(reply) }));
