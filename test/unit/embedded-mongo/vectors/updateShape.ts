import type { Document } from '../../../../server/embedded-mongo/values/types.js';

/** A document, an update, and the document afterwards; without `after` nothing changes. */
export interface UpdateVector {
  readonly covers: readonly string[];
  readonly name: string;
  readonly before: Document;
  readonly update: Document;
  readonly after?: Document;
}

/** An update that is refused: with `before` while it runs on that document, else while it is read. */
export interface UpdateError {
  readonly covers: readonly string[];
  readonly name: string;
  readonly before?: Document;
  readonly update: Document;
  readonly code: number;
  readonly message?: string;
}

/** An upsert that finds nothing: the document it inserts, without a generated `_id`. */
export interface UpsertVector {
  readonly covers: readonly string[];
  readonly name: string;
  readonly filter: Document;
  readonly update: Document;
  readonly inserted: Document;
}

/** An upsert that finds nothing and is refused. */
export interface UpsertError {
  readonly covers: readonly string[];
  readonly name: string;
  readonly filter: Document;
  readonly update: Document;
  readonly code: number;
}
