import { EJSON } from 'bson';
import { parsePipeline, runPipeline, type PipelineContext } from '../../../server/embedded-mongo/aggregate/pipeline.js';
import { membershipNode } from '../../../server/embedded-mongo/query/comparison.js';
import { matches } from '../../../server/embedded-mongo/query/filter.js';
import { decode, encode } from '../../../server/embedded-mongo/values/codec.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';

/** A document as the engine meets it: encoded, and decoded with its number types kept apart. */
export const asStored = (doc: Document): Document => decode(encode(doc));

/** A value as text in which every BSON type shows; missing is `{}`. */
export const asJson = (value: unknown): string => EJSON.stringify(asStored({ value }), { relaxed: false });

/** A context whose only other collection holds the given documents. */
export function contextWith(foreign: readonly Document[]): PipelineContext {
  const stored = foreign.map(asStored);
  return {
    now: new Date(0),
    lookup: () => (field, values) => {
      const filter = membershipNode('in', field, values, []);
      return stored.map((doc) => (matches(filter, doc) ? doc : undefined));
    },
  };
}

/** Runs a pipeline over documents and drops the ticks. */
export function aggregate(docs: readonly Document[], stages: readonly unknown[], foreign: readonly Document[] = []): Document[] {
  const pipeline = parsePipeline(asStored({ stages })['stages'] as unknown[]);
  return [...runPipeline(pipeline, docs.map(asStored), contextWith(foreign))].filter((doc) => doc !== undefined);
}
