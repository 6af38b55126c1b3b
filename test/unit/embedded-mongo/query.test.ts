import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { StoreError } from '../../../server/embedded-mongo/errors.js';
import { matches, parseFilter } from '../../../server/embedded-mongo/query/filter.js';
import { fieldOperators, topLevelOperators } from '../../../server/embedded-mongo/query/list.js';
import { decode, encode } from '../../../server/embedded-mongo/values/codec.js';
import { show } from '../../../server/embedded-mongo/values/show.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';
import { comparisonErrors, equality, order } from './vectors/queryComparison.js';
import { arrays, element, logic, logicErrors, regex } from './vectors/queryLogic.js';
import { dialect, patternErrors, patternValues } from './vectors/queryPatterns.js';
import { bracketing, extremes, types } from './vectors/queryTypes.js';

/** As the engine gets it: through BSON, with number types kept. */
const stored = (doc: Document): Document => decode(encode(doc));

const groups = { equality, order, bracketing, extremes, logic, element, types, arrays, regex, patternValues, dialect };
const errors = [...comparisonErrors, ...logicErrors, ...patternErrors];

describe('embedded store: filters', () => {
  for (const [group, vectors] of Object.entries(groups)) {
    describe(group, () => {
      for (const { covers, name, filter, hits, misses } of vectors) {
        it(`${covers.join(' ')} ${name}`, () => {
          const node = parseFilter(stored(filter));
          for (const doc of hits) strictEqual(matches(node, stored(doc)), true, `${show(filter)} should find ${show(doc)}`);
          for (const doc of misses) strictEqual(matches(node, stored(doc)), false, `${show(filter)} should not find ${show(doc)}`);
        });
      }
    });
  }

  describe('refused before any document is seen', () => {
    for (const { covers, name, filter, code, message } of errors) {
      it(`${covers.join(' ')} ${name}`, () => {
        throws(
          () => parseFilter(stored(filter)),
          (error) => error instanceof StoreError && error.code === code && (message === undefined || error.message === message),
        );
      });
    }
  });

  it('refuses the old type "undefined", which would find everything', () => {
    throws(
      () => parseFilter({ a: undefined }),
      (error) => error instanceof StoreError && error.code === 2,
    );
    throws(
      () => parseFilter({ a: { $in: [undefined] } }),
      (error) => error instanceof StoreError && error.code === 2,
    );
  });

  it('has a vector for every operator of the list', () => {
    const covered = new Set([...Object.values(groups).flat(), ...errors].flatMap((vector) => vector.covers));
    const listed = [...Object.keys(topLevelOperators), ...Object.keys(fieldOperators)];
    deepStrictEqual(
      listed.filter((name) => !covered.has(name)),
      [],
    );
  });

  it('shows the planner the literal start of an anchored expression', () => {
    const prefixOf = (pattern: string, options = ''): unknown => {
      const node = parseFilter({ a: { $regex: pattern, $options: options } });
      return node.op === 'regex' ? node.prefix : undefined;
    };
    strictEqual(prefixOf('^abc'), 'abc');
    strictEqual(prefixOf('^ab?c'), 'a');
    strictEqual(prefixOf('^a\\.b'), 'a.b');
    strictEqual(prefixOf('^ab+'), 'ab');
    strictEqual(prefixOf('^a\\d'), 'a');
    strictEqual(prefixOf('^(ab)'), '');
    strictEqual(prefixOf('^ab', 'i'), '');
  });
});
