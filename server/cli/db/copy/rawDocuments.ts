import { deserialize, serialize } from 'bson';
import type { Collection, Document, Filter, FindCursor } from 'mongodb';

/** The documents of a collection in the order of `_id`, as bytes. */
export function rawDocuments(collection: Collection, filter: Filter<Document>, skip = 0): FindCursor<Uint8Array> {
  const cursor = collection.find(filter, { raw: true, sort: { _id: 1 }, skip, batchSize: 1000 });
  return cursor as unknown as FindCursor<Uint8Array>;
}

/** Every type stays what it is: promoted, a double 1.0 would come back as an int32. */
const TYPED = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;

/**
 * A document in a form from which the driver makes the same bytes again.
 * @throws Error when there is none: JavaScript puts names that are whole numbers first, and names given twice once
 */
export function exactDocument(raw: Uint8Array, ns: string): Document {
  const document = deserialize(raw, TYPED);
  if (Buffer.compare(raw, serialize(document, { ignoreUndefined: false })) === 0) return document;
  throw new Error(
    `${ns} holds a document that cannot be carried byte for byte (_id ${String(document['_id'])}): save it anew with the product, then copy again`,
  );
}
