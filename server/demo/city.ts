import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { hoursPolicy } from '../attendance/attendance.policies.js';
import type { HoursRequirement } from '../attendance/hours.rules.js';
import { enqueueJob } from '../../jobs/enqueue.js';
import type { Division } from '../divisions/divisions.store.js';
import { firstDayOf, yearOf } from '../platform/civilDays.js';
import { projectRoot } from '../platform/projectRoot.js';
import { systemActor } from '../platform/transactions.js';
import type { Worker } from '../workers/worker.rules.js';
import type { Deps } from '../wiring.js';
import { makeDemoAccounts, openWorkerAccount } from './accounts.js';
import { countyStories } from './counties.js';
import { peopleOf } from './people.js';
import { randomFrom, type Random } from './random.js';
import { loadCertification } from './certificationLoad.js';
import { loadDeskWork } from './deskWork.js';
import { demoYears } from './history.js';
import { newPersonOf } from './roster.js';
import { loadTraining } from './training.js';

const marker = 'demo-city';
const seed = 'xunzheng';

/** Whether the demo city was loaded to its end; a load that was cut off does not count. */
export async function demoIsLoaded(deps: Deps): Promise<boolean> {
  return (await deps.db.collection<{ _id: string }>('demo').findOne({ _id: marker })) !== null;
}

/** Loads 忻州 with synthetic people and three years of their training; the same seed and day give the same city. */
export async function loadDemoCity(deps: Deps, say: (line: string) => void, times = 1): Promise<void> {
  say('装入区划和规则…');
  const { counties } = await loadDivisions(deps);
  const accounts = await makeDemoAccounts(deps, counties);
  say('编造花名册…');
  const workers = await loadRoster(deps, counties, times);
  say(`花名册 ${String(workers.length)} 人`);
  say('编造三年培训…');
  const teacher = { id: accounts.get('banzhuren') ?? '', name: '孟晓东' };
  const training = await loadTraining(deps, randomFrom(seed).branch('training'), { counties, workers, teacher });
  say(`班次 ${String(training.classes)} 个，${String(training.places)} 人次`);
  await setHours(deps);
  await loadDeskWork(deps, randomFrom(seed).branch('desk'), { counties, workers });
  say('编造考试和证书…');
  const papers = await loadCertification(deps, randomFrom(seed).branch('papers'), workers);
  say(`成绩 ${String(papers.attempts)} 科次，证书 ${String(papers.certificates)} 本`);
  say('汇总…');
  const [current = 0, ...earlier] = [...demoYears(deps.clock.today())].reverse();
  await deps.rollUp.rebuild(current);
  for (const year of earlier) await enqueueJob(deps.db, 'coverage.recomputeAll', { year });
  await deps.certificateRates.rebuild();
  await deps.examStandings.rebuild();
  await deps.gaps.scan();
  await openWorkerAccount(deps, workers);
  // the roll-ups were made from the facts just now; delivering the events of the load would only make them again
  await deps.db.collection('outbox').deleteMany({});
  await deps.db.collection<{ _id: string; at: Date }>('demo').insertOne({ _id: marker, at: deps.clock.now() });
}

async function loadDivisions(deps: Deps): Promise<{ counties: readonly Division[] }> {
  const csv = await readFile(path.join(projectRoot, 'server/divisions/data/xinzhou_divisions_2023.csv'), 'utf8');
  await deps.transact(systemActor('演示'), (tx) => deps.divisions.load(tx, csv));
  const root = await deps.divisionsStore.root();
  if (root === null) throw new Error('no divisions were loaded');
  await deps.transact(systemActor('演示'), (tx) => deps.policies.ship(tx, root));
  await deps.transact(systemActor('演示'), (tx) => deps.examCalendar.ship(tx, root));
  return { counties: await deps.divisionsStore.listByLevel(root.id, 'county') };
}

/** The city's own hours for the year, so that the policy page shows a row of the city over the shipped one. */
async function setHours(deps: Deps): Promise<void> {
  const city = await deps.divisionsStore.byCode('140900');
  const hours = (credits: number, row: HoursRequirement): HoursRequirement => ({ ...row, minutes: credits * 60, partyMemberMinutes: null });
  const { groups, ...rest } = hoursPolicy.shipped.value;
  const value = {
    ...rest,
    groups: { CHIEF: hours(24, groups.CHIEF), COMMITTEE: hours(20, groups.COMMITTEE), STAFF: hours(20, groups.STAFF) },
  };
  const change = {
    kind: hoursPolicy,
    divisionId: city.id,
    divisionPath: city.path,
    from: firstDayOf(yearOf(deps.clock.today()) - 2),
    value,
    sourceDoc: '示例：忻州市年度学时要求（演示用）',
  };
  await deps.transact(systemActor('演示'), (tx) => deps.policies.change(tx, change));
}

async function loadRoster(deps: Deps, counties: readonly Division[], times: number): Promise<readonly Worker[]> {
  const random = randomFrom(seed).branch('people');
  const taken = new Set<string>();
  const today = deps.clock.today();
  const workers: Worker[] = [];
  for (const county of counties) {
    const story = countyStories[county.areaCode];
    if (story === undefined) continue;
    const communities = await deps.divisionsStore.listByLevel(county.id, 'community');
    let next = workers.length;
    const people = sizes(random, story.size * times, communities.length).flatMap((size, index) => {
      const community = communities[index];
      if (community === undefined) return [];
      const firstNumber = next;
      next += size;
      return peopleOf(random, { id: community.id, size, turnover: story.turnover, firstNumber, taken }, today).map((person) =>
        newPersonOf(person, community, today),
      );
    });
    workers.push(...(await deps.transact(systemActor('演示'), (tx) => deps.workers.addPeople(tx, people))));
  }
  return workers;
}

/** People per community: even shares of the county, a little uneven, summing to its size. */
function sizes(random: Random, total: number, communities: number): number[] {
  const weights = Array.from({ length: communities }, () => 0.75 + random.next() * 0.5);
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight) => Math.floor((weight / sum) * total));
  for (let left = total - shares.reduce((a, b) => a + b, 0); left > 0; left -= 1)
    shares[left % communities] = (shares[left % communities] ?? 0) + 1;
  return shares;
}
