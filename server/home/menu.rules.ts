/** What is counted of an account's work; `late` stands beside no link. */
export type Counter = 'untrained' | 'flags' | 'late' | 'corrections' | 'exemptions' | 'transfers' | 'classes' | 'nominations';

/** One link of the menu: where, its text key, its icon, what permission it needs and which counter stands beside it. */
export interface MenuEntry {
  readonly href: string;
  readonly label: string;
  readonly icon: string;
  readonly permission: string | null;
  readonly counter?: Counter;
}

/** A group of links; a heading of null stands without a title. */
export interface MenuGroup {
  readonly heading: string | null;
  readonly entries: readonly MenuEntry[];
}

const desk: MenuGroup = { heading: null, entries: [{ href: '/', label: 'shell.menu.desk', icon: 'home', permission: null }] };

const entries = {
  calendar: { href: '/calendar', label: 'shell.menu.calendar', icon: 'calendar', permission: 'training.read' },
  classes: { href: '/classes', label: 'shell.menu.classes', icon: 'school', permission: 'training.read', counter: 'classes' },
  coverage: { href: '/coverage', label: 'shell.menu.coverage', icon: 'layout-grid', permission: 'coverage.read' },
  onboarding: { href: '/onboarding', label: 'shell.menu.onboarding', icon: 'user-plus', permission: 'coverage.read' },
  untrained: { href: '/untrained', label: 'shell.menu.untrained', icon: 'list-check', permission: 'gap.read', counter: 'untrained' },
  flags: { href: '/flags', label: 'shell.menu.flags', icon: 'flag', permission: 'gap.read', counter: 'flags' },
  nominations: {
    href: '/nominations',
    label: 'shell.menu.nominations',
    icon: 'user-plus',
    permission: 'training.nominate',
    counter: 'nominations',
  },
  workers: { href: '/workers', label: 'shell.menu.workers', icon: 'users', permission: 'worker.read' },
  imports: { href: '/imports', label: 'shell.menu.imports', icon: 'file-import', permission: 'worker.import' },
  exemptions: { href: '/exemptions', label: 'shell.menu.exemptions', icon: 'ban', permission: 'exemption.request', counter: 'exemptions' },
  transfers: { href: '/transfers', label: 'shell.menu.transfers', icon: 'refresh', permission: 'transfer.confirm', counter: 'transfers' },
  corrections: {
    href: '/corrections',
    label: 'shell.menu.corrections',
    icon: 'edit',
    permission: 'correction.answer',
    counter: 'corrections',
  },
  codes: { href: '/codes', label: 'shell.menu.codes', icon: 'key', permission: 'code.issue' },
  exams: { href: '/exams', label: 'shell.menu.exams', icon: 'book', permission: 'exam.read' },
  certificates: { href: '/certificates', label: 'shell.menu.certificates', icon: 'certificate', permission: 'certificate.read' },
  targets: { href: '/targets', label: 'shell.menu.targets', icon: 'target', permission: 'target.read' },
  examYears: { href: '/exam-years', label: 'shell.menu.examYears', icon: 'calendar', permission: 'policy.read' },
  policies: { href: '/policies', label: 'shell.menu.policies', icon: 'settings', permission: 'policy.read' },
} satisfies Record<string, MenuEntry>;

const certification: MenuGroup = { heading: 'shell.menu.certification', entries: [entries.exams, entries.certificates, entries.targets] };
const people: MenuGroup = {
  heading: 'shell.menu.people',
  entries: [entries.workers, entries.imports, entries.exemptions, entries.transfers, entries.corrections, entries.codes],
};
const training: MenuGroup = { heading: 'shell.menu.training', entries: [entries.calendar, entries.classes] };

