import { serialize, type Document } from 'bson';
import { expect } from 'chai';
import { shapeOfCommand } from '../../../server/embedded-mongo/commands/shape.js';
import type { Raw } from '../../../server/embedded-mongo/wire/rawBson.js';

const shapeOf = (command: Document, sequences: Record<string, Raw[]> = {}): Document =>
  shapeOfCommand({ id: 1, kind: 'msg', command, sequences: new Map(Object.entries(sequences)), silent: false });

/** Stands for somebody's data wherever a value may be. */
const DATA = '王芳 142202199001011234';

describe('the shape of a command in the log', () => {
  it('names fields, operators, orders and numbers of a search, and the types of its values', () => {
    const filter = { name: DATA, town: { $in: ['a', 'b'] }, $or: [{ age: { $gte: 7 } }, { 'x.y': null }] };
    expect(shapeOf({ find: 'workers', filter, sort: { name: 1, age: -1 }, limit: 20, $db: 'app', lsid: { id: 1 } })).to.deep.equal({
      find: 'workers',
      filter: { name: '?string', town: { $in: '?array of 2' }, $or: [{ age: { $gte: '?int' } }, { 'x.y': '?null' }] },
      sort: { name: 1, age: -1 },
      limit: 20,
    });
  });

  it('shows the first of several statements and their number, also when they came as bytes', () => {
    const updates = [
      { q: { _id: DATA }, u: { $set: { name: DATA } }, upsert: true },
      { q: {}, u: {} },
    ];
    const expected = { update: 'workers', updates: 2, first: { q: { _id: '?string' }, u: { $set: { name: '?string' } }, upsert: true } };
    expect(shapeOf({ update: 'workers', updates })).to.deep.equal(expected);
    expect(shapeOf({ update: 'workers' }, { updates: updates.map((one) => serialize(one)) })).to.deep.equal(expected);
    expect(shapeOf({ insert: 'workers', documents: [{ name: DATA }] })).to.deep.equal({ insert: 'workers', documents: 1 });
  });

  it('shows the stages of a pipeline', () => {
    const pipeline = [{ $match: { name: DATA } }, { $group: { _id: '$town', n: { $sum: 1 } } }, { $sort: { n: -1 } }, { $limit: 5 }];
    expect(shapeOf({ aggregate: 'workers', pipeline, cursor: {} })).to.deep.equal({
      aggregate: 'workers',
      pipeline: [{ $match: { name: '?string' } }, { $group: { _id: '?string', n: { $sum: '?int' } } }, { $sort: { n: -1 } }, { $limit: 5 }],
    });
  });

  const commands: Document[] = [
    { find: 'c', filter: { key: DATA, hint: DATA, limit: DATA, sort: { $gt: DATA } }, sort: { a: DATA }, limit: DATA, skip: { a: DATA } },
    { findAndModify: 'c', query: { a: { $elemMatch: { b: DATA } } }, update: { $push: { t: { $each: [DATA], $sort: DATA } } }, new: DATA },
    { aggregate: 'c', pipeline: [{ $sort: DATA }, { $limit: DATA }, { $match: { $expr: { $eq: ['$a', DATA] } } }, DATA] },
    { update: 'c', updates: [{ q: DATA, u: [DATA], hint: { a: DATA }, multi: DATA }] },
    { delete: 'c', deletes: DATA },
    { count: 'c', query: { a: { $regex: DATA }, d: { e: { f: DATA } } }, comment: DATA, fields: DATA },
    { explain: { find: 'c', filter: { a: DATA } } },
    { insert: 'c', documents: [{ a: DATA }, DATA] },
  ];
  for (const command of commands) {
    it(`of ${Object.keys(command)[0] ?? ''} holds no value of it, wherever it stands`, () => {
      expect(JSON.stringify(shapeOf(command)))
        .to.contain(Object.keys(command)[0])
        .and.not.contain('王芳');
    });
  }
});
