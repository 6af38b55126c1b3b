import { canon, exactText, naiveCompare, naiveMatches, NaiveRefusal, type Doc, type Value } from '../unit/embedded-mongo/naiveModel.js';
import { compareKeys, keyTexts, naiveDistinct, naiveKeys, naiveProject, naiveSort, type Field } from '../unit/embedded-mongo/naiveIndex.js';
import { clone, naiveCheck, naiveUpdateAll } from '../unit/embedded-mongo/naiveUpdate.js';
import type { Find, IndexSpec, Modify, Operation, Update } from './modelOperations.js';

/** What a reply says, without what belongs to the way it was found: the same for the model and for the store. */
export type Outcome = Readonly<Record<string, unknown>>;

const DUPLICATE = 11000;

const sameId = (a: Doc, b: Doc): boolean => naiveCompare(a['_id'], b['_id']) === 0;
const byId = (a: Doc, b: Doc): number => naiveCompare(a['_id'], b['_id']);
const texts = (docs: readonly Doc[]): string[] => docs.map(exactText);

/** A sort made total. */
export const withId = (sort: readonly Field[]): Field[] => [...sort, ['_id', 1]];

/** What a sort compares, document by document: ties may stand in any order. */
export const orderOf = (docs: readonly Doc[], sort: readonly Field[]): string[] =>
  docs.map((doc) => [...firstKey(doc, sort)].map(canon).join('|'));

const firstKey = (doc: Doc, sort: readonly Field[]): Value[] => naiveKeys(doc, sort).sort(compareKeys(sort))[0] ?? [];

/** The code of a refusal in place of an outcome. */
function attempt<T>(run: () => T): T | number {
  try {
    return run();
  } catch (error) {
    if (error instanceof NaiveRefusal) return error.code;
    throw error;
  }
}

/** A collection as a plain list of documents in the order of their ids. */
export class ModelCollection {
  docs: Doc[] = [];
  readonly indexes: IndexSpec[] = [];

  matching(filter: Doc): Doc[] {
    return this.docs.filter((doc) => naiveMatches(doc, filter));
  }

  /** The documents that a statement meets, and what becomes of each: a document, or the code of its refusal. */
  updated(filter: Doc, update: Doc): { before: Doc; after: Doc | number }[] {
    return this.matching(filter).map((before) => ({
      before,
      after: attempt(() => {
        const after = naiveUpdateAll(before, update);
        this.check(after, before);
        return after;
      }),
    }));
  }

  get hasUnique(): boolean {
    return this.indexes.some(({ unique }) => unique);
  }

  /** Whether a document may take the place of another one, or a new place. */
  private check(doc: Doc, instead?: Doc): void {
    const others = this.docs.filter((other) => instead === undefined || !sameId(other, instead));
    if (others.some((other) => sameId(other, doc))) throw new NaiveRefusal(DUPLICATE);
    for (const index of this.indexes) this.keysIn(index, doc);
    for (const index of this.indexes) this.checkUnique(index, doc, others);
  }

  private keysIn({ fields, partial }: IndexSpec, doc: Doc): Set<string> {
    return partial !== undefined && !naiveMatches(doc, partial) ? new Set() : keyTexts(doc, fields);
  }

  private checkUnique(index: IndexSpec, doc: Doc, others: readonly Doc[]): void {
    if (!index.unique) return;
    const keys = this.keysIn(index, doc);
    for (const other of others) for (const key of this.keysIn(index, other)) if (keys.has(key)) throw new NaiveRefusal(DUPLICATE);
  }

  private place(doc: Doc, instead?: Doc): void {
    this.docs = [...this.docs.filter((other) => instead === undefined || !sameId(other, instead)), doc].sort(byId);
  }

  private remove(gone: readonly Doc[]): void {
    this.docs = this.docs.filter((doc) => !gone.includes(doc));
  }

  insert(docs: readonly Doc[], ordered: boolean): { outcome: Outcome; accepted: Doc[] } {
    const errors: number[][] = [];
    const accepted: Doc[] = [];
    for (const [i, doc] of docs.entries()) {
      const code = attempt(() => {
        this.check(doc);
        this.place(clone(doc));
        accepted.push(doc);
      });
      if (code !== undefined) errors.push([i, code]);
      if (code !== undefined && ordered) break;
    }
    return { outcome: { n: accepted.length, errors }, accepted };
  }

