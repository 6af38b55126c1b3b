import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { StoreError } from '../../../server/embedded-mongo/errors.js';
import { parseFilter } from '../../../server/embedded-mongo/query/filter.js';
import { pushModifiers, updateOperators } from '../../../server/embedded-mongo/update/list.js';
import { applyUpdate, parseUpdate, seedUpsert } from '../../../server/embedded-mongo/update/update.js';
import { decode, encode } from '../../../server/embedded-mongo/values/codec.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';
import { arrayErrors, arrays, upserts } from './vectors/updateArrays.js';
import { elementErrors, pulls, pushes, seedErrors, seeds } from './vectors/updateElements.js';
import { arithmetic, fieldErrors, fields, NOW, replacement } from './vectors/updateFields.js';
import { leafErrors, pathErrors, paths } from './vectors/updatePaths.js';
import { extremes, numberErrors, numberTower, sameness } from './vectors/updateValues.js';

const stored = (doc: Document): Document => decode(encode(doc));
const onUpdate = { now: NOW, isInsert: false };
const onInsert = { now: NOW, isInsert: true };

function upserted(filter: Document, update: Document): ReturnType<typeof applyUpdate> {
  const plan = parseUpdate(stored(update));
  return applyUpdate(plan, seedUpsert(parseFilter(stored(filter)), plan.kind), onInsert);
}

const isCode =
  (code: number, message?: string) =>
  (error: unknown): boolean =>
    error instanceof StoreError && error.code === code && (message === undefined || error.message === message);

const groups = { fields, paths, arithmetic, numberTower, extremes, sameness, replacement, arrays, pushes, pulls };
const errors = [...fieldErrors, ...pathErrors, ...leafErrors, ...numberErrors, ...arrayErrors, ...elementErrors];
const allUpserts = [...upserts, ...seeds];

describe('embedded store: updates', () => {
  for (const [group, vectors] of Object.entries(groups)) {
    describe(group, () => {
      for (const { covers, name, before, update, after } of vectors) {
        it(`${covers.join(' ')} ${name}`, () => {
          const doc = stored(before);
          const result = applyUpdate(parseUpdate(stored(update)), doc, onUpdate);
          // Bytes: field order and number types count.
          deepStrictEqual(stored(result.doc), stored(after ?? before));
          deepStrictEqual(Object.keys(result.doc), Object.keys(after ?? before));
          strictEqual(result.changed, after !== undefined);
          deepStrictEqual(doc, stored(before), 'the document given is not touched');
        });
      }
    });
  }

  describe('refused', () => {
    for (const { covers, name, before, update, code, message } of errors) {
      it(`${covers.join(' ')} ${name}`, () => {
        const read = (): unknown => parseUpdate(stored(update));
        if (before === undefined) throws(read, isCode(code, message));
        else throws(() => applyUpdate(parseUpdate(stored(update)), stored(before), onUpdate), isCode(code, message));
      });
    }

    it('an update given as a pipeline', () => {
      throws(() => parseUpdate([{ $set: { a: 1 } }]), isCode(9));
    });
  });

  describe('upserts', () => {
    for (const { covers, name, filter, update, inserted } of allUpserts) {
      it(`${covers.join(' ')} ${name}`, () => {
        const result = upserted(filter, update);
        deepStrictEqual(stored(result.doc), stored(inserted));
        deepStrictEqual(Object.keys(result.doc), Object.keys(inserted));
      });
    }

    it('refuse a field that two conditions set', () => {
      throws(
        () => upserted({ $and: [{ a: 1 }, { a: 2 }] }, { $set: { z: 1 } }),
        isCode(54, "cannot infer query fields to set, path 'a' is matched twice"),
      );
    });

    it('refuse a filter that computes', () => {
      throws(() => upserted({ $or: [{ $expr: { $eq: ['$a', 1] } }] }, { z: 1 }), isCode(224));
    });

    for (const { covers, name, filter, update, code } of seedErrors) {
      it(`${covers.join(' ')} refused: ${name}`, () => {
        throws(() => upserted(filter, update), isCode(code));
      });
    }
  });

  it('has a vector for every operator and modifier of the list', () => {
    const covered = new Set([...Object.values(groups).flat(), ...errors, ...allUpserts, ...seedErrors].flatMap((vector) => vector.covers));
    const listed = [...Object.keys(updateOperators), ...Object.keys(pushModifiers)];
    deepStrictEqual(
      listed.filter((name) => !covered.has(name)),
      [],
    );
  });
});
