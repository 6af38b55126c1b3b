import { Double, Int32, Long } from 'bson';
import { isDoc, naiveCompare, naiveMatches, NaiveRefusal, type Doc, type Value } from './naiveModel.js';

/** A second, mutating reading of the update operators; throws the code that MongoDB would answer. */
type Container = Doc | Value[];

const isContainer = (v: Value): v is Container => Array.isArray(v) || isDoc(v);

export function clone<T>(v: T): T {
  if (Array.isArray(v)) return v.map(clone) as T;
  return isDoc(v) ? (Object.fromEntries(Object.entries(v).map(([k, x]) => [k, clone(x)])) as T) : v;
}

const numberKind = (v: Value): string | undefined =>
  typeof v === 'object' && v !== null && '_bsontype' in v ? (v as Int32)._bsontype : undefined;

function arithmetic(a: Value, b: Value, combine: (x: number, y: number) => number): Value {
  const kinds = [numberKind(a), numberKind(b)];
  if (kinds[0] === undefined) throw new NaiveRefusal(14);
  // Decimal128 is stored, but not computed with.
  if (kinds.includes('Decimal128')) throw new NaiveRefusal(2);
  const result = combine(Number(a), Number(b));
  if (kinds.includes('Double')) return new Double(result);
  return kinds.includes('Long') ? Long.fromNumber(result) : new Int32(result);
}

const zero = (like: Value): Value => (like instanceof Double ? new Double(0) : like instanceof Long ? Long.ZERO : new Int32(0));

function asArray(v: Value, code: number): Value[] {
  if (v === undefined) return [];
  if (!Array.isArray(v)) throw new NaiveRefusal(code);
  return v as Value[];
}

const same = (a: Value, b: Value): boolean => naiveCompare(a, b) === 0;
const eachOf = (arg: Value): Value[] => (isDoc(arg) && '$each' in arg ? (arg['$each'] as Value[]) : [arg]);

/** Insert at the position, then sort, then slice. */
function pushed(items: Value[], arg: Value): Value[] {
  const { $position, $sort, $slice } = isDoc(arg) && '$each' in arg ? arg : {};
  const at = $position === undefined ? items.length : Number($position);
  const before = items.slice(0, at);
  const next = [...before, ...eachOf(arg), ...items.slice(before.length)];
  if ($sort !== undefined) next.sort((a, b) => pushOrder(a, b, $sort));
  if ($slice === undefined) return next;
  const count = Number($slice);
  return count >= 0 ? next.slice(0, count) : next.slice(-Math.min(-count, next.length));
}

function pushOrder(a: Value, b: Value, sort: Value): number {
  if (!isDoc(sort)) return naiveCompare(a, b) * Number(sort);
  const field = (v: Value, name: string): Value => (isDoc(v) ? v[name] : null) ?? null;
  const orders = Object.entries(sort).map(([name, direction]) => naiveCompare(field(a, name), field(b, name)) * Number(direction));
  return orders.find((order) => order !== 0) ?? 0;
}

const isCondition = (arg: Doc): boolean => Object.keys(arg)[0]?.startsWith('$') ?? false;

function isPulled(item: Value, arg: Value): boolean {
  if (!isDoc(arg)) return same(item, arg);
  return isCondition(arg) ? naiveMatches({ x: item }, { x: arg }) : isDoc(item) && naiveMatches(item, arg);
}

/** The new value of a leaf: `old` is undefined where nothing is there; undefined as result leaves it so. */
const operators: Record<string, (old: Value, arg: Value) => Value> = {
  $set: (_old, arg) => arg,
  $inc: (old, arg) => (old === undefined ? arg : arithmetic(old, arg, (x, y) => x + y)),
  $mul: (old, arg) => (old === undefined ? zero(arg) : arithmetic(old, arg, (x, y) => x * y)),
  $min: (old, arg) => (old === undefined || naiveCompare(arg, old) < 0 ? arg : old),
  $max: (old, arg) => (old === undefined || naiveCompare(arg, old) > 0 ? arg : old),
  $push: (old, arg) => pushed(asArray(old, 2), arg),
  $addToSet: (old, arg) =>
    eachOf(arg).reduce<Value[]>((items, one) => (items.some((item) => same(item, one)) ? items : [...items, one]), asArray(old, 2)),
  $pull: (old, arg) => old && asArray(old, 2).filter((item) => !isPulled(item, arg)),
  $pullAll: (old, arg) => old && asArray(old, 2).filter((item) => !(arg as Value[]).some((one) => same(item, one))),
  $pop: (old, arg) => old && (Number(arg) === 1 ? asArray(old, 14).slice(0, -1) : asArray(old, 14).slice(1)),
};

const shrinking: Record<string, number> = { $pull: 2, $pullAll: 2, $pop: 14 };
const creating = new Set(['$set', '$inc', '$mul', '$min', '$max', '$push', '$addToSet']);

