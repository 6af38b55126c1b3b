import type { Engine } from '../engine.js';
import { refuse, StoreError } from '../errors.js';
import type { Collection, Index } from '../storage/catalogue.js';
import { makeIndex } from '../storage/catalogue.js';
import { buildIndexes, whenUntouched } from '../storage/indexBuild.js';
import { refuseDropped } from '../storage/changes.js';
import type { WriteWork } from '../storage/writeQueue.js';
import { equalValues } from '../values/compare.js';
import { encode } from '../values/codec.js';
import { isDocument, typeName, type Document } from '../values/types.js';
import { collectionName, listArgument, nameOfKey } from './arguments.js';
import { existing, idIndex } from './collections.js';
import type { Command } from './context.js';
import { ensureCollection } from './ensureCollection.js';
import { openCursor } from './find.js';
import { checkedSpec } from './indexSpec.js';

/** `createIndexes`: adds what is not there yet and fills it. */
export const createIndexes: Command = async (context) => {
  const name = collectionName(context);
  const specs = listArgument(context, 'indexes').map(checkedSpec);
  if (specs.length === 0) throw refuse.badValue('Must specify at least one index to create');
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
  const name = collectionName(context);
  checkIndexArgument(context.command['index']);
  const collection = existing(context, name);
  const { engine } = context;
  const nIndexesWas = collection.indexes.length + 1;
  await engine.writes.run(removal(engine, collection, context.command['index']));
  engine.garbage.collect();
  return { nIndexesWas, ok: 1 };
};

function checkIndexArgument(index: unknown): void {
  if (index === undefined) throw refuse.location(40414, "BSON field 'dropIndexes.index' is missing but a required field");
  const isNames = Array.isArray(index) && index.every((name) => typeof name === 'string');
  if (typeof index === 'string' || isDocument(index) || isNames) return;
  throw refuse.typeMismatch(
    `BSON field 'dropIndexes.index' is the wrong type '${typeName(index)}', expected types '[string, object, array]'`,
  );
}

function* removal(engine: Engine, collection: Collection, index: unknown): WriteWork<void> {
  yield* whenUntouched(engine, collection);
  refuseDropped(collection);
  for (const one of wantedIndexes(collection, index)) engine.catalogue.dropIndex(collection, one);
}

function wantedIndexes(collection: Collection, index: unknown): Index[] {
  if (index === '*') return [...collection.indexes];
  if (Array.isArray(index)) return index.flatMap((one: unknown) => wantedIndexes(collection, one));
  if (index === '_id_' || (isDocument(index) && nameOfKey(index) === '_id_1')) throw refuse.invalidOptions('cannot drop _id index');
  const found = collection.indexes.find((one) =>
    isDocument(index) ? nameOfKey(one.spec['key'] as Document) === nameOfKey(index) : one.name === index,
  );
  if (found === undefined)
    throw refuse.indexNotFound(`index not found with name [${isDocument(index) ? nameOfKey(index) : String(index)}]`);
  return [found];
}
