import type { Account } from '../access/accounts.rules.js';
import { adminRoles, type Role } from '../access/permissions.rules.js';
import type { Division } from '../divisions/divisions.store.js';
import { migrations } from '../migrations.js';
import { migrateUp } from '../platform/migrations.js';
import { systemScope } from '../platform/scope.js';
import { systemActor, type Tx } from '../platform/transactions.js';
import type { Deps } from '../wiring.js';
import { SetupError } from './setupError.js';
import type { Wanted, WantedAccount } from './setupFlags.js';
import { setupActor, type Holdings } from './setupGround.js';

/** An account with the code that sets its first password; the code is shown once. */
export interface CodedAccount {
  readonly role: Role;
  readonly loginName: string;
  readonly name: string;
  readonly code: string;
}

/** What one run of setup did; what was there already is not in it. */
export interface Installed {
  readonly migrations: readonly string[];
  readonly divisions: number;
  readonly area: string;
  readonly policies: number;
  readonly accounts: readonly CodedAccount[];
  /** Roles that were asked for and that somebody has already. */
  readonly held: readonly Role[];
}

/** Files are told apart by their townships: every file has them, and a county may be known to statistics only. */
const townshipDigits = 9;

const scope = systemScope('setup of an installation');
const actor = systemActor(setupActor);

/** Whether this can be done to a database with these contents, before anything is done. @throws SetupError */
export function checkWanted(wanted: Wanted, holdings: Holdings): void {
  if (holdings.divisions === 0 && wanted.divisions === null) throw new SetupError('数据库是空的，要先有区划：请给 --divisions。');
  const { divisions: file, area } = wanted;
  if (holdings.divisions === 0 && file !== null && area !== null && !file.areaCodes.includes(area)) {
    throw new SetupError(`区划文件里没有 --area ${area}。`);
  }
  const logins = wanted.accounts.map((account) => account.loginName);
  const twice = logins.find((login, index) => logins.indexOf(login) !== index);
  if (twice !== undefined) throw new SetupError(`账号“${twice}”给了两个人：每个管理员要有自己的账号。`);
}

/**
 * Brings a database to where `npm start` serves it: structure, divisions, shipped rules, accounts. Each step adds only what
 * is missing, so an interrupted or repeated run ends in the same state.
 * @throws SetupError when the database has another tree, or an account name is taken
 */
export async function install(deps: Deps, wanted: Wanted): Promise<Installed> {
  const done = await migrateUp(deps.db, migrations, deps.clock.now());
  const divisions = await loadDivisions(deps, wanted);
  const root = await deps.divisionsStore.root();
  if (root === null) throw new SetupError('数据库里没有区划：请给 --divisions。');
  const area = await areaOf(deps, root, wanted.area);
  return deps.transact(actor, async (tx) => {
    const policies = (await deps.policies.ship(tx, root)) + (await deps.examCalendar.ship(tx, root));
    const { made, held } = await makeAccounts(deps, tx, { accounts: wanted.accounts, area });
    const renewed = wanted.newCodes ? await neverSignedIn(deps, tx, made) : [];
    return { migrations: done, divisions, area: area.name, policies, accounts: await withCodes(deps, tx, [...made, ...renewed]), held };
  });
}

async function loadDivisions(deps: Deps, wanted: Wanted): Promise<number> {
  const root = await deps.divisionsStore.root();
  const file = wanted.divisions;
  if (file === null) return 0;
  if (root === null) return deps.transact(actor, (tx) => deps.divisions.load(tx, file.csv));
  const known = new Set((await deps.divisionsStore.subtree(root.id)).map((division) => division.areaCode));
  const strange = file.areaCodes.filter((code) => code.length === townshipDigits && !known.has(code));
  if (strange.length > 0) {
    throw new SetupError(
      `库里已有区划 ${String(known.size)} 个，文件 ${file.name} 里有 ${String(strange.length)} 个不在其中（如 ${strange[0] ?? ''}）：setup 只往空库里装区划。`,
    );
  }
  return 0;
}

/** The division of the office that runs the installation. */
async function areaOf(deps: Deps, root: Division, code: string | null): Promise<Division> {
  if (code !== null) {
    const asked = await deps.divisionsStore.find(code);
    if (asked === null) throw new SetupError(`没有代码为 ${code} 的区划：请改 --area。`);
    return asked;
  }
  let at = root;
  for (
    let below = await deps.divisionsStore.childrenOf(at.id);
    below.length === 1 && below[0] !== undefined;
    below = await deps.divisionsStore.childrenOf(at.id)
  ) {
    at = below[0];
  }
  return at;
}

async function makeAccounts(
  deps: Deps,
  tx: Tx,
  of: { accounts: readonly WantedAccount[]; area: Division },
): Promise<{ made: readonly Account[]; held: readonly Role[] }> {
  const made: Account[] = [];
  const held: Role[] = [];
  for (const { role, loginName, name } of of.accounts) {
    if ((await deps.accountsStore.count(scope, { who: 'office', role }, tx.now)) > 0) {
      held.push(role);
      continue;
    }
    const divisionPath = of.area.path;
    const outcome = await deps.officeAccounts.create(tx, scope, { loginName, name, divisionPath, roles: [{ role, divisionPath }] });
    if (!outcome.ok) throw new SetupError(`账号“${loginName}”已经有人用了：请换一个，写成 账号:姓名。`);
    made.push(await deps.accountsStore.byId(scope, outcome.value, tx));
  }
  return { made, held };
}

async function neverSignedIn(deps: Deps, tx: Tx, made: readonly Account[]): Promise<readonly Account[]> {
  const invited = await Promise.all(
    adminRoles.map((role) => deps.accountsStore.take(scope, { who: 'office', role, state: 'invited' }, 20, { now: tx.now, tx })),
  );
  return invited.flat().filter((account) => !made.some((one) => one.id === account.id));
}

async function withCodes(deps: Deps, tx: Tx, accounts: readonly Account[]): Promise<readonly CodedAccount[]> {
  const codes = new Map((await deps.codes.issue(tx, accounts)).map(({ id, code }) => [id, code]));
  return accounts.flatMap((account) => {
    const [grant] = account.grants;
    return grant === undefined
      ? []
      : [{ role: grant.role, loginName: account.loginName ?? '', name: account.name, code: codes.get(account.id) ?? '' }];
  });
}
