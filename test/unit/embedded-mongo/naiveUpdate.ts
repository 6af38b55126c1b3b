import { Double, Int32, Long } from 'bson';
import { naiveCompare } from './naiveModel.js';

/** A second, mutating reading of the update operators; throws the code that MongoDB would answer. */
type Value = unknown;
type Container = Record<string, Value> | Value[];

export class NaiveRefusal extends Error {
  constructor(readonly code: number) {
    super(String(code));
  }
}

const isContainer = (v: Value): v is Container => typeof v === 'object' && v !== null && !('_bsontype' in v);

function clone(v: Value): Value {
  if (Array.isArray(v)) return v.map(clone);
  return isContainer(v) ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, clone(x)])) : v;
}

const numeric = (v: Value): v is Int32 | Double | Long => typeof v === 'object' && v !== null && '_bsontype' in v;

function arithmetic(a: Value, b: Value, combine: (x: number, y: number) => number): Value {
  if (!numeric(a)) throw new NaiveRefusal(14);
  const result = combine(Number(a), Number(b));
  const kinds = [a, b].map((v) => (v as Int32)._bsontype as string);
  if (kinds.includes('Double')) return new Double(result);
  return kinds.includes('Long') ? Long.fromNumber(result) : new Int32(result);
}

const zero = (like: Value): Value => (like instanceof Double ? new Double(0) : like instanceof Long ? Long.ZERO : new Int32(0));

function asArray(v: Value, code: number): Value[] {
  if (!Array.isArray(v)) throw new NaiveRefusal(code);
  return v as Value[];
}

const same = (a: Value, b: Value): boolean => naiveCompare(a, b) === 0;

/** The new value of a leaf: `old` is undefined where nothing is there; undefined as result leaves it so. */
const operators: Record<string, (old: Value, arg: Value) => Value> = {
  $set: (_old, arg) => arg,
  $inc: (old, arg) => (old === undefined ? arg : arithmetic(old, arg, (x, y) => x + y)),
  $mul: (old, arg) => (old === undefined ? zero(arg) : arithmetic(old, arg, (x, y) => x * y)),
  $min: (old, arg) => (old === undefined || naiveCompare(arg, old) < 0 ? arg : old),
  $max: (old, arg) => (old === undefined || naiveCompare(arg, old) > 0 ? arg : old),
  $push: (old, arg) => [...(old === undefined ? [] : asArray(old, 2)), arg],
  $addToSet: (old, arg) => {
    const items = old === undefined ? [] : asArray(old, 2);
    return items.some((item) => same(item, arg)) ? items : [...items, arg];
  },
  $pullAll: (old, arg) => (old === undefined ? old : asArray(old, 2).filter((item) => !(arg as Value[]).some((one) => same(item, one)))),
  $pop: (old, arg) => (old === undefined ? old : Number(arg) === 1 ? asArray(old, 14).slice(0, -1) : asArray(old, 14).slice(1)),
};

const creating = new Set(['$set', '$inc', '$mul', '$min', '$max', '$push', '$addToSet']);

/** The container that holds the last part, made on the way if the operator creates; undefined if the path ends before. */
function parentOf(doc: Container, parts: readonly string[], op: string): Container | undefined {
  let at: Container = doc;
  for (const [i, part] of parts.slice(0, -1).entries()) {
    checkPart(at, part, op);
    let next = (at as Record<string, Value>)[part];
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
  (at as Record<string, Value>)[part] = value;
}

function remove(at: Container, part: string): void {
  if (!Object.hasOwn(at, part) || part === 'length') return;
  if (Array.isArray(at)) at[Number(part)] = null;
  else delete at[part];
}

/** The document after one operator on one path. */
export function naiveUpdate(doc: Record<string, Value>, op: string, path: string, arg: Value): Record<string, Value> {
  const next = clone(doc) as Record<string, Value>;
  const parts = path.split('.');
  const at = parentOf(next, parts, op);
  const leaf = parts.at(-1) as string;
  if (at === undefined) return next;
  if (op === '$unset') {
    remove(at, leaf);
    return next;
  }
  const result = operators[op]?.((at as Record<string, Value>)[leaf], arg);
  if (result !== undefined) put(at, leaf, result);
  return next;
}
