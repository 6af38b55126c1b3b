import { refuse } from '../errors.js';
import { Source } from '../planner/source.js';
import { distinctValues } from '../query/distinctValues.js';
import { parseFilter } from '../query/filter.js';
import { encodeKey } from '../values/keys.js';
import { collectionName, documentArgument, hintName } from './arguments.js';
import type { Command } from './context.js';
import { MAX_DOCUMENT_BYTES } from './insert.js';
import { readAll } from './readAll.js';

/** `distinct`: every value of a field once, as it was first met; elements of arrays on their own. */
export const distinct: Command = async (context) => {
  const name = collectionName(context);
  const { key } = context.command;
  if (typeof key !== 'string' || key === '') throw refuse.typeMismatch("BSON field 'distinct.key' must be a string with a field name");
  const selection = {
    filter: parseFilter(documentArgument(context, 'query')),
    sort: {},
    skip: 0,
    limit: 0,
    hint: hintName(context.command['hint']),
  };
  const collection = context.engine.catalogue.find(context.db, name);
  const values = new Map<string, unknown>();
  if (collection === undefined) return { values: [], ok: 1 };
  const source = context.operation.uses(new Source(collection, selection, new Set([key.split('.', 1)[0] ?? ''])));
  const valuesOf = distinctValues(key);
  let size = 0;
  await readAll(
    context,
    (reader) => source.run(reader),
    (found) => {
      for (const value of valuesOf(found.doc)) {
        const text = encodeKey([value], [1]).toString('latin1');
        if (values.has(text)) continue;
        values.set(text, value);
        size += text.length;
        if (size > MAX_DOCUMENT_BYTES) throw refuse.location(17217, 'distinct too big, 16mb cap');
      }
    },
  );
  // In the order of values, as an index scan of MongoDB would give them.
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return { values: sorted, ok: 1 };
};