/** The container that holds the last part, made on the way if the operator creates; undefined if the path ends before. */
function parentOf(doc: Container, parts: readonly string[], op: string): Container | undefined {
  let at: Container = doc;
  for (const [i, part] of parts.slice(0, -1).entries()) {
    checkPart(at, part, op);
    let next = (at as Doc)[part];
    if (next === undefined) {
      if (!creating.has(op)) return undefined;
      next = {};
      put(at, part, next);
    }
    if (!isContainer(next)) {
      if (op === '$unset') return undefined;
      throw new NaiveRefusal(28);
    }
    at = next;
    if (i === parts.length - 2) checkPart(at, parts.at(-1) as string, op);
  }
  return at;
}

function checkPart(at: Container, part: string, op: string): void {
  if (Array.isArray(at) && !/^\d+$/.test(part) && op !== '$unset') throw new NaiveRefusal(28);
}

function put(at: Container, part: string, value: Value): void {
  if (Array.isArray(at)) while (at.length < Number(part)) at.push(null);
  (at as Doc)[part] = value;
}

function remove(at: Container, part: string): void {
  if (!Object.hasOwn(at, part) || part === 'length') return;
  if (Array.isArray(at)) at[Number(part)] = null;
  else delete at[part];
}

/** The document after one operator on one path. */
export function naiveUpdate(doc: Doc, op: string, path: string, arg: Value): Doc {
  const next = clone(doc);
  if (op === '$rename') return renamed(next, path.split('.'), (arg as string).split('.'));
  const parts = path.split('.');
  const at = parentOf(next, parts, op);
  const leaf = parts.at(-1) as string;
  if (at === undefined) return next;
  if (op === '$unset') {
    remove(at, leaf);
    return next;
  }
  const old = (at as Doc)[leaf];
  // Null is a value here, and no array.
  if (old === null && shrinking[op] !== undefined) throw new NaiveRefusal(shrinking[op]);
  const result = operators[op]?.(old, clone(arg));
  if (result !== undefined) put(at, leaf, result);
  return next;
}

function renamed(next: Doc, from: string[], to: string[]): Doc {
  const source = parentOf(next, from, '$rename');
  const leaf = from.at(-1) as string;
  if (source === undefined || (source as Doc)[leaf] === undefined) return next;
  for (const parts of [from, to]) {
    let at: Value = next;
    for (const part of parts.slice(0, -1)) {
      at = isDoc(at) ? at[part] : undefined;
      if (Array.isArray(at)) throw new NaiveRefusal(2);
    }
  }
  const value = (source as Doc)[leaf];
  const target = parentOf(next, to, '$set');
  put(target as Container, to.at(-1) as string, value);
  remove(source, leaf);
  return next;
}

const overlap = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);

/** Numbers by their value, all else as text, a shorter path first. */
function pathOrder(a: string, b: string): number {
  const [x, y] = [a.split('.'), b.split('.')];
  const orders = x.slice(0, y.length).map((part, i) => {
    const other = y[i] as string;
    if (/^\d+$/.test(part) && /^\d+$/.test(other)) return Number(part) - Number(other);
    return part < other ? -1 : Number(part > other);
  });
  return orders.find((order) => order !== 0) ?? x.length - y.length;
}

/** The steps of an update as they are written; none of a replacement. */
const stepsOf = (update: Doc): { op: string; path: string; arg: Value; paths: string[] }[] =>
  Object.entries(update)
    .filter(([op]) => op.startsWith('$'))
    .flatMap(([op, fields]) =>
      Object.entries(fields as Doc).map(([path, arg]) => ({ op, path, arg, paths: op === '$rename' ? [path, arg as string] : [path] })),
    );

/** Refuses what MongoDB refuses before it looks at any document. */
export function naiveCheck(update: Doc): void {
  const claimed: string[] = [];
  for (const { op, arg, paths } of stepsOf(update)) {
    if (paths.length === 2 && overlap(paths[0] as string, paths[1] as string)) throw new NaiveRefusal(2);
    if (['$inc', '$mul'].includes(op) && numberKind(arg) === 'Decimal128') throw new NaiveRefusal(2);
    for (const path of paths) {
      if (claimed.some((other) => overlap(other, path))) throw new NaiveRefusal(40);
      claimed.push(path);
    }
  }
}

/** The document after a whole update: operators in the order of their paths, or a replacement. */
export function naiveUpdateAll(doc: Doc, update: Doc, isInsert = false): Doc {
  if (!(Object.keys(update)[0] ?? '').startsWith('$')) {
    const { _id: _given, ...rest } = update;
    return { _id: doc['_id'], ...rest };
  }
  const steps = stepsOf(update).sort((a, b) => pathOrder(a.paths.at(-1) as string, b.paths.at(-1) as string));
  return steps.reduce((at, { op, path, arg }) => {
    if (op !== '$setOnInsert') return naiveUpdate(at, op, path, arg);
    return isInsert ? naiveUpdate(at, '$set', path, arg) : at;
  }, doc);
}
