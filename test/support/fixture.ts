import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import type { Division } from '../../server/divisions/divisions.store.js';
import type { Role } from '../../server/access/permissions.rules.js';
import { peopleOf } from '../../server/demo/people.js';
import { randomFrom } from '../../server/demo/random.js';
import { newPersonOf } from '../../server/demo/roster.js';
import type { Worker } from '../../server/workers/worker.rules.js';
import type { Deps } from '../../server/wiring.js';

/** The password of every account of the fixture. */
export const password = 'Fixture-2026';

/** Two counties with two townships and three communities each, ten people in each community; office accounts of every role at home and in the other county. */
export interface Fixture {
  readonly city: Division;
  readonly county: Division;
  readonly otherCounty: Division;
  readonly township: Division;
  readonly otherTownship: Division;
  /** Communities of the county, then those of the other one. */
  readonly communities: readonly Division[];
  readonly otherCommunities: readonly Division[];
  /** Account ids by account name (`city`, `county`, `county2`, `township`, `township2`, `teacher`, `system`, `security`, `audit`), and of two workers (`worker`, `worker2`: the last of each county's first community). */
  readonly accounts: Readonly<Record<string, string>>;
  /** Everybody, community by community in the order above; in service or on probation on the test day. */
  readonly workers: readonly Worker[];
}

const divisionFile = `code,level,name,parent_code,kind
140000000000,province,山西省,,省
140900000000,city,忻州市,140000000000,地级市
140902000000,county,忻府区,140900000000,市辖区
140924000000,county,繁峙县,140900000000,县
140902001000,township,南城街道,140902000000,街道
140902002000,township,长征街街道,140902000000,街道
140902001001,community,古钟社区居委会,140902001000,居委会
140902001002,community,南关社区居委会,140902001000,居委会
140902002001,community,建设街社区居委会,140902002000,居委会
140924100000,township,繁城镇,140924000000,镇
140924101000,township,砂河镇,140924000000,镇
140924100001,community,东泰社区居委会,140924100000,居委会
140924100002,community,府新社区居委会,140924100000,居委会
140924101001,community,跃进社区居委会,140924101000,居委会
`;

/** Loads divisions, default policy rows and the accounts of all office roles. */
export async function buildFixture(deps: Deps): Promise<Fixture> {
  const places = await loadDivisions(deps);
  const accounts = await makeAccounts(deps, places);
  const workers = await addWorkers(deps, [...places.communities, ...places.otherCommunities]);
  return { ...places, accounts: { ...accounts, ...(await openWorkerAccounts(deps, places, workers)) }, workers };
}

async function loadDivisions(deps: Deps) {
  const actor = systemActor('fixture');
  await deps.transact(actor, async (tx) => {
    await deps.divisions.load(tx, divisionFile);
  });
  const root = await deps.divisionsStore.root();
  if (root === null) throw new Error('no divisions');
  await deps.transact(actor, (tx) => deps.policies.ship(tx, root));
  await deps.transact(actor, (tx) => deps.examCalendar.ship(tx, root));
  const at = (code: string): Promise<Division> => deps.divisionsStore.byCode(code);
  const [city, county, otherCounty, township, otherTownship] = await Promise.all(
    ['140900', '140924', '140902', '140924100', '140902001'].map(at),
  );
  const communities = await deps.divisionsStore.listByLevel(county!.id, 'community');
  const otherCommunities = await deps.divisionsStore.listByLevel(otherCounty!.id, 'community');
  return {
    city: city!,
    county: county!,
    otherCounty: otherCounty!,
    township: township!,
    otherTownship: otherTownship!,
    communities,
    otherCommunities,
  };
}

async function makeAccounts(deps: Deps, places: Omit<Fixture, 'accounts' | 'workers'>): Promise<Record<string, string>> {
  const wanted: readonly { login: string; name: string; role: Role; at: Division }[] = [
    { login: 'city', name: '赵文斌', role: 'trainingManager', at: places.city },
    { login: 'county', name: '王秀兰', role: 'countyOfficer', at: places.county },
    { login: 'county2', name: '李建平', role: 'countyOfficer', at: places.otherCounty },
    { login: 'township', name: '高磊', role: 'townshipOfficer', at: places.township },
    { login: 'township2', name: '任慧敏', role: 'townshipOfficer', at: places.otherTownship },
    { login: 'teacher', name: '孟晓东', role: 'classTeacher', at: places.city },
    { login: 'system', name: '系统管理员', role: 'systemAdmin', at: places.city },
    { login: 'security', name: '安全管理员', role: 'securityAdmin', at: places.city },
    { login: 'audit', name: '审计管理员', role: 'auditAdmin', at: places.city },
  ];
  const scope = systemScope('fixture');
  const accounts: Record<string, string> = {};
  for (const { login, name, role, at } of wanted) {
    accounts[login] = await deps.transact(systemActor('fixture'), async (tx) => {
      const made = await deps.officeAccounts.create(tx, scope, {
        loginName: login,
        name,
        divisionPath: at.path,
        roles: [{ role, divisionPath: at.path }],
      });
      if (!made.ok) throw new Error(JSON.stringify(made));
      await deps.officeAccounts.setPassword(tx, made.value, password);
      return made.value;
    });
  }
  return accounts;
}

async function addWorkers(deps: Deps, communities: readonly Division[]): Promise<readonly Worker[]> {
  const random = randomFrom('fixture');
  const taken = new Set<string>();
  const today = deps.clock.today();
  const people = communities.flatMap((community, index) =>
    peopleOf(random, { id: community.id, size: 10, turnover: 0, firstNumber: index * 10, taken }, today).map((person) => {
      const serving = person.statuses.filter((status) => status.status === 'IN_SERVICE' || status.status === 'PROBATION');
      return newPersonOf({ ...person, statuses: serving }, community, today);
    }),
  );
  return deps.transact(systemActor('fixture'), (tx) => deps.workers.addPeople(tx, people));
}

async function openWorkerAccounts(
  deps: Deps,
  places: Omit<Fixture, 'accounts' | 'workers'>,
  workers: readonly Worker[],
): Promise<Record<string, string>> {
  const lastOf = (community: Division | undefined): Worker => workers.filter((worker) => worker.divisionId === community?.id).at(-1)!;
  const wanted = { worker: lastOf(places.communities[0]), worker2: lastOf(places.otherCommunities[0]) };
  const opened: Record<string, string> = {};
  for (const [login, worker] of Object.entries(wanted)) {
    const [account] = await deps.accountsStore.byWorkers([worker.id]);
    await deps.transact(systemActor('fixture'), (tx) => deps.officeAccounts.setPassword(tx, account!.id, password));
    await deps.db.collection<{ _id: string }>('accounts').updateOne({ _id: account!.id }, { $set: { loginName: login } });
    opened[login] = account!.id;
  }
  return opened;
}
