import { regexParts } from '../values/compare.js';
import { refuse } from '../errors.js';
import { compilePath, valueTester } from '../values/paths.js';
import { typeInfo } from '../values/types.js';
import type { CompiledRegex, FilterNode } from './node.js';
import { toJavaScript } from './regexDialect.js';

const servedOptions = /^[is]*$/;

// One literal character that no quantifier makes optional; sticky, so that the run ends at the first other thing.
// `\.` is a literal dot, but `\d`, `\b` or `\1` are not literals.
const LITERAL = /(?:\\([^A-Za-z0-9])|([^\\^$.|?*+()[\]{}]))(?![?*{])/gy;

/** The literal text that every match must start with. */
function literalPrefix(source: string): string {
  let prefix = '';
  for (const [, escaped, plain] of source.slice(1).matchAll(LITERAL)) prefix += escaped ?? plain ?? '';
  return prefix;
}

/** An alternative without its own `^` would match anywhere. */
function isAnchored(source: string): boolean {
  if (!source.startsWith('^')) return false;
  let depth = 0;
  let inClass = false;
  for (let i = 0; i < source.length; i += 1) {
    const char = source[i];
    if (char === '\\') i += 1;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === '|' && depth === 0) return false;
  }
  return true;
}

/** Checks and compiles a pattern; refuses what is not anchored and options other than i and s. */
export function compileRegex(source: string, options: string): CompiledRegex {
  if (!isAnchored(source)) throw refuse.badValue(`$regex is only supported for patterns that begin with '^': ${source}`);
  if (!servedOptions.test(options)) throw refuse.location(51108, `invalid flag in regex options: ${options}`);
  const prefix = options.includes('i') ? '' : literalPrefix(source);
  // In the order in which BSON keeps them.
  const kept = [...new Set(options)].sort().join('');
  return { prefix, source, options: kept, pattern: toRegExp(source, options) };
}

function toRegExp(source: string, options: string): RegExp {
  const pattern = toJavaScript(source, options);
  try {
    return new RegExp(pattern, options.includes('i') ? 'iu' : 'u');
  } catch (error) {
    throw refuse.location(51091, `Regular expression is invalid: ${error instanceof Error ? error.message : source}`);
  }
}

/** True for a regular expression value in a filter. */
export const isRegex = (value: unknown): boolean => value !== undefined && typeInfo(value).alias === 'regex';

/** Compiles a regular expression given as a value. */
export function compileRegexValue(value: unknown): CompiledRegex {
  const { pattern, options } = regexParts(value);
  // The driver sends every RegExp of JS with its own flags; u and g mean nothing to MongoDB.
  return compileRegex(pattern, options.replace(/[ug]/g, ''));
}

/** Whether a value is a text of the pattern, or the pattern itself. */
export function passesRegex(value: unknown, { pattern, source, options }: CompiledRegex): boolean {
  if (typeof value === 'string') return pattern.test(value);
  if (!isRegex(value)) return false;
  const own = regexParts(value);
  return own.pattern === source && own.options === options;
}

/** `$regex` on a path. */
export const regexNode = (path: string, regex: CompiledRegex): FilterNode => ({
  op: 'regex',
  path,
  ...regex,
  test: valueTester(compilePath(path), (value) => passesRegex(value, regex)),
});
