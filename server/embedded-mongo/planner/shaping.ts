import { compileProjection, includedPaths } from '../query/projection.js';
import { encode } from '../values/codec.js';
import { Fields } from '../values/fields.js';
import type { Document } from '../values/types.js';
import type { Raw } from '../wire/rawBson.js';
import { NO_FIELDS, type Reads } from './decoding.js';
import type { Found } from './scan.js';

/** The form in which found documents go out, and the decoded fields that making it takes. */
export interface Shaping {
  readonly reads: Reads;
  readonly shape: (found: Found) => Raw;
}

/** What a `projection` asks for. Whole fields and whole documents leave as the bytes they are. */
export function shapingFor(projection: Document): Shaping {
  const project = compileProjection(projection);
  if (Object.keys(projection).length === 0) return { reads: NO_FIELDS, shape: ({ raw }) => raw };
  const paths = includedPaths(projection);
  const shape = (found: Found): Raw => encode(project(found.doc));
  if (paths === undefined) return { reads: null, shape };
  const names = new Set(paths.map(topLevel));
  if (paths.some((path) => !names.has(path))) return { reads: names, shape };
  const fields = new Fields(names);
  return { reads: NO_FIELDS, shape: ({ raw }) => fields.cut(raw) };
}

const topLevel = (path: string): string => path.split('.', 1)[0] ?? '';
