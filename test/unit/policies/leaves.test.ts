import { expect } from 'chai';
import { leavesOf } from '../../../server/policies/leaves.rules.js';
import { formPath, rowListsOf, valueFrom } from '../../../server/policies/typed.rules.js';
import { policyKinds } from '../../../server/policyKinds.js';

describe('single values of a policy', () => {
  it('give every shipped value back when nothing is changed', () => {
    for (const kind of policyKinds) {
      const typed = Object.fromEntries(leavesOf(kind.shipped.value).map((leaf) => [leaf.path, leaf.value]));
      expect(kind.schema.parse(valueFrom({ shape: kind.shipped.value, pattern: kind.shipped.value }, typed)), kind.kind).to.deep.equal(
        kind.shipped.value,
      );
    }
  });

  it('read hours as minutes, an empty number as none, a text that is no number as itself', () => {
    const shape = { minutes: 60, partyMemberMinutes: null, count: 1 };
    expect(valueFrom({ shape, pattern: shape }, { minutes: '4.5', partyMemberMinutes: '', count: '两' })).to.deep.equal({
      minutes: 270,
      partyMemberMinutes: null,
      count: '两',
    });
  });

  const pattern = { lengthRows: [{ upToDays: 3, maxLeaveHalfDays: 1 }], most: 0 };
  const shape = {
    lengthRows: [
      { upToDays: 3, maxLeaveHalfDays: 1 },
      { upToDays: 10, maxLeaveHalfDays: 2 },
    ],
    most: 0,
  };
  const stands = {
    'lengthRows.0.upToDays': '3',
    'lengthRows.0.maxLeaveHalfDays': '1',
    'lengthRows.1.upToDays': '10',
    'lengthRows.1.maxLeaveHalfDays': '2',
    most: '0',
  };

  it('take a row out and begin one at the end', () => {
    const typed = { ...stands, 'lengthRows.0.drop': 'yes', 'lengthRows.2.upToDays': '30', 'lengthRows.2.maxLeaveHalfDays': '4' };
    expect(valueFrom({ shape, pattern }, typed)).to.deep.equal({
      lengthRows: [
        { upToDays: 10, maxLeaveHalfDays: 2 },
        { upToDays: 30, maxLeaveHalfDays: 4 },
      ],
      most: 0,
    });
  });

  it('leave the row at the end alone while it is empty, and begin the first of an empty list', () => {
    expect(valueFrom({ shape, pattern }, { ...stands, 'lengthRows.2.upToDays': ' ' })).to.deep.equal(shape);
    expect(
      valueFrom(
        { shape: { lengthRows: [], most: 0 }, pattern },
        { 'lengthRows.0.upToDays': '2', 'lengthRows.0.maxLeaveHalfDays': '1', most: '0' },
      ),
    ).to.deep.equal({ lengthRows: [{ upToDays: 2, maxLeaveHalfDays: 1 }], most: 0 });
    expect(leavesOf({ lengthRows: [], most: 0 }).map((leaf) => leaf.path)).to.deep.equal(['most']);
  });

  it('find in the form what is wrong in the value, also behind a row taken out', () => {
    const lists = rowListsOf(shape, pattern);
    expect(formPath(lists, { ...stands, 'lengthRows.0.drop': 'yes' }, ['lengthRows', 0, 'upToDays'])).to.equal('lengthRows.1.upToDays');
    expect(formPath(lists, stands, ['lengthRows', 1, 'upToDays'])).to.equal('lengthRows.1.upToDays');
    expect(formPath(lists, stands, ['most'])).to.equal('most');
  });
});
