import { deepStrictEqual } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** What look-alikes of MongoDB answer wrongly without a word, each with the vectors that show what is right, by name. */
const traps: Readonly<Record<string, readonly string[]>> = {
  'Decimal128 and Long equal and compare with other numbers': [
    'numbers of every type',
    'an int64 beyond 2^53 is exact',
    'a double is no decimal of the same digits',
    'compares Decimal128 exactly',
  ],
  '$sum and $avg do not pass over Decimal128': ['decimal128'],
  '$inc and $mul work on Long, and refuse Decimal128': [
    'Long 6 by Int32 4',
    'Int32 6 by Long 4',
    'Decimal128 in the field',
    'of decimal128, which is not served',
  ],
  '$inc on a text or null is an error': ['on string', 'on null', 'a field that is null'],
  '$push and $addToSet on what is no array are errors': ['onto no array', 'onto null', 'on int', 'on object'],
  '$set through a scalar, null or an array is an error': ['below int', 'below null', 'a name in an array', 'below an element that is null'],
  'documents are equal with their key order only': [
    'sub-documents with their key order',
    'documents by key order',
    'another key order is a change',
  ],
  'arrays are compared in their order': ['whole arrays in their order', 'arrays in their order'],
  '$push sorts and cuts also when the field is missing, by every key': [
    'also when the field is missing',
    'by two fields, then cut, whatever their order',
  ],
  '$addToSet with $each adds nothing twice': ['several, each once'],
  'null and missing through arrays': ['null below a dotted path', 'not null below a dotted path', 'null and missing inside'],
  '$gte and $lte null find a missing field': ['null with equality finds null and missing'],
  '$expr tells missing from null': ['compares across types, missing below null'],
  'the order of types': [
    'every type',
    'every type, descending',
    'across types, missing as null, an empty array before null, arrays by their least element',
  ],
  'an array sorts by its least or its greatest element': [
    'an array ascending by its least element',
    'an array descending by its greatest element',
  ],
  'the accumulator $push leaves missing out': ['keeps null, leaves missing out'],
  '$count of nothing gives no document': ['no document when there is nothing'],
  '$addFields merges documents and goes into arrays': ['documents are merged, array elements each get the field'],
  '$type by every name and number': ['objectId by name', 'decimal by name', 'long by number', 'minKey by name'],
  'a projection keeps the order of the document': ['in the order of the document, with _id', '_id where the document has it'],
  'an upsert takes the equalities of its filter, and $setOnInsert': [
    'equalities of the filter, in the order of their paths',
    'a limiter names one field in filter and update',
    'below $and, a lone $or branch, lists of one',
  ],
  'a replacement keeps _id': ['keeps _id in front', 'a replacement takes only _id'],
  'a double that is whole stays a double': ['leaves a double elsewhere a double', 'another number type is a change'],
  'positions are refused, not ignored': ['the positional operator', 'all elements', 'filtered elements'],
  'what is unknown is refused on an empty collection too': [
    'an unknown operator',
    'an unknown expression',
    'an unknown stage',
    'an update by an unknown operator',
  ],
  '$comment has no effect': ['has no effect'],
};

const folder = path.join(import.meta.dirname, 'vectors');

/** The names of all vectors; those of commands stand first in their row. */
async function vectorNames(): Promise<Set<string>> {
  const names = new Set<string>();
  for (const file of readdirSync(folder)) {
    const module = (await import(path.join(folder, file))) as Record<string, unknown>;
    for (const vector of Object.values(module).filter(Array.isArray).flat() as unknown[]) {
      names.add(String(Array.isArray(vector) ? vector[0] : (vector as { name?: unknown } | null)?.name));
    }
  }
  return names;
}

describe('silent mistakes of look-alikes', () => {
  it('are each shown by vectors', async () => {
    const names = await vectorNames();
    const missing = Object.entries(traps).flatMap(([trap, wanted]) =>
      wanted.filter((name) => !names.has(name)).map((name) => `${trap}: ${name}`),
    );
    deepStrictEqual(missing, []);
  });
});
