import { refuse } from '../errors.js';
import { compareStrings } from '../values/compare.js';
import { compilePath, type Path } from '../values/paths.js';
import { show } from '../values/show.js';
import { isDocument, typeName, type Document } from '../values/types.js';
import { parseAddToSet, parsePop, parsePull, parsePullAll, parsePush } from './arrays.js';
import { parseCurrentDate, parseInc, parseMax, parseMin, parseMul, parseSet, parseSetOnInsert, parseUnset } from './fields.js';
import { updateOperators } from './list.js';
import type { ParsePathUpdate, PathUpdate } from './operator.js';
import { parseRename, renameTarget } from './rename.js';

const parsers: Readonly<Record<string, ParsePathUpdate>> = {
  $set: parseSet,
  $setOnInsert: parseSetOnInsert,
  $unset: parseUnset,
  $inc: parseInc,
  $mul: parseMul,
  $min: parseMin,
  $max: parseMax,
  $rename: parseRename,
  $currentDate: parseCurrentDate,
  $push: parsePush,
  $addToSet: parseAddToSet,
  $pull: parsePull,
  $pullAll: parsePullAll,
  $pop: parsePop,
};

function checkedPath(text: string): Path {
  if (text === '') throw refuse.emptyFieldName('An empty update path is not valid.');
  const path = compilePath(text);
  for (const part of path.parts) checkPart(part, text);
  return path;
}

function checkPart(part: string, text: string): void {
  if (part === '') throw refuse.emptyFieldName(`The update path '${text}' contains an empty field name, which is not allowed.`);
  if (part === '$' || part.startsWith('$['))
    throw refuse.badValue(`The positional operator '${part}' in the path '${text}' is not supported`);
  if (part.startsWith('$')) {
    throw refuse.dollarPrefixedField(`The dollar ($) prefixed field '${part}' in '${text}' is not valid for storage.`);
  }
}

/** Two paths of one update conflict when they are equal or one holds the other. */
class ClaimedPaths {
  private readonly claimed: string[] = [];

  claim(path: Path): void {
    for (const other of this.claimed) {
      const shared = [other, path.text].sort((a, b) => a.length - b.length) as [string, string];
      if (shared[0] !== shared[1] && !shared[1].startsWith(`${shared[0]}.`)) continue;
      throw refuse.conflictingUpdate(`Updating the path '${path.text}' would create a conflict at '${shared[0]}'`);
    }
    this.claimed.push(path.text);
  }
}

function checkedFields(operator: string, fields: unknown): [string, unknown][] {
  if (isDocument(fields)) return Object.entries(fields).filter(([, argument]) => argument !== undefined);
  throw refuse.failedToParse(
    `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(fields)}}`,
  );
}

function parseOperator(operator: string, fields: unknown, claimed: ClaimedPaths): PathUpdate[] {
  const parse = Object.hasOwn(updateOperators, operator) ? parsers[operator] : undefined;
  if (parse === undefined) throw refuse.unknownModifier(operator);
  return checkedFields(operator, fields).map(([text, argument]) => {
    const path = checkedPath(text);
    const compiled = parse(path, argument);
    claimed.claim(path);
    if (operator !== '$rename') return { operator, path, ...compiled };
    const target = checkedPath(renameTarget(path, argument).text);
    claimed.claim(target);
    // A rename takes its place in the order of the paths by its destination.
    return { operator, path: target, ...compiled };
  });
}

/** Numeric parts by number, all others as strings: the order in which MongoDB adds new fields. */
function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.parts.length, b.parts.length); i += 1) {
    const x = a.indexes[i] as number;
    const y = b.indexes[i] as number;
    const order = x >= 0 && y >= 0 ? x - y : compareStrings(a.parts[i] as string, b.parts[i] as string);
    if (order !== 0) return order;
  }
  return a.parts.length - b.parts.length;
}

/** Checks all operators and paths of an update and puts them into the order in which they run. */
export function parseOperators(update: Document): PathUpdate[] {
  const claimed = new ClaimedPaths();
  const updates = Object.entries(update).flatMap(([operator, fields]) => parseOperator(operator, fields, claimed));
  return updates.sort((a, b) => comparePaths(a.path, b.path));
}
