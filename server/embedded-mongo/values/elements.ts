/** Types of BSON elements that are read in place. */
export const types = { double: 1, string: 2, objectId: 7, bool: 8, date: 9, null: 10, int: 16, long: 18 } as const;

const OBJECT = 3;
const ARRAY = 4;
const BINARY = 5;
const REGEX = 11;
const DB_POINTER = 12;
const CODE_WITH_SCOPE = 15;

/** Bytes of a value by its type, where these are always as many (for undefined, MinKey and MaxKey: none). */
const fixed = new Map([
  [types.double, 8],
  [6, 0],
  [types.objectId, 12],
  [types.bool, 1],
  [types.date, 8],
  [types.null, 0],
  [types.int, 4],
  [17, 8],
  [types.long, 8],
  [19, 16],
  [127, 0],
  [255, 0],
]);

const sizes = Int32Array.from({ length: 256 }, (_, type) => fixed.get(type) ?? -1);

/** Four bytes as a signed number, the lowest first. */
export const int32At = (raw: Uint8Array, at: number): number =>
  (raw[at] as number) | ((raw[at + 1] as number) << 8) | ((raw[at + 2] as number) << 16) | ((raw[at + 3] as number) << 24);

/** Where the text that begins at `at` is over, its zero byte included. */
export function nameEnd(raw: Uint8Array, at: number): number {
  let end = at;
  while (end < raw.length && raw[end] !== 0) end += 1;
  return end + 1;
}

/**
 * Where the element that begins at `start`, its value at `value`, is over. Contents were checked when they came in; this only
 * keeps a damaged file from leading the reader astray.
 */
export function elementEnd(raw: Uint8Array, start: number, value: number): number {
  const type = raw[start] as number;
  const size = sizes[type] as number;
  const end = value + (size >= 0 ? size : sizeAt(raw, type, value));
  if (end >= value && end < raw.length) return end;
  throw new Error('a stored document is damaged: an element reaches beyond its end');
}

function sizeAt(raw: Uint8Array, type: number, at: number): number {
  switch (type) {
    case OBJECT:
    case ARRAY:
    case CODE_WITH_SCOPE:
      return int32At(raw, at);
    case BINARY:
      return 5 + int32At(raw, at);
    case REGEX:
      return nameEnd(raw, nameEnd(raw, at)) - at;
    default:
      // String, symbol, code; a pointer to a document has its id after the text.
      return 4 + int32At(raw, at) + (type === DB_POINTER ? 12 : 0);
  }
}

/** How many fields a document has at the top, repeated names counted each time. */
export function countElements(raw: Uint8Array): number {
  let count = 0;
  for (let at = 4; raw[at] !== 0; at = elementEnd(raw, at, nameEnd(raw, at + 1))) count += 1;
  return count;
}

/** An element within another takes at least its type, the end of its name, a length and a zero. */
const LEAST_LEVEL_BYTES = 7;

/** Whether documents and arrays lie in each other more levels deep, the document itself being the first; found without recursion. */
export function isDeeperThan(raw: Uint8Array, levels: number): boolean {
  if (raw.length <= levels * LEAST_LEVEL_BYTES) return false;
  let depth = 1;
  for (let at = 4; depth > 0;) {
    const type = raw[at] as number;
    const value = nameEnd(raw, at + 1);
    if (type === 0) {
      depth -= 1;
      at += 1;
    } else if (type === OBJECT || type === ARRAY) {
      depth += 1;
      at = value + 4;
    } else at = elementEnd(raw, at, value);
    if (depth > levels) return true;
  }
  return false;
}
