import { expect } from 'chai';
import { parsePipeline, pipelineAfter, runPipeline, type PipelineLead } from '../../../server/embedded-mongo/aggregate/pipeline.js';
import { StoreError } from '../../../server/embedded-mongo/errors.js';
import type { Document } from '../../../server/embedded-mongo/values/types.js';
import { asJson, asStored, contextWith } from './aggregate-support.js';

const context = contextWith([]);

function leadOf(...stages: Document[]): Omit<PipelineLead, 'filterNode'> {
  const { filterNode, ...lead } = parsePipeline(stages).lead;
  expect(filterNode.op).to.be.a('string');
  return lead;
}

const fieldsOf = (...stages: Document[]): string[] | null => {
  const { fields } = parsePipeline(stages);
  return fields === null ? null : [...fields].sort();
};

function* countdown(from: number, onEnd: () => void): Generator<Document> {
  try {
    for (let i = from; i > 0; i -= 1) yield { _id: i, v: i };
  } finally {
    onEnd();
  }
}

describe('aggregation pipeline', () => {
  describe('its lead, for the planner', () => {
    it('merges the leading $match and reads off sort, skip and limit', () => {
      const lead = leadOf({ $match: { a: 1 } }, { $match: { b: 2 } }, { $sort: { c: 1 } }, { $skip: 2 }, { $limit: 3 }, { $count: 'n' });
      expect(lead).to.deep.equal({
        filter: { $and: [{ a: 1 }, { b: 2 }] },
        sort: { c: 1 },
        skip: 2,
        limit: 3,
        matchStages: 2,
        leadStages: 5,
      });
    });

    it('lets a skip after a limit eat into it', () => {
      expect(leadOf({ $limit: 5 }, { $skip: 2 }, { $limit: 9 })).to.include({ skip: 2, limit: 3, leadStages: 3 });
      expect(leadOf({ $limit: 2 }, { $skip: 5 })).to.include({ skip: 5, limit: 0 });
    });

    it('ends at the first stage that the read cannot serve', () => {
      expect(leadOf({ $addFields: { a: 1 } }, { $match: { a: 1 } })).to.include({ matchStages: 0, leadStages: 0, limit: undefined });
      expect(leadOf({ $limit: 1 }, { $match: { a: 1 } })).to.include({ matchStages: 0, leadStages: 1 });
    });

    it('gives the same result when the reader applies it', () => {
      const pipeline = parsePipeline([
        { $match: { v: { $gt: 2 } } },
        { $sort: { v: 1 } },
        { $skip: 1 },
        { $limit: 2 },
        { $project: { v: 1 } },
      ]);
      const docs = [5, 1, 4, 3, 6].map((v) => ({ _id: v, v }));
      const whole = [...runPipeline(pipeline, docs, context)].filter((doc) => doc !== undefined);
      const served = [docs[2] as Document, docs[0] as Document];
      expect(whole).to.deep.equal(served);
      expect([...runPipeline(pipelineAfter(pipeline, 'all'), served, context)]).to.deep.equal(served);
      const matched = docs.filter(({ v }) => v > 2);
      expect([...runPipeline(pipelineAfter(pipeline, 'match'), matched, context)].filter((doc) => doc !== undefined)).to.deep.equal(served);
    });
  });

  describe('the fields it reads', () => {
    it('are those before the first stage that makes new documents', () => {
      expect(
        fieldsOf(
          { $match: { 'a.b': 1, $or: [{ c: 1 }, { d: { $not: { $gt: 1 } } }] } },
          { $group: { _id: '$e.f', n: { $sum: { $add: ['$g', 1] } } } },
          { $sort: { n: 1 } },
        ),
      ).to.deep.equal(['a', 'c', 'd', 'e', 'g']);
      expect(fieldsOf({ $project: { a: 1, x: '$b.c' } })).to.deep.equal(['_id', 'a', 'b', 'x']);
      expect(fieldsOf({ $unwind: '$a' }, { $count: 'n' })).to.deep.equal(['a']);
      expect(fieldsOf({ $match: { $expr: { $eq: ['$a', '$b'] } } }, { $count: 'n' })).to.deep.equal(['a', 'b']);
      expect(fieldsOf({ $match: {} }, { $group: { _id: 1, n: { $sum: 1 } } })).to.deep.equal([]);
    });

    it('are all when whole documents come out or are read', () => {
      expect(fieldsOf({ $match: { a: 1 } })).to.equal(null);
      expect(fieldsOf({ $project: { a: 0 } })).to.equal(null);
      expect(fieldsOf({ $group: { _id: 1, all: { $push: '$$ROOT' } } })).to.equal(null);
    });
  });

  describe('its pace', () => {
    it('gives a tick for every document that a blocking stage or a filter consumes', () => {
      for (const stage of [{ $sort: { v: 1 } }, { $group: { _id: null } }, { $count: 'n' }, { $match: { v: 0 } }]) {
        const steps = [
          ...runPipeline(
            parsePipeline([stage]),
            countdown(5, () => undefined),
            context,
          ),
        ];
        expect(steps.slice(0, 5)).to.deep.equal(Array(5).fill(undefined));
      }
    });

    it('ends its source when the limit is reached or the reader leaves', () => {
      let ended = 0;
      const first = runPipeline(
        parsePipeline([{ $match: { v: { $lt: 9 } } }, { $limit: 1 }]),
        countdown(10, () => (ended += 1)),
        context,
      );
      expect([...first].filter((doc) => doc !== undefined)).to.deep.equal([{ _id: 8, v: 8 }]);
      expect(ended).to.equal(1);
      for (const doc of runPipeline(
        parsePipeline([{ $sort: { v: 1 } }]),
        countdown(3, () => (ended += 1)),
        context,
      )) {
        expect(doc).to.equal(undefined);
        break;
      }
      expect(ended).to.equal(2);
    });
  });

  describe('its memory', () => {
    const heavy = asStored({ v: 'x'.repeat(1024 * 1024) });
    const over = (stages: Document[], count = 101): (() => unknown) => {
      const source = Array.from({ length: count }, (_, _id) => ({ ...heavy, _id }));
      return () => [...runPipeline(parsePipeline(stages), source, context)];
    };

    it('is limited to 100 MB for a sort and a group', () => {
      for (const stage of [
        { $sort: { _id: 1 } },
        { $group: { _id: null, all: { $push: '$v' } } },
        { $group: { _id: null, all: { $addToSet: '$$ROOT' } } },
      ]) {
        expect(over([stage]))
          .to.throw(StoreError)
          .with.property('code', 292);
      }
    });

    it('counts only what a sort with a limit keeps', () => {
      expect(over([{ $sort: { _id: -1 } }, { $limit: 3 }])).not.to.throw();
      expect(over([{ $sort: { _id: 1 } }], 99)).not.to.throw();
    });
  });

  it('does not change the documents that come in', () => {
    const doc = asStored({ _id: 1, a: { b: [1, 2] } });
    const before = asJson(doc);
    const stages = [{ $addFields: { 'a.c': 1 } }, { $unwind: '$a.b' }, { $project: { 'a.c': 0 } }, { $unset: 'a' }];
    expect([...runPipeline(parsePipeline(stages), [doc], context)]).to.not.be.empty;
    expect(asJson(doc)).to.equal(before);
  });
});
