import { refuse, StoreError } from '../errors.js';
import { parseFilter } from '../query/filter.js';
import type { Collection } from '../storage/catalogue.js';
import { whenUntouched } from '../storage/indexBuild.js';
import type { WriteWork } from '../storage/writeQueue.js';
import { encode } from '../values/codec.js';
import { isTruthy } from '../values/truth.js';
import type { Document } from '../values/types.js';
import type { Engine } from '../engine.js';
import { collectionName, documentArgument } from './arguments.js';
import type { Command, Context } from './context.js';
import { openCursor } from './find.js';

/** `create`: an empty collection. */
export const create: Command = async (context) => {
  const name = collectionName(context);
  const { engine, db } = context;
  await engine.writes.once(() => {
    // MongoDB answers ok when it is there with the same options; there are no options here.
    if (engine.catalogue.find(db, name) === undefined) engine.catalogue.create(db, name);
  });
  return { ok: 1 };
};

/** `drop`: a collection with its indexes. */
export const drop: Command = async (context) => {
  const name = collectionName(context);
  const { engine, db } = context;
  const collection = engine.catalogue.find(db, name);
  if (collection === undefined) return { ok: 1 };
  await dropCollections(engine, [collection]);
  return { nIndexesWas: collection.indexes.length + 1, ns: `${db}.${name}`, ok: 1 };
};

/** `dropDatabase`: all collections of a database. */
export const dropDatabase: Command = async ({ engine, db }) => {
  await dropCollections(engine, engine.catalogue.list(db));
  return { dropped: db, ok: 1 };
};

async function dropCollections(engine: Engine, collections: readonly Collection[]): Promise<void> {
  await engine.writes.run(removal(engine, collections));
  engine.garbage.collect();
}

function* removal(engine: Engine, collections: readonly Collection[]): WriteWork<void> {
  for (const collection of collections) {
    yield* whenUntouched(engine, collection);
    if (!collection.dropped) engine.catalogue.drop(collection);
  }
}

/** `listCollections`: names and the `_id` index of each. */
export const listCollections: Command = (context) => {
  const filter = parseFilter(documentArgument(context, 'filter'));
  const nameOnly = isTruthy(context.command['nameOnly'] ?? false);
  const rows = context.engine.catalogue
    .list(context.db)
    .map((c): Document => (nameOnly ? { name: c.name, type: 'collection' } : describe(c)));
  return openCursor(context, '$cmd.listCollections', () => rows.filter((row) => filter.test(row)).map(encode), Infinity);
};

const describe = (collection: Collection): Document => ({
  name: collection.name,
  type: 'collection',
  options: {},
  info: { readOnly: false },
  idIndex: idIndex(),
});

/** The index that every collection has: the order of its documents. */
export const idIndex = (): Document => ({ v: 2, key: { _id: 1 }, name: '_id_' });

/** `listDatabases`: those that hold a collection. */
export const listDatabases: Command = (context) => {
  onlyAdmin(context);
  const filter = parseFilter(documentArgument(context, 'filter'));
  const names = [...new Set(context.engine.catalogue.list().map((c) => c.db))].sort();
  const databases = names.map((name): Document => ({ name, sizeOnDisk: 0, empty: false })).filter((row) => filter.test(row));
  return { databases, totalSize: context.engine.env.size().bytes, ok: 1 };
};

/** @throws StoreError 13 when a command of the whole store is sent to another database */
export function onlyAdmin({ db, name }: Context): void {
  if (db !== 'admin') throw refuse.unauthorized(`${name} may only be run against the admin database.`);
}

/** The collection or MongoDB's error 26. */
export function existing({ engine, db }: Context, name: string): Collection {
  const collection = engine.catalogue.find(db, name);
  if (collection === undefined) throw new StoreError(`ns does not exist: ${db}.${name}`, 26, 'NamespaceNotFound');
  return collection;
}
