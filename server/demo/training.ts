import { completionPolicy } from '../attendance/attendance.policies.js';
import type { Division } from '../divisions/divisions.store.js';
import { systemActor } from '../platform/transactions.js';
import type { Worker } from '../workers/worker.rules.js';
import type { Deps } from '../wiring.js';
import { countyStories } from './counties.js';
import { demoClass, demoYears, type DemoClass, type HistoryGround } from './history.js';
import { attendanceOf } from './attendance.js';
import type { Random } from './random.js';
import type { CountyPeople } from './yearGround.js';
import { planYear } from './yearPlan.js';

const classesPerTransaction = 20;

/** Three years of classes with their people; how many classes and places were made. */
export async function loadTraining(
  deps: Deps,
  random: Random,
  of: { counties: readonly Division[]; workers: readonly Worker[]; teacher: HistoryGround['teacher'] },
): Promise<{ classes: number; places: number }> {
  const city = await deps.divisionsStore.byCode('140900');
  const today = deps.clock.today();
  const policy = (await deps.policies.load([completionPolicy])).on(completionPolicy, city.path, today).value;
  const counties = await Promise.all(of.counties.map((county) => peopleIn(deps, county, of.workers)));
  const ground: HistoryGround = { random: random.branch('marks'), today, policy, teacher: of.teacher };
  const planned = demoYears(today).flatMap((year) => planYear(random.branch(String(year)), year, { today, city, counties }));
  const made = planned.map((plan) => demoClass(ground, plan));
  for (let at = 0; at < made.length; at += classesPerTransaction) await addClasses(deps, made.slice(at, at + classesPerTransaction));
  return { classes: made.length, places: made.reduce((sum, one) => sum + one.historic.people.length, 0) };
}

async function peopleIn(deps: Deps, county: Division, workers: readonly Worker[]): Promise<CountyPeople> {
  const story = countyStories[county.areaCode];
  if (story === undefined) throw new Error(`no story for ${county.areaCode}`);
  return {
    county,
    story,
    workers: workers.filter((worker) => worker.divisionPath.includes(county.id)),
    townships: await deps.divisionsStore.listByLevel(county.id, 'township'),
  };
}

async function addClasses(deps: Deps, classes: readonly DemoClass[]): Promise<void> {
  await deps.transact(systemActor('演示'), async (tx) => {
    const added = await deps.classHistory.addHistoric(
      tx,
      classes.map((one) => one.historic),
    );
    await deps.attendance.addHistoric(tx, attendanceOf(added, classes));
  });
}