/** The menu of each office role, by the order of its work (design.md §4); links without their permission are left out. */
const menus: Readonly<Record<string, readonly MenuGroup[]>> = {
  trainingManager: [
    desk,
    training,
    { heading: 'shell.menu.coverageGroup', entries: [entries.coverage, entries.onboarding, entries.untrained, entries.flags] },
    people,
    certification,
    { heading: 'shell.menu.management', entries: [entries.examYears, entries.policies] },
  ],
  countyOfficer: [
    desk,
    { heading: 'shell.menu.countyTasks', entries: [entries.untrained, entries.flags, entries.nominations] },
    { heading: 'shell.menu.coverageGroup', entries: [entries.coverage, entries.onboarding] },
    training,
    people,
    certification,
    { heading: 'shell.menu.management', entries: [entries.examYears, entries.policies] },
  ],
  townshipOfficer: [
    desk,
    {
      heading: null,
      entries: [
        { ...entries.untrained, label: 'shell.menu.townshipUntrained' },
        { ...entries.classes, label: 'shell.menu.townshipClasses' },
        { ...entries.workers, label: 'shell.menu.people' },
      ],
    },
  ],
  systemAdmin: [
    {
      heading: 'shell.menu.accountsGroup',
      entries: [
        { href: '/accounts', label: 'shell.menu.accounts', icon: 'users', permission: 'account.read' },
        { href: '/jobs', label: 'shell.menu.jobs', icon: 'refresh', permission: 'job.manage' },
      ],
    },
  ],
  securityAdmin: [
    {
      heading: 'shell.menu.security',
      entries: [
        { href: '/grants', label: 'shell.menu.grants', icon: 'shield', permission: 'grant.manage' },
        { href: '/lockouts', label: 'shell.menu.lockouts', icon: 'lock', permission: 'lockout.manage' },
        { href: '/limits', label: 'shell.menu.limits', icon: 'settings', permission: 'lockout.manage' },
      ],
    },
  ],
  auditAdmin: [{ heading: null, entries: [{ href: '/trail', label: 'shell.menu.trail', icon: 'history', permission: 'trail.read' }] }],
};

/** The bottom bar of the phone roles. */
const bottomBars: Readonly<Record<string, readonly MenuEntry[]>> = {
  classTeacher: [
    { href: '/today', label: 'shell.menu.today', icon: 'clipboard-check', permission: 'attendance.mark' },
    { href: '/my-classes', label: 'shell.menu.myClasses', icon: 'school', permission: 'training.read' },
    { href: '/account', label: 'shell.menu.mine', icon: 'user', permission: null },
  ],
  worker: [
    { href: '/me', label: 'shell.menu.home', icon: 'home', permission: 'self.read' },
    { href: '/me/classes', label: 'shell.menu.myCourses', icon: 'school', permission: 'self.read' },
    { href: '/me/certificates', label: 'shell.menu.certification', icon: 'certificate', permission: 'self.read' },
    { href: '/account', label: 'shell.menu.mine', icon: 'user', permission: null },
  ],
};

/** Roles from the widest work to the narrowest: the first that an account holds gives its menu. */
const order = [
  'trainingManager',
  'countyOfficer',
  'townshipOfficer',
  'systemAdmin',
  'securityAdmin',
  'auditAdmin',
  'classTeacher',
  'worker',
];

/** The role whose work an account's pages follow. */
export function leadingRole(roles: readonly string[]): string | null {
  return order.find((role) => roles.includes(role)) ?? null;
}

/** The left menu of an account: what its leading role works with and may open. */
export function menuOf(roles: readonly string[], can: (permission: string) => boolean): readonly MenuGroup[] {
  const role = leadingRole(roles);
  const groups = role === null ? [] : (menus[role] ?? []);
  const allowed = groups.map((group) => ({
    ...group,
    entries: group.entries.filter((entry) => entry.permission === null || can(entry.permission)),
  }));
  return allowed.filter((group) => group.entries.length > 0);
}

/** The bottom bar of an account on a phone; office roles have none. */
export function bottomBarOf(roles: readonly string[]): readonly MenuEntry[] {
  const role = leadingRole(roles);
  return role === null ? [] : (bottomBars[role] ?? []);
}

/** The link that a page belongs to: the longest whose address the path continues. */
export function currentHref(links: readonly MenuEntry[], path: string): string | null {
  const matching = links.filter((entry) => (entry.href === '/' ? path === '/' : path === entry.href || path.startsWith(`${entry.href}/`)));
  return matching.sort((a, b) => b.href.length - a.href.length)[0]?.href ?? null;
}

/** The counters that the pages of some roles show; who sees flags is also told of the late ones. */
export function countersOf(roles: readonly string[]): readonly Counter[] {
  const shown = menuOf(roles, () => true).flatMap((group) => group.entries.flatMap((entry) => entry.counter ?? []));
  return shown.includes('flags') ? [...shown, 'late'] : shown;
}

/** Whom a flag calls when it calls an account with these roles; null when flags of offices are not its work. */
export function addresseeOf(roles: readonly string[]): 'CITY' | 'COUNTY' | null {
  const role = leadingRole(roles);
  if (role === 'trainingManager') return 'CITY';
  return role === 'countyOfficer' ? 'COUNTY' : null;
}
