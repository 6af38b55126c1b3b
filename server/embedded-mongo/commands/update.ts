import { refuse } from '../errors.js';
import { parseFilter } from '../query/filter.js';
import { parseUpdate } from '../update/update.js';
import { decode } from '../values/codec.js';
import { toNumber } from '../values/numbers.js';
import { isDocument, isNumeric, type Document } from '../values/types.js';
import { booleanArgument, collectionName, hintName, listArgument, switchFrom } from './arguments.js';
import { errorsOf, runStatements, type Statement, type Tally } from './bulk.js';
import type { Command, Context } from './context.js';
import { ensureCollection } from './ensureCollection.js';
import { MAX_STATEMENTS } from './insert.js';
import { deleteStatementKeys, updateStatementKeys } from './list.js';
import { modifyMany, modifyOne, type Modification, type Outcome } from './modify.js';

/** `update`: changes documents by operators or replaces them. */
export const update: Command = async (context) => {
  const name = collectionName(context);
  const ordered = booleanArgument(context, 'ordered', true);
  const given = statementsOf(context, 'updates', updateStatementKeys);
  const parsed = given.map((statement) => parseUpdateStatement(statement));
  const collection = parsed.some((one) => one.upsert)
    ? await ensureCollection(context, name)
    : context.engine.catalogue.find(context.db, name);
  if (collection === undefined) return { n: 0, nModified: 0, ok: 1 };
  const statements = parsed.map(
    (one, index): Statement =>
      function* (target, tally) {
        const count = (outcome: Outcome): void => {
          countUpdate(tally, index, outcome);
        };
        const modification = { ...one, context, collection };
        if (one.multi) yield* modifyMany(target, modification, count);
        else {
          const outcome = yield* modifyOne(target, modification);
          if (outcome !== undefined) count(outcome);
        }
      },
  );
  const tally = await runStatements(context, statements, ordered);
  const upserted = tally.upserted.length === 0 ? {} : { upserted: tally.upserted };
  return { n: tally.n, ...upserted, nModified: tally.nModified, ...errorsOf(tally), ok: 1 };
};

function countUpdate(tally: Tally, index: number, outcome: Outcome): void {
  tally.n += 1;
  if (outcome.inserted) tally.upserted.push({ index, _id: outcome.after?.['_id'] });
  else if (outcome.changed) tally.nModified += 1;
}

/** `delete`: removes one or all documents that pass. */
export const remove: Command = async (context) => {
  const name = collectionName(context);
  const ordered = booleanArgument(context, 'ordered', true);
  const parsed = statementsOf(context, 'deletes', deleteStatementKeys).map((statement) => ({
    selection: selectionOfStatement(statement),
    update: undefined,
    upsert: false,
    multi: deletesAll(statement),
  }));
  const collection = context.engine.catalogue.find(context.db, name);
  if (collection === undefined) return { n: 0, ok: 1 };
  const statements = parsed.map(
    (one): Statement =>
      function* (target, tally) {
        const modification: Modification = { ...one, context, collection };
        if (one.multi) {
          yield* modifyMany(target, modification, () => {
            tally.n += 1;
          });
        } else if ((yield* modifyOne(target, modification)) !== undefined) tally.n += 1;
      },
  );
  const tally = await runStatements(context, statements, ordered);
  return { n: tally.n, ...errorsOf(tally), ok: 1 };
};

function deletesAll(statement: Document): boolean {
  required(statement, 'deletes', 'limit');
  if (!isNumeric(statement['limit'])) throw refuse.typeMismatch("BSON field 'delete.deletes.limit' must be a number");
  const limit = toNumber(statement['limit']);
  if (limit !== 0 && limit !== 1)
    throw refuse.failedToParse(`The limit field in delete objects must be 0 or 1. Got ${String(statement['limit'])}`);
  return limit === 0;
}

/** The statements of a bulk command, each checked for keys that are not served. */
function statementsOf(context: Context, field: 'updates' | 'deletes', keys: readonly string[]): Document[] {
  const given = context.sequences.get(field)?.map((raw) => decode(raw)) ?? listArgument(context, field);
  if (given.length === 0 || given.length > MAX_STATEMENTS) throw refuse.batchSize(given.length, MAX_STATEMENTS);
  return given.map((statement) => {
    if (!isDocument(statement)) throw refuse.typeMismatch(`BSON field '${context.name}.${field}' must hold objects`);
    required(statement, field, 'q');
    const unknown = Object.keys(statement).find((key) => !keys.includes(key));
    if (unknown !== undefined) throw refuse.unknownField(`${context.name}.${field}`, unknown);
    return statement;
  });
}

function required(statement: Document, field: 'updates' | 'deletes', key: string): void {
  if (Object.hasOwn(statement, key)) return;
  throw refuse.location(40414, `BSON field '${field.slice(0, -1)}.${field}.${key}' is missing but a required field`);
}

function parseUpdateStatement(statement: Document): Omit<Modification, 'context' | 'collection'> & { multi: boolean } {
  required(statement, 'updates', 'u');
  const multi = switchFrom(statement['multi'], 'update.updates.multi') ?? false;
  const plan = parseUpdate(statement['u'] as Document);
  if (multi && plan.kind === 'replacement') throw refuse.failedToParse('multi update is not supported for replacement-style update');
  return {
    selection: selectionOfStatement(statement),
    update: plan,
    upsert: switchFrom(statement['upsert'], 'update.updates.upsert') ?? false,
    multi,
  };
}

function selectionOfStatement(statement: Document): Modification['selection'] {
  const { q: filter } = statement;
  if (!isDocument(filter)) throw refuse.typeMismatch("BSON field 'q' must be an object");
  return { filter: parseFilter(filter), sort: {}, skip: 0, limit: 0, hint: hintName(statement['hint']) };
}
