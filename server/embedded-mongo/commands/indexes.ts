import { Int32 } from 'bson';
import type { Engine } from '../engine.js';
import { refuse, StoreError } from '../errors.js';
import { parseFilter } from '../query/filter.js';
import type { Collection, Index } from '../storage/catalogue.js';
import { makeIndex } from '../storage/catalogue.js';
import { buildIndexes, whenUntouched } from '../storage/indexBuild.js';
import { refuseDropped } from '../storage/changes.js';
import type { WriteWork } from '../storage/writeQueue.js';
import { equalValues } from '../values/compare.js';
import { encode } from '../values/codec.js';
import { isDocument, isNumeric, type Document } from '../values/types.js';
import { collectionName, listArgument, nameOfKey } from './arguments.js';
import { existing, idIndex } from './collections.js';
import type { Command } from './context.js';
import { ensureCollection } from './ensureCollection.js';
import { openCursor } from './find.js';
import { indexOptions } from './list.js';

/** `createIndexes`: adds what is not there yet and fills it. */
export const createIndexes: Command = async (context) => {
  const name = collectionName(context);
  const specs = listArgument(context, 'indexes').map(checkedSpec);
  const { engine, db } = context;
  const createdCollectionAutomatically = engine.catalogue.find(db, name) === undefined;
  const collection = await ensureCollection(context, name);
  const choose = (): Index[] =>
    specs.filter((spec) => !isThere(collection, spec)).map((spec) => makeIndex(engine.catalogue.takeId(), spec));
  const made = await engine.writes.run(buildIndexes(engine, collection, choose), context.limit);
  const numIndexesAfter = collection.indexes.length + 1;
  const counts = { numIndexesBefore: numIndexesAfter - made, numIndexesAfter };
  return { ...counts, createdCollectionAutomatically, ...(made === 0 ? { note: 'all indexes already exist' } : {}), ok: 1 };
};

/** An index as asked for, in the form that is kept. */
function checkedSpec(given: unknown): Document {
  if (!isDocument(given)) throw refuse.typeMismatch('The elements of the indexes array must be objects');
  const unknown = Object.keys(given).find((option) => !Object.hasOwn(indexOptions, option));
  if (unknown !== undefined && given[unknown] !== false) {
    throw new StoreError(
      `The field '${unknown}' is not valid for an index specification. Specification: it is not served by this store`,
      197,
      'InvalidIndexSpecificationOption',
    );
  }
  const { key, name, unique, partialFilterExpression, expireAfterSeconds } = given;
  const fields = checkedKey(key);
  if (partialFilterExpression !== undefined) checkPartial(partialFilterExpression);
  if (expireAfterSeconds !== undefined) checkExpire(expireAfterSeconds, fields);
  return {
    v: new Int32(2),
    key,
    name: typeof name === 'string' ? name : nameOfKey(fields),
    ...(unique === true ? { unique } : {}),
    ...(partialFilterExpression === undefined ? {} : { partialFilterExpression }),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
  };
}

function checkedKey(key: unknown): Document {
  if (!isDocument(key) || Object.keys(key).length === 0) throw refuse.failedToParse('an index needs a key');
  for (const [path, direction] of Object.entries(key)) checkField(path, direction);
  return key;
}

function checkField(path: string, direction: unknown): void {
  if (path === '' || path.split('.').some((part) => part === '' || part.startsWith('$'))) {
    throw refuse.cannotCreateIndex(`Index keys cannot be an empty field or start with '$': '${path}'`);
  }
  if (typeof direction === 'string') throw refuse.cannotCreateIndex(`Unknown index plugin '${direction}'`);
  if (!isNumeric(direction) || Number(direction.toString()) === 0) {
    throw refuse.cannotCreateIndex('Values in the index key pattern must be numbers other than 0');
  }
}

function checkPartial(partial: unknown): void {
  if (!isDocument(partial)) throw refuse.typeMismatch("The field 'partialFilterExpression' must be an object");
  parseFilter(partial);
}

