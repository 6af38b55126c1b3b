import type { Db, Document } from 'mongodb';

/** What a collection is besides its documents. */
export interface CollectionShape {
  readonly name: string;
  /** Options of its indexes in the form that `createIndexes` takes, without `_id`. */
  readonly indexes: readonly Document[];
}

/** The index by which documents of a collection expire, if there is one. */
export const expiryOf = ({ indexes }: CollectionShape): Document | undefined =>
  indexes.find((index) => index['expireAfterSeconds'] !== undefined);

/** Where a copy keeps its note in the target. */
export const NOTE = 'copy_in_progress';

/**
 * The collections of a database by name.
 * @throws Error when one is more than a plain collection
 */
export async function shapesOf(db: Db): Promise<CollectionShape[]> {
  const infos = (await db.listCollections({}, { nameOnly: false }).toArray()).filter(
    ({ name }) => !name.startsWith('system.') && name !== NOTE,
  );
  const shapes: CollectionShape[] = [];
  for (const { name, type, options } of infos) {
    if (type !== 'collection' || Object.keys(options ?? {}).length > 0) {
      throw new Error(
        `${db.databaseName}.${name} is no plain collection (a view, or with options of its own): the product makes none; remove it`,
      );
    }
    shapes.push({ name, indexes: await indexesOf(db, name) });
  }
  return shapes.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function indexesOf(db: Db, name: string): Promise<Document[]> {
  const indexes = (await db.collection(name).listIndexes().toArray()) as Document[];
  return indexes.filter((index) => index['name'] !== '_id_').map(specOf);
}

/** What old servers add to an index's options and new ones refuse. */
function specOf({ v: _version, ns: _namespace, background: _background, ...spec }: Document): Document {
  return spec;
}
