import { canon, isDoc, naiveCompare, NaiveRefusal, type Doc, type Value } from './naiveModel.js';

/** A path with its direction, as in an index or a sort. */
export type Field = readonly [path: string, direction: 1 | -1];

/** A path on its way into a document; without a rest it has arrived. */
interface Way {
  readonly at: Value;
  readonly rest: readonly string[];
  readonly arrived: boolean;
}

/** The code under which this model files both refusals of MongoDB: parallel arrays, and a number that is a position and a field. */
export const UNINDEXABLE = 171;

const arrive = (at: Value): Way => ({ at, rest: [], arrived: true });

/** One step into a document or to a named position; undefined where the way stands at its end or before an array to be spread. */
function step({ at, rest, arrived }: Way): Way | undefined {
  const [part, ...more] = rest;
  if (arrived || part === undefined) return undefined;
  if (isDoc(at)) return at[part] === undefined ? arrive(null) : { at: at[part], rest: more, arrived: false };
  if (!Array.isArray(at)) return arrive(null);
  if (!/^\d+$/.test(part) || Number(part) >= at.length) return undefined;
  if (at.some((item) => isDoc(item) && Object.hasOwn(item, part))) throw new NaiveRefusal(UNINDEXABLE);
  return { at: at[Number(part)], rest: more, arrived: more.length === 0 };
}

function walk(way: Way): Way {
  const next = step(way);
  return next === undefined ? way : walk(next);
}

function spread(ways: readonly Way[]): Value[][] {
  const walked = ways.map(walk);
  const waiting = walked.filter((way) => !way.arrived && Array.isArray(way.at));
  const [first] = waiting;
  if (first === undefined) return [walked.map(({ at }) => at)];
  if (waiting.some((way) => way.at !== first.at)) throw new NaiveRefusal(UNINDEXABLE);
  const items = first.at as Value[];
  // An empty array is listed as "undefined", below null.
  return (items.length === 0 ? [undefined] : items).flatMap((item) =>
    spread(walked.map((way) => (waiting.includes(way) ? into(way, item) : way))),
  );
}

function into(way: Way, item: Value): Way {
  if (way.rest.length === 0) return arrive(item);
  return isDoc(item) ? { at: item, rest: way.rest, arrived: false } : arrive(null);
}

/** All keys under which an index on the fields lists a document. */
export const naiveKeys = (doc: Doc, fields: readonly Field[]): Value[][] =>
  spread(fields.map(([path]) => ({ at: doc, rest: path.split('.'), arrived: false })));

/** The keys as texts, each once: what a unique index holds one document of. */
export const keyTexts = (doc: Doc, fields: readonly Field[]): Set<string> =>
  new Set(naiveKeys(doc, fields).map((key) => key.map(canon).join('|')));

/** The order of keys of these fields. */
export const compareKeys =
  (fields: readonly Field[]) =>
  (a: readonly Value[], b: readonly Value[]): number =>
    fields.map(([, direction], i) => naiveCompare(a[i], b[i]) * direction).find((order) => order !== 0) ?? 0;

/** Documents in the order of a sort: each counts by the key that comes first. */
export function naiveSort(docs: readonly Doc[], fields: readonly Field[]): Doc[] {
  const compare = compareKeys(fields);
  const keyed = docs.map((doc) => ({ doc, key: naiveKeys(doc, fields).sort(compare)[0] ?? [] }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ doc }) => doc);
}

const firstPart = (path: string): string => path.split('.')[0] ?? '';
const below = (paths: readonly string[], name: string): string[] =>
  paths.filter((path) => firstPart(path) === name).map((path) => path.slice(name.length + 1));

/** Only the named fields, or all but them; a path that ends here is the empty text. */
function project(value: Value, paths: readonly string[], keep: boolean): Value {
  if (paths.includes('')) return keep ? value : undefined;
  if (Array.isArray(value)) return value.map((item: Value) => project(item, paths, keep)).filter((item) => item !== undefined);
  if (!isDoc(value)) return keep ? undefined : value;
  const entries = Object.entries(value).map(([name, item]): [string, Value] => {
    const inner = below(paths, name);
    return [name, inner.length === 0 ? (keep ? undefined : item) : project(item, inner, keep)];
  });
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** A projection of flags that are all 1 or all 0, besides `_id`. */
export function naiveProject(doc: Doc, spec: Doc): Doc {
  const names = Object.keys(spec);
  if (names.length === 0) return doc;
  const others = names.filter((name) => name !== '_id');
  const keep = Number(spec[others[0] ?? '_id']) === 1;
  const wantsId = '_id' in spec ? Number(spec['_id']) === 1 : true;
  const paths = wantsId === keep ? [...others, '_id'] : others;
  return project(doc, paths, keep) as Doc;
}

/** The values of `distinct`: numbers are positions only, an array at the end counts by its elements. */
export function naiveDistinct(value: Value, parts: readonly string[]): Value[] {
  const [part, ...rest] = parts;
  if (part === undefined) return Array.isArray(value) ? (value as Value[]) : value === undefined ? [] : [value];
  if (isDoc(value)) return naiveDistinct(value[part], rest);
  if (!Array.isArray(value)) return [];
  if (/^\d+$/.test(part)) return naiveDistinct(value[Number(part)], rest);
  return value.filter((item) => isDoc(item)).flatMap((item) => naiveDistinct(item[part], rest));
}
