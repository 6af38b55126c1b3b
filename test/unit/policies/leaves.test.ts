import { expect } from 'chai';
import { leavesOf, valueFrom } from '../../../server/policies/leaves.rules.js';
import { policyKinds } from '../../../server/policyKinds.js';

describe('single values of a policy', () => {
  it('give every shipped value back when nothing is changed', () => {
    for (const kind of policyKinds) {
      const typed = Object.fromEntries(leavesOf(kind.shipped.value).map((leaf) => [leaf.path, leaf.value]));
      expect(kind.schema.parse(valueFrom(kind.shipped.value, typed)), kind.kind).to.deep.equal(kind.shipped.value);
    }
  });

  it('read hours as minutes, an empty number as none, a text that is no number as itself', () => {
    const shape = { minutes: 60, partyMemberMinutes: null, count: 1 };
    expect(valueFrom(shape, { minutes: '4.5', partyMemberMinutes: '', count: '两' })).to.deep.equal({ minutes: 270, partyMemberMinutes: null, count: '两' });
  });
});
