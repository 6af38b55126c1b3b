import { expect } from 'chai';
import { accumulatorList, stageList } from '../../../server/embedded-mongo/aggregate/list.js';
import { StoreError } from '../../../server/embedded-mongo/errors.js';
import { aggregate, asJson } from './aggregate-support.js';
import { accumulatorVectors, groupVectors } from './vectors/aggregate-group.js';
import type { PipelineVector } from './vectors/aggregate-kinds.js';
import { foreignDocuments as foreignValues, lookupValueVectors } from './vectors/aggregate-lookup.js';
import { fieldVectors, projectVectors, unwindVectors } from './vectors/aggregate-reshape.js';
import { foreignDocuments, lookupVectors, pipelineVectors, selectionVectors, sortVectors } from './vectors/aggregate-stages.js';
import { accumulatedTypes } from './vectors/aggregate-types.js';

const stageGroups: Readonly<Record<string, readonly PipelineVector[]>> = {
  pipelines: pipelineVectors,
  'selecting stages': selectionVectors,
  $sort: sortVectors,
  $project: projectVectors,
  'field stages': fieldVectors,
  $unwind: unwindVectors,
  $group: groupVectors,
  $lookup: lookupVectors,
};

const accumulators = [...accumulatorVectors, ...accumulatedTypes];

const run = ({ docs, pipeline }: PipelineVector): unknown => aggregate(docs, pipeline, foreignDocuments);

/** The list entries that no vector answers, and those that no vector refuses. */
function uncovered(list: object, vectors: readonly PipelineVector[]): string[] {
  const seen = (code: boolean): Set<string> => new Set(vectors.filter((v) => 'code' in v === code).flatMap((v) => v.covers));
  return Object.keys(list).filter((name) => !seen(true).has(name) || !seen(false).has(name));
}

describe('aggregation stages', () => {
  for (const [group, vectors] of Object.entries({ ...stageGroups, accumulators })) {
    describe(group, () => {
      for (const vector of vectors) {
        it(`${vector.covers.join(' ')}: ${vector.name}${'code' in vector ? ' is refused' : ''}`, () => {
          if ('code' in vector)
            expect(() => run(vector))
              .to.throw(StoreError)
              .with.property('code', vector.code);
          else expect(asJson(run(vector))).to.equal(asJson(vector.expected));
        });
      }
    });
  }

  describe('$lookup by every kind of value', () => {
    for (const { name, docs, pipeline, ...vector } of lookupValueVectors) {
      it(name, () => {
        expect(asJson(aggregate(docs, pipeline, foreignValues))).to.equal(asJson('expected' in vector && vector.expected));
      });
    }
  });

  it('have an answer and a refusal for every entry of the lists', () => {
    expect(uncovered(stageList, Object.values(stageGroups).flat())).to.deep.equal([]);
    expect(uncovered(accumulatorList, accumulators)).to.deep.equal([]);
  });
});
