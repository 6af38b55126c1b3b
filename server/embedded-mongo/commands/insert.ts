import { DBRef, ObjectId } from 'bson';
import { refuse } from '../errors.js';
import { applyChange } from '../storage/changes.js';
import { checkId, idKey } from '../storage/entries.js';
import { patiently } from '../storage/writeQueue.js';
import { decode, encode } from '../values/codec.js';
import { countElements, isDeeperThan } from '../values/elements.js';
import { isDocument, type Document } from '../values/types.js';
import { asBuffer, type Raw } from '../wire/rawBson.js';
import { booleanArgument, collectionName, listArgument } from './arguments.js';
import { errorsOf, runStatements, type Statement } from './bulk.js';
import type { Command, Context } from './context.js';
import { ensureCollection } from './ensureCollection.js';

/** MongoDB's largest document. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
export const MAX_STATEMENTS = 100_000;
/** MongoDB's deepest document; keys and comparisons go down by recursion. */
const MOST_LEVELS = 180;

/** `insert`: new documents. */
export const insert: Command = async (context) => {
  const name = collectionName(context);
  const ordered = booleanArgument(context, 'ordered', true);
  const documents = givenDocuments(context);
  if (documents.length === 0 || documents.length > MAX_STATEMENTS) {
    throw refuse.batchSize(documents.length, MAX_STATEMENTS);
  }
  const collection = await ensureCollection(context, name);
  const statements = documents.map(
    (given): Statement =>
      function* (target, tally) {
        const { doc, raw } = ready(given);
        const id = idKey(doc['_id']);
        yield* patiently(() => {
          applyChange(target, collection, { id, before: undefined, after: doc, raw });
        });
        tally.n += 1;
      },
  );
  const tally = await runStatements(context, statements, ordered);
  return { n: tally.n, ...errorsOf(tally), ok: 1 };
};

/** The documents as bytes (from a sequence) or decoded (from the command itself). */
function givenDocuments(context: Context): (Raw | Document)[] {
  const sequence = context.sequences.get('documents');
  if (sequence !== undefined) return sequence;
  return listArgument(context, 'documents').map((doc) => {
    if (!isDocument(doc)) throw refuse.typeMismatch("BSON field 'insert.documents' must hold objects");
    return doc;
  });
}

/** A document as it will be stored: with an `_id`, and that first; of a name given twice the last value counts. */
function ready(given: Raw | Document): { doc: Document; raw: Raw } {
  const isRaw = given instanceof Uint8Array;
  const doc = isRaw ? decode(given) : given;
  const names = Object.keys(doc);
  if (isRaw && names[0] === '_id' && names.length === countElements(given)) return checked(doc, given);
  const { _id: id = new ObjectId(), ...rest } = doc;
  const complete = { _id: id, ...rest };
  return checked(complete, encode(complete));
}

const holdsReference = (value: unknown): boolean => {
  if (value instanceof DBRef) return true;
  if (Array.isArray(value)) return value.some(holdsReference);
  return isDocument(value) && Object.values(value).some(holdsReference);
};

/** Once stored, `{$ref, $id}` would be decoded as something that is no document: no filter could compare it. */
function refuseReferences(doc: Document, raw: Raw): void {
  if (asBuffer(raw).includes('$ref\0') && Object.values(doc).some(holdsReference))
    throw refuse.badValue('references ({$ref, $id}) are not stored here');
}

/** @throws StoreError when the document may not be stored */
export function checked(doc: Document, raw: Raw): { doc: Document; raw: Raw } {
  checkId(doc['_id']);
  if (raw.length > MAX_DOCUMENT_BYTES) {
    throw refuse.objectTooLarge(`BSONObj size: ${String(raw.length)} is invalid. Size must be between 0 and ${String(MAX_DOCUMENT_BYTES)}`);
  }
  if (isDeeperThan(raw, MOST_LEVELS))
    throw refuse.overflow(`cannot insert document because it exceeds ${String(MOST_LEVELS)} levels of nesting`);
  refuseReferences(doc, raw);
  const dollar = Object.keys(doc).find((name) => name.startsWith('$'));
  if (dollar !== undefined)
    throw refuse.dollarPrefixedField(`The dollar ($) prefixed field '${dollar}' is not allowed at the top level of a document.`);
  return { doc, raw };
}
