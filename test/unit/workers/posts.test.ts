import { expect } from 'chai';
import {
  audienceGroupsOf,
  hoursGroupOf,
  isAudience,
  isPartyMember,
  labelKey,
  politicalStatusCode,
} from '../../../server/workers/posts.rules.js';

describe('Code lists of a worker', () => {
  it('number the political statuses as GB/T 4762-1984 does', () => {
    expect(politicalStatusCode('PARTY_MEMBER')).to.equal('01');
    expect(politicalStatusCode('CITIZEN')).to.equal('13');
    expect([isPartyMember('PROBATIONARY_PARTY_MEMBER'), isPartyMember('CITIZEN'), isPartyMember(null)]).to.deep.equal([true, false, false]);
  });

  it('sort a worker into the groups a class can be meant for', () => {
    expect(audienceGroupsOf({ post: 'DUAL_POST', isNewHire: false })).to.deep.equal(['PRINCIPAL']);
    expect(audienceGroupsOf({ post: 'DEPUTY_DIRECTOR', isNewHire: false })).to.deep.equal(['COMMITTEE_MEMBER']);
    expect(audienceGroupsOf({ post: 'GRID_WORKER', isNewHire: true })).to.deep.equal(['GRID_WORKER', 'NEW_HIRE']);
    expect(isAudience(['PRINCIPAL'], { post: 'GRID_WORKER', isNewHire: false })).to.be.false;
    expect(isAudience([], { post: 'GRID_WORKER', isNewHire: false })).to.be.true;
  });

  it('count a committee member with the deputies for hours (domain.md §2.4)', () => {
    expect(hoursGroupOf('COMMITTEE_MEMBER', 'STAFF')).to.equal('COMMITTEE');
    expect(hoursGroupOf('DEPUTY_SECRETARY', 'DEPUTY')).to.equal('COMMITTEE');
    expect(hoursGroupOf('PARTY_SECRETARY', 'CHIEF')).to.equal('CHIEF');
    expect(hoursGroupOf('GRID_WORKER', 'STAFF')).to.equal('STAFF');
  });

  it('name the translation of each code', () => {
    expect(labelKey('post', 'DUAL_POST')).to.equal('workers.post.DUAL_POST');
  });
});
