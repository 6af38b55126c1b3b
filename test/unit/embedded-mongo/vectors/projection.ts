import type { Document } from '../../../../server/embedded-mongo/values/types.js';

export interface ProjectionVector {
  readonly covers: readonly string[];
  readonly name: string;
  readonly spec: Document;
  readonly doc: Document;
  readonly result: Document;
}

export interface ProjectionError {
  readonly covers: readonly string[];
  readonly name: string;
  readonly spec: Document;
  readonly code: number;
}

const doc = { _id: 1, c: 3, a: { x: 1, y: { z: 2, w: 3 } }, l: [{ p: 1, q: 2 }, 5, [{ p: 3 }, 6], { q: 4 }] };

/** https://www.mongodb.com/docs/manual/tutorial/project-fields-from-query-results/ */
export const projections: ProjectionVector[] = [
  { covers: ['inclusion'], name: 'in the order of the document, with _id', spec: { a: 1, c: true }, doc, result: { _id: 1, c: 3, a: { x: 1, y: { z: 2, w: 3 } } } },
  { covers: ['inclusion'], name: 'without _id', spec: { c: 1, _id: 0 }, doc, result: { c: 3 } },
  { covers: ['inclusion'], name: 'only _id', spec: { _id: 1 }, doc, result: { _id: 1 } },
  { covers: ['inclusion'], name: '_id where the document has it', spec: { b: 1 }, doc: { b: 1, _id: 2, c: 3 }, result: { b: 1, _id: 2 } },
  { covers: ['inclusion'], name: 'dotted paths', spec: { 'a.y.z': 1, 'a.x': 1 }, doc, result: { _id: 1, a: { x: 1, y: { z: 2 } } } },
  { covers: ['inclusion'], name: 'the same as a sub-document', spec: { a: { y: { z: 1 } } }, doc, result: { _id: 1, a: { y: { z: 2 } } } },
  { covers: ['inclusion'], name: 'through arrays: documents are cut, scalars vanish', spec: { 'l.p': 1 }, doc, result: { _id: 1, l: [{ p: 1 }, [{ p: 3 }], {}] } },
  { covers: ['inclusion'], name: 'below a scalar nothing, below an empty document itself', spec: { 'c.d': 1, 'e.f': 1 }, doc: { _id: 1, c: 3, e: {} }, result: { _id: 1, e: {} } },
  { covers: ['inclusion'], name: 'a field that is not there', spec: { nope: 1 }, doc, result: { _id: 1 } },
  { covers: ['inclusion'], name: 'null stays', spec: { n: 1 }, doc: { _id: 1, n: null }, result: { _id: 1, n: null } },
  { covers: ['exclusion'], name: 'all but', spec: { a: 0, l: false }, doc, result: { _id: 1, c: 3 } },
  { covers: ['exclusion'], name: 'all but _id', spec: { _id: 0 }, doc: { _id: 1, a: 2 }, result: { a: 2 } },
  { covers: ['exclusion'], name: 'with _id named', spec: { _id: 1, a: 0, l: 0 }, doc, result: { _id: 1, c: 3 } },
  { covers: ['exclusion'], name: 'dotted paths and arrays', spec: { 'a.y': 0, 'l.p': 0 }, doc, result: { _id: 1, c: 3, a: { x: 1 }, l: [{ q: 2 }, 5, [{}, 6], { q: 4 }] } },
  { covers: ['inclusion', 'exclusion'], name: 'nothing named is the whole document', spec: {}, doc, result: doc },
];

export const projectionErrors: ProjectionError[] = [
  { covers: ['inclusion'], name: 'exclusion in an inclusion', spec: { a: 1, b: 0 }, code: 31254 },
  { covers: ['exclusion'], name: 'inclusion in an exclusion', spec: { a: 0, b: 1 }, code: 31253 },
  { covers: ['inclusion'], name: 'a path twice', spec: { 'a.b': 1, a: { b: 1 } }, code: 31250 },
  { covers: ['inclusion'], name: 'a path within another', spec: { a: 1, 'a.b': 1 }, code: 31249 },
  { covers: ['inclusion'], name: 'a path around another', spec: { 'a.b': 1, a: 1 }, code: 31250 },
  { covers: ['inclusion'], name: 'an operator', spec: { a: { $slice: 1 } }, code: 2 },
  { covers: ['inclusion'], name: 'an element match', spec: { a: { $elemMatch: { b: 1 } } }, code: 2 },
  { covers: ['inclusion'], name: 'the positional operator', spec: { 'a.$': 1 }, code: 2 },
  { covers: ['inclusion'], name: 'an expression', spec: { a: '$b' }, code: 2 },
  { covers: ['inclusion'], name: 'an empty sub-document', spec: { a: {} }, code: 51270 },
  { covers: ['inclusion'], name: 'an empty name', spec: { '': 1 }, code: 40352 },
  { covers: ['inclusion'], name: 'an empty part', spec: { 'a..b': 1 }, code: 15998 },
];
