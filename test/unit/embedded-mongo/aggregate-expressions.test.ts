import { expect } from 'chai';
import { compileExpression } from '../../../server/embedded-mongo/aggregate/expressions.js';
import { expressionList, variableList } from '../../../server/embedded-mongo/aggregate/list.js';
import { StoreError } from '../../../server/embedded-mongo/errors.js';
import { asJson, asStored } from './aggregate-support.js';
import { arithmeticVectors } from './vectors/aggregate-arithmetic.js';
import { datePartVectors, dateToStringVectors, dateTruncVectors } from './vectors/aggregate-dates.js';
import type { ExpressionVector } from './vectors/aggregate-kinds.js';
import { comparisonVectors, conditionalVectors, valueVectors } from './vectors/aggregate-logic.js';
import { arrayVectors, stringVectors } from './vectors/aggregate-strings.js';
import { anyOperandVectors, operandVectors } from './vectors/aggregate-types.js';

const groups: Readonly<Record<string, readonly ExpressionVector[]>> = {
  arithmetic: arithmeticVectors,
  comparison: comparisonVectors,
  conditional: conditionalVectors,
  values: valueVectors,
  strings: stringVectors,
  arrays: arrayVectors,
  'date parts': datePartVectors,
  $dateToString: dateToStringVectors,
  $dateTrunc: dateTruncVectors,
  'operands by type': operandVectors,
  'operands of any type': anyOperandVectors,
};

const answerTo = ({ expression, doc }: ExpressionVector): unknown => compileExpression(asStored({ e: expression })['e'])(asStored(doc));

describe('aggregation expressions', () => {
  for (const [group, vectors] of Object.entries(groups)) {
    describe(group, () => {
      for (const vector of vectors) {
        it(vector.name, () => {
          if ('code' in vector)
            expect(() => answerTo(vector))
              .to.throw(StoreError)
              .with.property('code', vector.code);
          else expect(asJson(answerTo(vector))).to.equal(asJson(vector.expected));
        });
      }
    });
  }

  it('have an answer and a refusal for every entry of the list', () => {
    const vectors = Object.values(groups).flat();
    const covered = (code: boolean): Set<string> => new Set(vectors.filter((v) => 'code' in v === code).flatMap((v) => v.covers));
    const listedNames = Object.keys(expressionList);
    expect([...listedNames, ...Object.keys(variableList)].filter((name) => !covered(false).has(name))).to.deep.equal([]);
    // What takes any operands of any type has nothing to refuse.
    const total = new Set(['$and', '$or', '$ne', '$gt', '$gte', '$lt', '$cmp']);
    expect(listedNames.filter((name) => !covered(true).has(name) && !total.has(name))).to.deep.equal([]);
  });

  it('refuses what is not on the list before it meets a document', () => {
    expect(() => compileExpression({ $cond: [false, { $function: { body: 'x' } }, 1] }))
      .to.throw(StoreError)
      .with.property('code', 168);
    expect(() => compileExpression({ $dateToString: { date: '$d', timezone: 'Nowhere' } }))
      .to.throw(StoreError)
      .with.property('code', 40485);
  });
});
