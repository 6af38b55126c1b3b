import { StoreError } from '../../errors.js';
import type { Document } from '../../values/types.js';
import type { StageName } from '../list.js';
import type { Needs } from '../needs.js';

/** A stream of documents; `undefined` is a tick: work was done, no result yet, so that the driver can take a break. */
export type Source = Iterable<Document | undefined>;

/** Finds the documents of another collection whose field equals one of the values, each once, in natural order; null also finds missing. */
export type LookupSource = (field: string, values: readonly unknown[]) => Source;

/** What a running pipeline may ask of the engine. */
export interface PipelineContext {
  readonly now: Date;
  lookup(collection: string): LookupSource;
}

/** What a stage at the beginning of a pipeline asks of the read itself, so that an index can serve it. */
export type Lead =
  | { readonly kind: 'match'; readonly filter: Document }
  | { readonly kind: 'sort'; readonly sort: Document }
  | { readonly kind: 'skip' | 'limit'; readonly count: number };

/** A checked stage. */
export interface Stage {
  readonly name: StageName;
  /** `wanted` is how many results the following stages use, if that is known. */
  readonly run: (source: Source, context: PipelineContext, wanted: number | undefined) => Source;
  /** What it reads of the documents that come in. */
  readonly needs: Needs;
  /** True if it makes new documents, so that later stages see nothing that it does not read itself. */
  readonly closes: boolean;
  readonly lead?: Lead;
}

export type StageParser = (spec: unknown, name: StageName) => Stage;

/** A stage that makes one document of each one. */
export function* mapDocuments(source: Source, change: (doc: Document) => Document): Source {
  for (const doc of source) yield doc === undefined ? undefined : change(doc);
}

/** Tells in which stage a refusal arose, in MongoDB's words; the code stays. */
export function inStage<T>(name: StageName, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError(`Invalid ${name} :: caused by :: ${error.message}`, error.code, error.codeName, error.extra);
  }
}
