import type { Document } from '../../../../server/embedded-mongo/values/types.js';

/** A filter with documents that it must and must not find. */
export interface FilterVector {
  readonly covers: readonly string[];
  readonly name: string;
  readonly filter: Document;
  readonly hits: readonly Document[];
  readonly misses: readonly Document[];
}

/** A filter that is refused before it meets any document. */
export interface FilterError {
  readonly covers: readonly string[];
  readonly name: string;
  readonly filter: Document;
  readonly code: number;
  readonly message?: string;
}
