import { parsePipeline, pipelineAfter, runPipeline, type Pipeline, type PipelineContext } from '../aggregate/pipeline.js';
import { membershipNode } from '../query/comparison.js';
import { NO_FIELDS } from '../planner/decoding.js';
import { refuse } from '../errors.js';
import { Source, type Selection } from '../planner/source.js';
import type { Found } from '../planner/scan.js';
import type { Reader } from '../storage/environment.js';
import { encode } from '../values/codec.js';
import { toNumber } from '../values/numbers.js';
import { isNumeric, type Document } from '../values/types.js';
import type { Raw } from '../wire/rawBson.js';
import { collectionName, documentArgument, hintName, listArgument } from './arguments.js';
import type { Command, Context } from './context.js';
import { FIRST_BATCH, openCursor } from './find.js';

/** `aggregate`: a pipeline over one collection; its leading stages are served by the same plans as `find`. */
export const aggregate: Command = async (context) => {
  const name = collectionName(context);
  const pipeline = parsePipeline(listArgument(context, 'pipeline'));
  const batchSize = batchSizeOf(context);
  leadSelection(pipeline, context.command['hint']);
  return openCursor(context, name, (reader) => rowsOf(context, name, pipeline, reader), batchSize);
};

function batchSizeOf(context: Context): number {
  if (context.command['cursor'] === undefined) {
    throw refuse.failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const { batchSize = FIRST_BATCH, ...others } = documentArgument(context, 'cursor');
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw refuse.unknownField('aggregate.cursor', unknown);
  const size = isNumeric(batchSize) ? toNumber(batchSize) : NaN;
  if (Number.isInteger(size) && size >= 0) return size;
  throw isNumeric(batchSize)
    ? refuse.location(51024, `BSON field 'batchSize' value must be >= 0, actual value '${String(size)}'`)
    : refuse.typeMismatch("BSON field 'aggregate.cursor.batchSize' is the wrong type, expected type 'long'");
}

/** What the leading stages ask of the read. */
export function leadSelection(pipeline: Pipeline, hint: unknown): Selection {
  const { filterNode, sort, skip, limit } = pipeline.lead;
  return { filter: filterNode, sort: sort ?? {}, skip, limit: limit ?? 0, hint: hintName(hint) };
}

function rowsOf(context: Context, name: string, pipeline: Pipeline, reader: Reader): Iterable<Raw | undefined> {
  const collection = context.engine.catalogue.find(context.db, name);
  const rest = pipelineAfter(pipeline, 'all');
  const isEmpty = collection === undefined || pipeline.lead.limit === 0;
  const isPlain = rest.stages.length === 0;
  const selection = leadSelection(pipeline, context.command['hint']);
  const reads = isPlain ? NO_FIELDS : rest.fields;
  const found = isEmpty ? [] : context.operation.uses(new Source(collection, selection, reads)).run(reader);
  if (isPlain) return mapped(found, (one) => one.raw);
  const documents = mapped(found, (one) => one.doc);
  return mapped(runPipeline(rest, documents, contextOf(context, reader)), encode);
}

function* mapped<A, B>(items: Iterable<A | undefined>, change: (item: A) => B): Iterable<B | undefined> {
  for (const item of items) yield item === undefined ? undefined : change(item);
}

function contextOf({ engine, db }: Context, reader: Reader): PipelineContext {
  return {
    now: new Date(),
    lookup: (from) => {
      const collection = engine.catalogue.find(db, from);
      if (collection === undefined) return () => [];
      return (field, values) => {
        // Not by way of a parsed `$in`: here a regular expression is a value.
        const filter = membershipNode('in', field, values, []);
        const selection: Selection = { filter, sort: {}, skip: 0, limit: 0, hint: undefined };
        const found: Iterable<Found | undefined> = new Source(collection, selection).run(reader);
        return mapped<Found, Document>(found, (one) => one.doc);
      };
    },
  };
}
