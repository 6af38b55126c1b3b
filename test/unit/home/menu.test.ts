import { expect } from 'chai';
import { bottomBarOf, countersOf, currentHref, leadingRole, menuOf } from '../../../server/home/menu.rules.js';

const everything = (): boolean => true;
const hrefs = (roles: readonly string[], can: (permission: string) => boolean = everything): string[] =>
  menuOf(roles, can).flatMap((group) => group.entries.map((entry) => entry.href));

describe('the menu', () => {
  it('follows the widest work that an account does', () => {
    expect(leadingRole(['worker', 'countyOfficer'])).to.equal('countyOfficer');
    expect(leadingRole(['classTeacher', 'worker'])).to.equal('classTeacher');
    expect(leadingRole([])).to.equal(null);
    expect(leadingRole(['a role of a later release'])).to.equal(null);
  });

  it('gives each administrator a menu of its own', () => {
    expect(hrefs(['systemAdmin'])).to.deep.equal(['/accounts', '/jobs']);
    expect(hrefs(['securityAdmin'])).to.deep.equal(['/grants', '/lockouts', '/limits']);
    expect(hrefs(['auditAdmin'])).to.deep.equal(['/trail']);
  });

  it('leaves out what the account may not open, and groups that are empty then', () => {
    const roster = (permission: string): boolean => permission === 'worker.read';
    expect(hrefs(['countyOfficer'], roster)).to.deep.equal(['/', '/workers']);
    expect(menuOf(['countyOfficer'], roster)).to.have.length(2);
    expect(hrefs(['townshipOfficer'])).to.deep.equal(['/', '/untrained', '/classes', '/workers']);
  });

  it('is a bar at the bottom for those who work on the phone, and for them only', () => {
    expect(bottomBarOf(['worker']).map((entry) => entry.href)).to.deep.equal(['/me', '/me/classes', '/me/certificates', '/account']);
    expect(bottomBarOf(['classTeacher']).map((entry) => entry.href)).to.deep.equal(['/today', '/my-classes', '/account']);
    expect(bottomBarOf(['countyOfficer', 'worker'])).to.deep.equal([]);
    expect(hrefs(['worker'])).to.deep.equal([]);
  });

  it('marks the link whose address the page continues, the longest one', () => {
    const bar = bottomBarOf(['worker']);
    expect(currentHref(bar, '/me')).to.equal('/me');
    expect(currentHref(bar, '/me/classes')).to.equal('/me/classes');
    expect(currentHref(bar, '/me/corrections')).to.equal('/me');
    const county = menuOf(['countyOfficer'], everything).flatMap((group) => group.entries);
    expect(currentHref(county, '/')).to.equal('/');
    expect(currentHref(county, '/classes/abc/notice')).to.equal('/classes');
    expect(currentHref(county, '/classesx')).to.equal(null);
  });

  it('counts only what it shows, and what is late beside the flags', () => {
    expect(countersOf(['countyOfficer'])).to.include.members(['untrained', 'flags', 'nominations', 'late', 'corrections', 'transfers']);
    expect(countersOf(['townshipOfficer'])).to.deep.equal(['untrained', 'classes']);
    expect(countersOf(['systemAdmin'])).to.deep.equal([]);
    expect(countersOf(['worker'])).to.deep.equal([]);
  });
});
