import { decode } from '../values/codec.js';
import { isDocument, isNumeric, typeName, type Document } from '../values/types.js';
import type { Request } from '../wire/messages.js';

/** Deeper parts, and more names or elements than this, are left out. */
const DEEPEST = 8;
const MOST = 30;

/** Options by what they hold: documents' values, orders and numbers, or names of fields and indexes. */
const DATA: ReadonlySet<string> = new Set(['filter', 'query', 'q', 'u', 'update', 'projection', 'fields', 'pipeline']);
const NUMBERS: ReadonlySet<string> = new Set(['sort', 'limit', 'skip', 'multi', 'upsert', 'new', 'remove']);
const NAMES: ReadonlySet<string> = new Set(['key', 'hint']);

/** Operators whose numbers are orders or places, not data. */
const NUMBER_OPERATORS: ReadonlySet<string> = new Set(['$sort', '$limit', '$skip', '$slice', '$position']);

/**
 * A command as a log may show it: names of fields and operators, and `?` with the type in the place of every value, since
 * values are persons' data. Of several statements the first is shown, with their number.
 */
export function shapeOfCommand({ command, sequences }: Request): Document {
  const [name = ''] = Object.keys(command);
  const { [name]: collection, ...options } = command;
  const shape: Document = { [name]: typeof collection === 'string' ? collection : 1, ...shapeOptions(options) };
  for (const list of ['updates', 'deletes', 'documents']) {
    const statements: unknown = sequences.get(list) ?? command[list];
    if (!Array.isArray(statements)) continue;
    shape[list] = statements.length;
    if (list !== 'documents') shape['first'] = shapeStatement(statements[0]);
  }
  return shape;
}

function shapeStatement(given: unknown): unknown {
  const statement = given instanceof Uint8Array ? decode(given) : given;
  return isDocument(statement) ? shapeOptions(statement) : shapeOf(statement, 0);
}

function shapeOptions(options: Document): Document {
  const shape: Document = {};
  for (const [option, value] of Object.entries(options)) {
    if (DATA.has(option)) shape[option] = shapeOf(value, 0);
    else if (NUMBERS.has(option)) shape[option] = numbersOf(value);
    else if (NAMES.has(option)) shape[option] = typeof value === 'string' ? value : numbersOf(value);
  }
  return shape;
}

/** A number, a switch, or a document of them; anything else is not shown. */
function numbersOf(value: unknown): unknown {
  if (isNumeric(value)) return Number(value.toString());
  if (!isDocument(value)) return typeof value === 'boolean' ? value : `?${typeName(value)}`;
  return Object.fromEntries(Object.entries(value).map(([field, order]) => [field, isDocument(order) ? '?object' : numbersOf(order)]));
}

function shapeOf(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return shapeOfList(value, depth);
  if (!isDocument(value)) return `?${typeName(value)}`;
  if (depth === DEEPEST) return '?object';
  const entries = Object.entries(value).slice(0, MOST);
  return Object.fromEntries(entries.map(([key, inner]) => [key, NUMBER_OPERATORS.has(key) ? numbersOf(inner) : shapeOf(inner, depth + 1)]));
}

/** Conditions and stages are shown one by one; of values only their number. */
function shapeOfList(list: readonly unknown[], depth: number): unknown {
  if (list.length > 0 && list.every(isDocument)) return list.slice(0, MOST).map((one) => shapeOf(one, depth + 1));
  return `?array of ${String(list.length)}`;
}
