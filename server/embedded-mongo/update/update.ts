import { refuse } from '../errors.js';
import { equalValues } from '../values/compare.js';
import { identical } from '../values/identical.js';
import { show } from '../values/show.js';
import { isDocument, type Document } from '../values/types.js';
import type { PathUpdate, UpdateContext } from './operator.js';
import { parseOperators } from './parse.js';

export type { UpdateContext } from './operator.js';
export { seedUpsert } from './seed.js';

/** A checked update: a list of operators by path, or a whole new document. */
export type UpdatePlan =
  | { readonly kind: 'operators'; readonly updates: readonly PathUpdate[] }
  | { readonly kind: 'replacement'; readonly replacement: Document };

/** Checks and compiles an update; refuses pipelines, positional paths and whatever is not served. */
export function parseUpdate(update: Document | readonly unknown[]): UpdatePlan {
  if (Array.isArray(update)) throw refuse.failedToParse('updates given as an aggregation pipeline are not supported');
  if (!isDocument(update)) throw refuse.failedToParse('Update argument must be either an object or an array');
  const names = Object.keys(update);
  if (names[0]?.startsWith('$') === true) return { kind: 'operators', updates: parseOperators(update) };
  checkReplacement(names);
  return { kind: 'replacement', replacement: update };
}

function checkReplacement(names: readonly string[]): void {
  const dollar = names.find((name) => name.startsWith('$'));
  if (dollar === undefined) return;
  throw refuse.dollarPrefixedField(
    `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );
}

const withIdFirst = (id: unknown, rest: Document): Document => (id === undefined ? rest : { _id: id, ...rest });

function replace(doc: Document, replacement: Document): Document {
  const { _id: wanted, ...rest } = replacement;
  if (wanted !== undefined && doc._id !== undefined && !equalValues(wanted, doc._id)) {
    throw refuse.immutableField(
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(wanted)}`,
    );
  }
  return withIdFirst(doc._id ?? wanted, rest);
}

function runOperators(doc: Document, updates: readonly PathUpdate[], context: UpdateContext): Document {
  let next = doc;
  for (const update of updates) {
    next = update.apply(next, context);
    if (doc._id !== undefined && next._id !== doc._id && !equalValues(next._id, doc._id)) {
      throw refuse.immutableField(`Performing an update on the path '${update.path.text}' would modify the immutable field '_id'`);
    }
  }
  return next;
}

/**
 * Applies an update without touching the given document; `changed` is false when the result would be stored with the same bytes.
 * On an insert the document is the seed of the upsert, and `_id` (if the update or seed gives one) comes first.
 */
export function applyUpdate(plan: UpdatePlan, doc: Document, context: UpdateContext): { doc: Document; changed: boolean } {
  const next = plan.kind === 'replacement' ? replace(doc, plan.replacement) : runOperators(doc, plan.updates, context);
  if (context.isInsert) {
    const { _id: id, ...rest } = next;
    return { doc: withIdFirst(id, rest), changed: true };
  }
  // Operators give the same object back when they change nothing; a replacement has to be compared.
  const same = next === doc || (plan.kind === 'replacement' && identical(next, doc));
  return same ? { doc, changed: false } : { doc: next, changed: true };
}
