import { expect } from 'chai';
import fc from 'fast-check';
import type { Grant, SignedInAccount } from '../../../server/access/accounts.rules.js';
import { holds, permissions, reachOf, roles, type Role } from '../../../server/access/permissions.rules.js';
import { scopeFor } from '../../../server/access/scopes.js';
import { reaches } from '../../../server/platform/scope.js';

const paths = {
  city: ['nation', 'province', 'city'],
  county: ['nation', 'province', 'city', 'county'],
  otherCounty: ['nation', 'province', 'city', 'other'],
  township: ['nation', 'province', 'city', 'county', 'town'],
  community: ['nation', 'province', 'city', 'county', 'town', 'community'],
} as const;

function grantOf(role: Role, divisionPath: readonly string[]): Grant {
  return { id: `${role}@${divisionPath.at(-1) ?? ''}`, role, divisionId: divisionPath.at(-1) ?? '', divisionPath, from: new Date(0) };
}

function accountWith(grants: readonly Grant[], more: Partial<SignedInAccount> = {}): SignedInAccount {
  const home = grants[0]?.divisionId ?? null;
  return {
    id: 'a',
    name: '王秀兰',
    workerId: null,
    roles: grants.map((grant) => grant.role),
    homeDivisionId: home,
    grants,
    classIds: [],
    sessionVersion: 1,
    ...more,
  };
}

describe('scope of an account', () => {
  it('every role × permission gives the reach of the role, or nothing', () => {
    for (const role of roles) {
      const account = accountWith([grantOf(role, paths.county)], { workerId: 'w1', classIds: ['c1'] });
      for (const permission of permissions) {
        const scope = scopeFor(account, permission);
        const expected = !holds(role, permission)
          ? null
          : reachOf(role) === 'divisions'
            ? { kind: 'divisions', divisionIds: ['county'] }
            : reachOf(role) === 'classes'
              ? { kind: 'classes', classIds: ['c1'] }
              : { kind: 'self', workerId: 'w1' };
        expect(scope, `${role} ${permission}`).to.deep.equal(expected);
      }
    }
  });

  it('merges divisions: what lies inside another is dropped, equals are named once', () => {
    const account = accountWith([
      grantOf('countyOfficer', paths.county),
      grantOf('townshipOfficer', paths.township),
      grantOf('trainingManager', paths.otherCounty),
      grantOf('townshipOfficer', paths.county),
    ]);
    expect(scopeFor(account, 'worker.read')).to.deep.equal({ kind: 'divisions', divisionIds: ['county', 'other'] });
  });

  it('takes only the grants that hold the permission', () => {
    const account = accountWith([grantOf('trainingManager', paths.township), grantOf('countyOfficer', paths.county)]);
    expect(scopeFor(account, 'exemption.approve')).to.deep.equal({ kind: 'divisions', divisionIds: ['town'] });
  });

  it('a county officer who also teaches marks as the county does, a teacher alone only in the own classes', () => {
    const teacher = grantOf('classTeacher', paths.city);
    const both = accountWith([teacher, grantOf('countyOfficer', paths.county)], { classIds: ['c1'] });
    expect(scopeFor(both, 'attendance.mark')).to.deep.equal({ kind: 'divisions', divisionIds: ['county'] });
    expect(scopeFor(accountWith([teacher]), 'attendance.mark')).to.deep.equal({ kind: 'classes', classIds: [] });
  });

  it('a worker role without a person reaches nothing', () => {
    expect(scopeFor(accountWith([grantOf('worker', paths.community)]), 'self.read')).to.equal(null);
  });

  it('law: the merged scope reaches exactly what one of the grants reaches', () => {
    const path = fc.constantFrom(...Object.values(paths));
    fc.assert(
      fc.property(fc.array(path, { maxLength: 5 }), path, (granted, target) => {
        const scope = scopeFor(accountWith(granted.map((one) => grantOf('countyOfficer', one))), 'worker.read');
        const wanted = granted.some((one) => target.includes(one.at(-1) as never));
        return (scope !== null && reaches(scope, target)) === wanted;
      }),
    );
  });
});
