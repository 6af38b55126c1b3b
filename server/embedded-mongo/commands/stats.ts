import type { Collection } from '../storage/catalogue.js';
import type { KeyRange, Reader } from '../storage/environment.js';
import { documentPrefix, indexBound, prefixRange } from '../storage/keyspace.js';
import { collectionName, numberArgument } from './arguments.js';
import { existing } from './collections.js';
import type { Command, Context } from './context.js';
import { readAll } from './readAll.js';

/** What lies in a range of keys. */
interface Extent {
  readonly entries: number;
  readonly keyBytes: number;
  readonly valueBytes: number;
}

const NOTHING: Extent = { entries: 0, keyBytes: 0, valueBytes: 0 };

/** What a collection holds; documents lie in the order of `_id`, so that index has no entries of its own. */
interface Measured {
  readonly documents: Extent;
  readonly indexes: ReadonlyMap<string, Extent>;
}

/** `collStats`: documents and bytes of a collection and its indexes, counted by reading them. */
export const collStats: Command = async (context) => {
  const collection = existing(context, collectionName(context));
  const scale = scaleOf(context);
  const { documents, indexes } = await measure(context, collection);
  const sizes = [...indexes].map(([name, extent]) => [name, scaled(bytesOf(extent), scale)] as const);
  const totalIndexSize = scaled(sum([...indexes.values()], bytesOf), scale);
  const storageSize = scaled(bytesOf(documents), scale);
  return {
    ns: `${collection.db}.${collection.name}`,
    count: documents.entries,
    size: scaled(documents.valueBytes, scale),
    avgObjSize: average(documents),
    storageSize,
    capped: false,
    nindexes: collection.indexes.length + 1,
    indexSizes: { _id_: 0, ...Object.fromEntries(sizes) },
    indexEntries: Object.fromEntries([...indexes].map(([name, { entries }]) => [name, entries])),
    totalIndexSize,
    totalSize: storageSize + totalIndexSize,
    scaleFactor: scale,
    ok: 1,
  };
};

/** `dbStats`: the sums of a database, counted by reading it. */
export const dbStats: Command = async (context) => {
  const { engine, db } = context;
  const scale = scaleOf(context);
  const collections = engine.catalogue.list(db);
  const measured: Measured[] = [];
  for (const collection of collections) measured.push(await measure(context, collection));
  const documents = measured.map((one) => one.documents);
  const indexes = measured.flatMap((one) => [...one.indexes.values()]);
  return {
    db,
    collections: collections.length,
    views: 0,
    objects: sum(documents, ({ entries }) => entries),
    avgObjSize: average({ entries: sum(documents, (one) => one.entries), valueBytes: sum(documents, (one) => one.valueBytes) }),
    dataSize: scaled(
      sum(documents, (one) => one.valueBytes),
      scale,
    ),
    storageSize: scaled(sum(documents, bytesOf), scale),
    indexes: indexes.length + collections.length,
    indexSize: scaled(sum(indexes, bytesOf), scale),
    totalSize: scaled(sum([...documents, ...indexes], bytesOf), scale),
    scaleFactor: scale,
    fsTotalSize: scaled(engine.env.size().bytes, scale),
    ok: 1,
  };
};

const scaleOf = (context: Context): number => numberArgument(context, 'scale', 1) || 1;

const scaled = (bytes: number, scale: number): number => Math.floor(bytes / scale);

const bytesOf = ({ keyBytes, valueBytes }: Extent): number => keyBytes + valueBytes;

const average = ({ entries, valueBytes }: Pick<Extent, 'entries' | 'valueBytes'>): number =>
  entries === 0 ? 0 : Math.round(valueBytes / entries);

const sum = <T>(items: readonly T[], figure: (item: T) => number): number => items.reduce((total, item) => total + figure(item), 0);

async function measure(context: Context, collection: Collection): Promise<Measured> {
  const ranges = [documentPrefix(collection.id), ...collection.indexes.map(({ id }) => indexBound(id))].map(prefixRange);
  const extents: Extent[] = [];
  await readAll(
    context,
    (reader) => readExtents(reader, ranges),
    (extent) => extents.push(extent),
  );
  const [documents, ...entries] = extents;
  const indexes = collection.indexes.map(({ name }, i) => [name, entries[i] ?? NOTHING] as const);
  return { documents: documents ?? NOTHING, indexes: new Map(indexes) };
}

function* readExtents(reader: Reader, ranges: readonly KeyRange[]): Iterable<Extent | undefined> {
  for (const range of ranges) yield* readExtent(reader, range);
}

function* readExtent(reader: Reader, range: KeyRange): Iterable<Extent | undefined> {
  let [entries, keyBytes, valueBytes] = [0, 0, 0];
  for (const { key, value } of reader.pairs(range)) {
    entries += 1;
    keyBytes += key.length;
    valueBytes += value.length;
    yield undefined;
  }
  yield { entries, keyBytes, valueBytes };
}
