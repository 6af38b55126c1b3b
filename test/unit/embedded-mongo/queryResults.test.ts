import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { StoreError } from '../../../server/embedded-mongo/errors.js';
import { compileProjection, includedPaths } from '../../../server/embedded-mongo/query/projection.js';
import { compileSort } from '../../../server/embedded-mongo/query/sort.js';
import { decode, encode } from '../../../server/embedded-mongo/values/codec.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';
import { projectionErrors, projections } from './vectors/projection.js';
import { sortErrors, sorts } from './vectors/sort.js';

const stored = (doc: Document): Document => decode(encode(doc));
const isCode =
  (code: number) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.code === code;

/** Deterministic disorder: from the middle outwards. */
const shuffled = <T>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => ((items.indexOf(a) * 7) % items.length) - ((items.indexOf(b) * 7) % items.length));

describe('embedded store: projections', () => {
  for (const { covers, name, spec, doc, result } of projections) {
    it(`${covers.join(' ')} ${name}`, () => {
      const projected = compileProjection(stored(spec))(stored(doc));
      deepStrictEqual(projected, stored(result));
      deepStrictEqual(Object.keys(projected), Object.keys(result));
    });
  }

  for (const { covers, name, spec, code } of projectionErrors) {
    it(`${covers.join(' ')} refused: ${name}`, () => {
      throws(() => compileProjection(stored(spec)), isCode(code));
    });
  }

  it('tells which paths an inclusion needs', () => {
    deepStrictEqual(includedPaths({ 'a.b': 1, c: 1 }), ['_id', 'a.b', 'c']);
    deepStrictEqual(includedPaths({ c: 1, _id: 0 }), ['c']);
    strictEqual(includedPaths({ c: 0 }), undefined);
  });
});

describe('embedded store: sorts', () => {
  for (const { covers, name, spec, sorted } of sorts) {
    it(`${covers.join(' ')} ${name}`, () => {
      const docs = sorted.map(stored);
      const compare = compileSort(stored(spec));
      deepStrictEqual(shuffled(docs).sort(compare), docs);
      const byKey = shuffled(docs).sort((a, b) => compare.compareKeys(compare.keyOf(a), compare.keyOf(b)));
      deepStrictEqual(byKey, docs);
    });
  }

  for (const { covers, name, spec, code } of sortErrors) {
    it(`${covers.join(' ')} refused: ${name}`, () => {
      throws(() => compileSort(stored(spec)), isCode(code));
    });
  }

  it('refuses two arrays that are not parallel', () => {
    const compare = compileSort({ a: 1, b: 1 });
    throws(() => compare.keyOf({ a: [1], b: [2] }), isCode(2));
  });
});
