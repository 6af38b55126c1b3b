import { NO_FIELDS } from '../planner/decoding.js';
import { Source } from '../planner/source.js';
import { parseFilter } from '../query/filter.js';
import { documentArgument, collectionName, hintName, numberArgument } from './arguments.js';
import type { Command, Context } from './context.js';
import { readAll } from './readAll.js';

/** `count`: how many documents pass; without a filter it is a figure that is kept. */
export const count: Command = async (context) => {
  const name = collectionName(context);
  const query = documentArgument(context, 'query');
  const filter = parseFilter(query);
  const skip = numberArgument(context, 'skip', 0);
  const limit = numberArgument(context, 'limit', 0);
  const hint = hintName(context.command['hint']);
  const collection = context.engine.catalogue.find(context.db, name);
  if (collection === undefined) return { n: 0, ok: 1 };
  if (Object.keys(query).length === 0) return { n: cut(collection.count, skip, limit), ok: 1 };
  const selection = { filter, sort: {}, skip, limit, hint };
  return { n: await counted(context, context.operation.uses(new Source(collection, selection, NO_FIELDS))), ok: 1 };
};

const cut = (all: number, skip: number, limit: number): number => Math.min(Math.max(0, all - skip), limit === 0 ? Infinity : limit);

async function counted(context: Context, source: Source): Promise<number> {
  let n = 0;
  await readAll(
    context,
    (reader) => source.run(reader),
    () => {
      n += 1;
    },
  );
  return n;
}
