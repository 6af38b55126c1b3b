import { expect } from 'chai';
import { Conflicts, type Holder } from '../../../server/embedded-mongo/sessions/conflicts.js';

const holderSince = (since: number): Holder => ({ since, ended: Promise.resolve() });

describe('conflicts between transactions', () => {
  it('tells a transaction what was committed after its snapshot, and nothing before it', () => {
    const conflicts = new Conflicts();
    const early = holderSince(0);
    conflicts.begin(early);
    conflicts.changed('a');
    conflicts.commits = 1;
    const late = holderSince(1);
    conflicts.begin(late);
    conflicts.changed('b');
    conflicts.commits = 2;
    expect([conflicts.changedSince('a', early), conflicts.changedSince('b', early)]).to.deep.equal([true, true]);
    expect([conflicts.changedSince('a', late), conflicts.changedSince('b', late)]).to.deep.equal([false, true]);
  });

  it('lets go of old commits and keeps new ones, however many a transaction writes', () => {
    const conflicts = new Conflicts();
    const old = holderSince(0);
    conflicts.begin(old);
    for (let n = 0; n < 15_000; n += 1) conflicts.changed(`old${String(n)}`);
    conflicts.commits = 1;
    const open = holderSince(1);
    conflicts.begin(open);
    conflicts.end(old, []);
    // A look at every key for each key would take minutes.
    for (let n = 0; n < 300_000; n += 1) conflicts.changed(`new${String(n)}`);
    conflicts.commits = 2;
    expect(conflicts.changedSince('new0', open) && conflicts.changedSince('new299999', open)).to.equal(true);
    expect(conflicts.changedSince('old0', open)).to.equal(false);
  });
});