function checkExpire(expire: unknown, key: Document): void {
  if (!isNumeric(expire)) throw refuse.typeMismatch("The field 'expireAfterSeconds' must be a number");
  const fields = Object.keys(key);
  if (fields.length !== 1) throw refuse.cannotCreateIndex('TTL indexes are single-field indexes, compound indexes do not support TTL');
  if (fields[0] === '_id') throw refuse.cannotCreateIndex('The field "expireAfterSeconds" is not valid for an _id index specification.');
}

const sameSpec = (a: Document, b: Document): boolean => {
  const plain = ({ v: _v, name: _name, ...rest }: Document): Document => sortedKeys(rest);
  return equalValues(plain(a), plain(b)) && Object.keys(a['key'] as Document).join() === Object.keys(b['key'] as Document).join();
};

const sortedKeys = (doc: Document): Document => Object.fromEntries(Object.entries(doc).sort(([a], [b]) => (a < b ? -1 : 1)));

/** True when exactly this index exists; MongoDB's conflicts 85 and 86 when another stands in its way. */
function isThere(collection: Collection, spec: Document): boolean {
  if (nameOfKey(spec['key'] as Document) === '_id_1') return true;
  const byName = collection.indexes.find((index) => index.name === spec['name']);
  if (byName !== undefined) {
    if (sameSpec(byName.spec, spec)) return true;
    const sameKey = equalValues(byName.spec['key'], spec['key']);
    const text = `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${spec['name'] as string}`;
    throw sameKey ? new StoreError(text, 85, 'IndexOptionsConflict') : new StoreError(text, 86, 'IndexKeySpecsConflict');
  }
  const byKey = collection.indexes.find((index) => equalValues(index.spec['key'], spec['key']) && samePartial(index, spec));
  if (byKey === undefined) return false;
  throw new StoreError(`Index already exists with a different name: ${byKey.name}`, 85, 'IndexOptionsConflict');
}

/** Two indexes on one key may live side by side when their partial filters differ. */
const samePartial = (index: Index, spec: Document): boolean =>
  equalValues(index.spec['partialFilterExpression'] ?? null, spec['partialFilterExpression'] ?? null);

/** `listIndexes`: the options of every index, `_id` first. */
export const listIndexes: Command = (context) => {
  const name = collectionName(context);
  const collection = existing(context, name);
  const rows = [idIndex(), ...collection.indexes.filter((index) => !index.building).map((index) => index.spec)];
  return openCursor(context, name, () => rows.map(encode), Infinity);
};

/** `dropIndexes`: by name, by key, or all but `_id`. */
export const dropIndexes: Command = async (context) => {
  const collection = existing(context, collectionName(context));
  const { engine } = context;
  const nIndexesWas = collection.indexes.length + 1;
  await engine.writes.run(removal(engine, collection, context.command['index']));
  engine.garbage.collect();
  return { nIndexesWas, ok: 1 };
};

function* removal(engine: Engine, collection: Collection, index: unknown): WriteWork<void> {
  yield* whenUntouched(engine, collection);
  refuseDropped(collection);
  for (const one of wantedIndexes(collection, index)) engine.catalogue.dropIndex(collection, one);
}

function wantedIndexes(collection: Collection, index: unknown): Index[] {
  if (index === '*') return [...collection.indexes];
  if (Array.isArray(index)) return index.flatMap((one: unknown) => wantedIndexes(collection, one));
  if (index === '_id_') throw refuse.invalidOptions('cannot drop _id index');
  const found = collection.indexes.find((one) =>
    isDocument(index) ? nameOfKey(one.spec['key'] as Document) === nameOfKey(index) : one.name === index,
  );
  if (found === undefined)
    throw refuse.indexNotFound(`index not found with name [${isDocument(index) ? nameOfKey(index) : String(index)}]`);
  return [found];
}
