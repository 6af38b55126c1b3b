import type { Path } from '../values/paths.js';
import { show } from '../values/show.js';
import type { Document } from '../values/types.js';

/** What an operator may know while it runs. */
export interface UpdateContext {
  readonly now: Date;
  readonly isInsert: boolean;
}

/** One operator on one path, checked and ready to run. */
export interface PathUpdate {
  readonly operator: string;
  readonly path: Path;
  readonly apply: (doc: Document, context: UpdateContext) => Document;
}

/** Checks the argument of an operator for one path and compiles it. */
export type ParsePathUpdate = (path: Path, argument: unknown) => Pick<PathUpdate, 'apply'>;

/** The last part of a path, as MongoDB names the field in its messages. */
export const leafName = (path: Path): string => path.parts.at(-1) ?? '';

/** `{_id: 1}` as MongoDB names the document in its messages. */
export const idOf = (doc: Document): string => `{_id: ${show(doc._id)}}`;
