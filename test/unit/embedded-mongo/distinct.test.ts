import { deepStrictEqual } from 'node:assert/strict';
import { distinctValues } from '../../../server/embedded-mongo/query/distinctValues.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';

/** https://www.mongodb.com/docs/manual/reference/command/distinct/#array-fields */
const vectors: readonly (readonly [key: string, doc: Document, values: unknown[]])[] = [
  ['a', {}, []],
  ['a', { a: 1 }, [1]],
  ['a', { a: null }, [null]],
  ['a', { a: {} }, [{}]],
  ['a', { a: [] }, []],
  ['a', { a: [[]] }, [[]]],
  ['a', { a: [1, [2, 3], 'x'] }, [1, [2, 3], 'x']],
  ['a.0', { a: 0 }, []],
  ['a.0', { a: [1, 2] }, [1]],
  ['a.0', { a: [[2, 3], 'x'] }, [2, 3]],
  ['a.0', { a: [[[4]], null] }, [[4]]],
  ['a.0', { a: { 0: 7 } }, [7]],
  ['a.3', { a: [1] }, []],
  ['a.b.c', { a: [{ b: { c: 1 } }, { b: { c: [2, 20] } }, { b: { c: [3] } }] }, [1, 2, 20, 3]],
  ['a.b.c', { a: { b: [{ c: [3, 30] }, { c: [4] }] } }, [3, 30, 4]],
  ['a.0.b.1.c', { a: [{ b: [{ c: 2 }, { c: [1, 10] }] }, { b: [{ c: 3 }, { c: 4 }] }] }, [1, 10]],
  ['a.b', { a: [[{ b: 1 }], { b: 2 }, 3, null] }, [2]],
  ['a.b', { a: null }, []],
  ['a.b', { a: 'x' }, []],
  ['a.b', { a: { b: null } }, [null]],
];

describe('embedded store: distinct', () => {
  for (const [key, doc, values] of vectors) {
    it(`${key} of ${JSON.stringify(doc)}`, () => {
      deepStrictEqual(distinctValues(key)(doc), values);
    });
  }
});