  /** One statement on at most one document, or on several that are known to take it. */
  update({ filter, update, multi, upsert }: Update): Outcome {
    naiveCheck(update);
    const met = this.updated(filter, update).slice(0, multi ? Infinity : 1);
    if (met.length === 0 && upsert) return this.upsert(filter, update);
    const refused = met.find(({ after }) => typeof after === 'number');
    if (refused !== undefined) return { n: 0, modified: 0, errors: [[0, refused.after]] };
    for (const { before, after } of met) this.place(after as Doc, before);
    return { n: met.length, modified: met.filter(({ before, after }) => exactText(before) !== exactText(after)).length, errors: [] };
  }

  private upsert({ _id, ...conditions }: Doc, update: Doc): Outcome {
    const seed = Object.entries(conditions).reduce<Doc>(
      (doc, [path, condition]) => naiveUpdateAll(doc, { $set: { [path]: (condition as Doc)['$eq'] } }),
      { _id },
    );
    const code = attempt(() => {
      const isReplacement = !(Object.keys(update)[0] ?? '').startsWith('$');
      const doc = naiveUpdateAll(isReplacement ? { _id } : seed, update, true);
      this.check(doc);
      this.place(doc);
    });
    return code === undefined ? { n: 1, modified: 0, upserted: exactText(_id), errors: [] } : { n: 0, modified: 0, errors: [[0, code]] };
  }

  delete(filter: Doc, multi: boolean): Outcome {
    const gone = this.matching(filter).slice(0, multi ? Infinity : 1);
    this.remove(gone);
    return { n: gone.length, errors: [] };
  }

  modify({ filter, sort, update, wantsNew, fields }: Modify): Outcome {
    if (update !== undefined) naiveCheck(update);
    const [before] = naiveSort(this.matching(filter), withId(sort));
    if (before === undefined) return { n: 0, value: null };
    if (update === undefined) {
      this.remove([before]);
      return { n: 1, value: exactText(naiveProject(before, fields)) };
    }
    const after = naiveUpdateAll(before, update);
    this.check(after, before);
    this.place(after, before);
    return { n: 1, value: exactText(naiveProject(wantsNew ? after : before, fields)) };
  }

  find({ filter, sort, skip, limit, projection }: Find): Outcome {
    const found = naiveSort(this.matching(filter), withId(sort));
    const cut = found.slice(skip, limit === 0 ? undefined : skip + limit);
    return {
      docs: texts(cut.map((doc) => naiveProject(doc, projection))),
      order: Object.keys(projection).length === 0 ? orderOf(cut, sort) : undefined,
    };
  }

  count(filter: Doc, skip: number, limit: number): Outcome {
    const n = Math.max(0, this.matching(filter).length - skip);
    return { n: limit === 0 ? n : Math.min(n, limit) };
  }

  distinct(filter: Doc, key: string): Outcome {
    const values = this.matching(filter).flatMap((doc) => naiveDistinct(doc, key.split('.')));
    return { values: [...new Set(values.map(canon))].sort() };
  }

  createIndex(index: IndexSpec): Outcome {
    this.docs.forEach((doc, i) => {
      this.keysIn(index, doc);
      this.checkUnique(index, doc, this.docs.slice(0, i));
    });
    this.indexes.push(index);
    return {};
  }

  dropIndex(which: number): Outcome {
    this.indexes.splice(which, 1);
    return {};
  }

  /** What an operation gives; a refusal of the whole command is an outcome too. */
  apply(operation: Exclude<Operation, { kind: 'transaction' }>): Outcome {
    const outcome = attempt(() => this.run(operation));
    return typeof outcome === 'number' ? { code: outcome } : outcome;
  }

  private run(operation: Exclude<Operation, { kind: 'transaction' }>): Outcome {
    switch (operation.kind) {
      case 'insert':
        return this.insert(operation.docs, operation.ordered).outcome;
      case 'update':
        return this.update(operation);
      case 'delete':
        return this.delete(operation.filter, operation.multi);
      case 'modify':
        return this.modify(operation);
      case 'find':
        return this.find(operation);
      case 'count':
        return this.count(operation.filter, operation.skip, operation.limit);
      case 'distinct':
        return this.distinct(operation.filter, operation.key);
      default:
        return operation.kind === 'createIndex' ? this.createIndex(operation.index) : this.dropIndex(operation.which);
    }
  }
}

/** The same documents and indexes, to be gone on with. */
export function copyOf(model: ModelCollection): ModelCollection {
  const copy = new ModelCollection();
  copy.docs = [...model.docs];
  copy.indexes.push(...model.indexes);
  return copy;
}

/** An index by its fields, for its name. */
export const nameOf = ({ fields, unique, partial }: IndexSpec): string =>
  [...fields.map((field: Field) => field.join('_')), unique ? 'unique' : '', partial === undefined ? '' : exactText(partial)].join('_');
