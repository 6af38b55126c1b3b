import type { Role } from '../access/permissions.rules.js';
import type { Division } from '../divisions/divisions.store.js';
import { yearOf } from '../platform/civilDays.js';
import { systemScope } from '../platform/scope.js';
import { systemActor } from '../platform/transactions.js';
import type { Worker } from '../workers/worker.rules.js';
import type { Deps } from '../wiring.js';

/** The password of every account of the sign-in table; the demo runs on this machine only. */
export const demoPassword = 'Xunzheng-2026';

/** One account per role (decision 3: only these are hashed). */
export const demoAccounts: readonly { readonly login: string; readonly name: string; readonly role: Role; readonly area: string }[] = [
  { login: 'shi', name: '赵文斌', role: 'trainingManager', area: '140900' },
  { login: 'xian', name: '王秀兰', role: 'countyOfficer', area: '140924' },
  { login: 'xiang', name: '高俊峰', role: 'townshipOfficer', area: '140924100' },
  { login: 'banzhuren', name: '孟晓东', role: 'classTeacher', area: '140900' },
  { login: 'xitong', name: '系统管理员', role: 'systemAdmin', area: '140900' },
  { login: 'anquan', name: '安全管理员', role: 'securityAdmin', area: '140900' },
  { login: 'shenji', name: '审计管理员', role: 'auditAdmin', area: '140900' },
];

/** The account name of the worker in the table; the account itself belongs to somebody of the roster. */
export const demoWorkerLogin = 'gongzuozhe';

/** A county officer for every other county, without a password: they activate by code as in a real city. */
export async function makeDemoAccounts(deps: Deps, counties: readonly Division[]): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>();
  for (const { login, name, role, area } of demoAccounts) {
    const division = await deps.divisionsStore.byCode(area);
    const id = await makeAccount(deps, { login, name, role, division });
    await deps.transact(systemActor('演示'), (tx) => deps.officeAccounts.setPassword(tx, id, demoPassword));
    made.set(login, id);
  }
  for (const division of counties.filter((county) => county.areaCode !== '140924')) {
    await makeAccount(deps, { login: `xian-${division.areaCode}`, name: `${division.name}经办`, role: 'countyOfficer', division });
  }
  return made;
}

async function makeAccount(deps: Deps, of: { login: string; name: string; role: Role; division: Division }): Promise<string> {
  return deps.transact(systemActor('演示'), async (tx) => {
    const roles = [{ role: of.role, divisionPath: of.division.path }];
    const outcome = await deps.officeAccounts.create(tx, systemScope('demo'), {
      loginName: of.login,
      name: of.name,
      divisionPath: of.division.path,
      roles,
    });
    if (!outcome.ok) throw new Error(`demo account ${of.login}: ${JSON.stringify(outcome)}`);
    return outcome.value;
  });
}

/** Opens the account of the worker whose record has the most to tell: a seat before the year ends, and flags of exam and certificate. */
export async function openWorkerAccount(deps: Deps, workers: readonly Worker[]): Promise<void> {
  const county = await deps.divisionsStore.byCode('140924');
  const scope = systemScope('demo');
  const uncovered = await deps.coverage.uncovered(scope, county.id, yearOf(deps.clock.today()));
  const arranged = new Set(uncovered.filter((one) => one.arranged !== null).map((one) => one.workerId));
  const counted = await Promise.all(
    workers
      .filter((worker) => arranged.has(worker.id))
      .map(async (worker) => ({ worker, flags: (await deps.gaps.ofWorker(scope, worker.id)).length })),
  );
  const chosen = counted.sort((a, b) => b.flags - a.flags)[0]?.worker ?? workers.find((worker) => worker.status === 'IN_SERVICE');
  if (chosen === undefined) throw new Error('the demo has nobody in service');
  const [account] = await deps.accountsStore.byWorkers([chosen.id]);
  if (account === undefined) throw new Error('the demo worker has no account');
  await deps.transact(systemActor('演示'), (tx) => deps.officeAccounts.setPassword(tx, account.id, demoPassword));
  await deps.db.collection<{ _id: string }>('accounts').updateOne({ _id: account.id }, { $set: { loginName: demoWorkerLogin } });
}
