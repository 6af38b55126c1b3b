import { expect } from 'chai';
import { holds, permissions, reachOf, roleClash, roles, type Permission, type Role } from '../../../server/access/permissions.rules.js';

/** The table of the brief, written out again by hand: a role and all it may do. */
const table: Readonly<Record<Role, readonly Permission[]>> = {
  trainingManager: [
    'division.read',
    'worker.read',
    'worker.readSensitive',
    'worker.change',
    'worker.import',
    'worker.export',
    'exemption.request',
    'exemption.approve',
    'correction.answer',
    'transfer.confirm',
    'training.read',
    'training.plan',
    'training.nominate',
    'training.external',
    'attendance.mark',
    'attendance.correct',
    'class.close',
    'coverage.read',
    'gap.read',
    'exam.read',
    'exam.record',
    'certificate.read',
    'certificate.record',
    'target.read',
    'target.change',
    'policy.read',
    'policy.change',
    'code.issue',
  ],
  countyOfficer: [
    'division.read',
    'worker.read',
    'worker.readSensitive',
    'worker.change',
    'worker.import',
    'worker.export',
    'exemption.request',
    'correction.answer',
    'transfer.confirm',
    'training.read',
    'training.plan',
    'training.nominate',
    'training.external',
    'attendance.mark',
    'attendance.correct',
    'class.close',
    'coverage.read',
    'gap.read',
    'exam.read',
    'exam.record',
    'certificate.read',
    'certificate.record',
    'target.read',
    'policy.read',
    'code.issue',
  ],
  townshipOfficer: [
    'division.read',
    'worker.read',
    'training.read',
    'training.plan',
    'training.nominate',
    'attendance.mark',
    'class.close',
    'coverage.read',
    'gap.read',
  ],
  classTeacher: ['training.read', 'attendance.mark', 'attendance.correct', 'class.close'],
  worker: ['self.read', 'correction.raise'],
  systemAdmin: ['account.read', 'account.manage', 'job.manage'],
  securityAdmin: ['grant.manage', 'lockout.manage'],
  auditAdmin: ['trail.read', 'trail.export'],
};

describe('permissions of the roles', () => {
  for (const role of roles) {
    it(`${role} holds exactly its row of the table`, () => {
      expect(permissions.filter((permission) => holds(role, permission))).to.have.members([...table[role]]);
    });
  }

  it('every permission is held by some role', () => {
    expect(permissions.filter((permission) => !roles.some((role) => holds(role, permission)))).to.deep.equal([]);
  });

  it('an unknown permission is held by nobody', () => {
    expect(roles.filter((role) => holds(role, 'worker.everything'))).to.deep.equal([]);
  });

  it('no administrator reads a person', () => {
    const personal = permissions.filter((permission) => /^(worker|exam|certificate|coverage|gap|self|correction)\./.test(permission));
    for (const role of ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const) {
      expect(
        personal.filter((permission) => holds(role, permission)),
        role,
      ).to.deep.equal([]);
    }
  });

  it('teachers reach classes, workers themselves, all others divisions', () => {
    expect(roles.map(reachOf)).to.deep.equal([
      'divisions',
      'divisions',
      'divisions',
      'classes',
      'self',
      'divisions',
      'divisions',
      'divisions',
    ]);
  });

  it('an administrator stands alone, other roles may stand together', () => {
    expect(roleClash('auditAdmin', ['systemAdmin'])).to.equal('systemAdmin');
    expect(roleClash('countyOfficer', ['securityAdmin'])).to.equal('securityAdmin');
    expect(roleClash('securityAdmin', ['countyOfficer'])).to.equal('countyOfficer');
    expect(roleClash('classTeacher', ['countyOfficer'])).to.equal(null);
    expect(roleClash('systemAdmin', ['systemAdmin'])).to.equal(null);
  });
});
