/** The roles that a grant may carry, in the order they are listed on pages. */
export const roles = [
  'trainingManager',
  'countyOfficer',
  'townshipOfficer',
  'classTeacher',
  'worker',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
] as const;
export type Role = (typeof roles)[number];

/** Roles that the security administrator gives; a worker's role comes with the worker's account (decision 3). */
export const grantableRoles = roles.filter((role) => role !== 'worker');

/** Every permission a row of the route table may ask for. */
export const permissions = [
  'division.read',
  'worker.read',
  'worker.readSensitive',
  'worker.change',
  'worker.import',
  'worker.export',
  'exemption.request',
  'exemption.approve',
  'correction.raise',
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
  'account.read',
  'account.manage',
  'job.manage',
  'grant.manage',
  'lockout.manage',
  'trail.read',
  'trail.export',
  'self.read',
] as const;
export type Permission = (typeof permissions)[number];

const reading = ['division.read', 'worker.read', 'training.read', 'coverage.read', 'gap.read'] as const satisfies readonly Permission[];
const rollCall = ['attendance.mark', 'attendance.correct', 'class.close'] as const satisfies readonly Permission[];

const county = [
  ...reading,
  ...rollCall,
  'worker.readSensitive',
  'worker.change',
  'worker.import',
  'worker.export',
  'exemption.request',
  'correction.answer',
  'transfer.confirm',
  'training.plan',
  'training.nominate',
  'training.external',
  'exam.read',
  'exam.record',
  'certificate.read',
  'certificate.record',
  'target.read',
  'policy.read',
  'code.issue',
] as const satisfies readonly Permission[];

/** What each role may do, inside the division, the classes or the person that its grant names (decision 4). */
const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  trainingManager: [...county, 'exemption.approve', 'target.change', 'policy.change'],
  countyOfficer: county,
  townshipOfficer: [...reading, 'training.plan', 'training.nominate', 'attendance.mark', 'class.close'],
  classTeacher: ['training.read', ...rollCall],
  worker: ['self.read', 'correction.raise'],
  systemAdmin: ['account.read', 'account.manage', 'job.manage'],
  securityAdmin: ['grant.manage', 'lockout.manage'],
  auditAdmin: ['trail.read', 'trail.export'],
};

/** How far a role reaches: the division of the grant, the account's classes, or the account's own person. */
export type ReachKind = 'divisions' | 'classes' | 'self';

/** The kind of reach of a role. */
export function reachOf(role: Role): ReachKind {
  if (role === 'classTeacher') return 'classes';
  return role === 'worker' ? 'self' : 'divisions';
}

/** Whether a role holds a permission. */
export function holds(role: Role, permission: string): boolean {
  return permissionsOf[role].some((one) => one === permission);
}

/** Whether a text names a role. */
export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}

/** The three administrators, kept apart from each other and from the work itself (decision 4). */
export const adminRoles = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const satisfies readonly Role[];

/** The held role that a new one may not stand beside, or null: an administrator holds no other role. */
export function roleClash(role: Role, held: readonly Role[]): Role | null {
  const isAdmin = (one: Role): boolean => adminRoles.some((admin) => admin === one);
  return held.find((one) => one !== role && (isAdmin(one) || isAdmin(role))) ?? null;
}
