import { load } from 'cheerio';
import { addDays, civilDay } from '../../server/platform/civilDays.js';
import { newId } from '../../server/platform/ids.js';
import { halves, slotOf } from '../../server/trainings/slots.rules.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import type { ClassPlan, TrainingClass } from '../../server/trainings/trainingClass.rules.js';
import { formOf, type Agent, type TestApp } from './app.js';
import type { Fixture } from './fixture.js';

/** A county-tier class of the city for both counties, full half-days of four 学时 on each day between two. */
export function planOf(fixture: Fixture, changes: Partial<ClassPlan>, [first, last]: [string, string]): ClassPlan {
  const days = [];
  for (let day = civilDay(first); day <= civilDay(last); day = addDays(day, 1)) days.push(day);
  const sessions = days.flatMap((day) =>
    halves.map((half) => ({
      id: newId(),
      slot: slotOf(day, half),
      title: '网格化管理与减负清单落实',
      form: 'LECTURE' as const,
      lecturer: '刘建军',
      creditMinutes: 240,
      counted: true,
    })),
  );
  return {
    name: '县级兜底第 8 期',
    tier: 'COUNTY',
    purpose: 'CATCH_ALL',
    organiser: '市委社会工作部',
    institution: '市委党校',
    place: '',
    contact: '',
    teacherAccountId: null,
    teacherName: '',
    firstDay: civilDay(first),
    lastDay: civilDay(last),
    sessions,
    capacity: 60,
    quotas: [],
    nominateBy: null,
    ownerDivisionId: fixture.city.id,
    ownerPath: fixture.city.path,
    audience: [],
    audienceGroups: [],
    assessment: false,
    external: false,
    evidence: '',
    noticeNo: '',
    ...changes,
  };
}

const all = systemScope('test');

/** Saves a class of {@link planOf} and, unless it is to stay a draft, publishes it. */
export async function makeClass(at: TestApp, changes: Partial<ClassPlan>, days: [string, string], publish = true): Promise<TrainingClass> {
  return at.deps.transact(systemActor('test'), async (tx) => {
    const created = await at.deps.classes.create(tx, all, planOf(at.fixture, changes, days));
    if (!created.ok) throw new Error(JSON.stringify(created.problems));
    if (!publish) return created.trainingClass;
    const published = await at.deps.classes.act(tx, all, { id: created.trainingClass.id, version: 1, action: 'PUBLISH', reason: '' });
    if (!published.ok) throw new Error(JSON.stringify(published.problems));
    return published.trainingClass;
  });
}

/** Gives people a confirmed place, as the owner of a class does. */
export async function placePeople(at: TestApp, of: TrainingClass, workerIds: readonly string[]): Promise<void> {
  const nominees = workerIds.map((workerId, i) => ({ workerId, rank: i + 1, reason: 'UNARRANGED' }));
  await at.deps.transact(systemActor('test'), (tx) => at.deps.nominations.nominate(tx, all, { classId: of.id, confirm: true, nominees }));
}

/** Opens a page and sends its form with some fields filled. */
export async function sendForm(agent: Agent, address: string, fields: Record<string, string | string[]>, page = address) {
  return agent
    .post(address)
    .type('form')
    .send({ ...(await formOf(agent, page, page === address ? address.split('?')[0] : undefined)), ...fields });
}

/** The lines of the summary of a refused form. */
export function errorsOf(html: string): string[] {
  return load(html)('.error-box li')
    .get()
    .map((one) => load(one).text().trim());
}

/** A download as bytes. */
export async function download(agent: Agent, address: string): Promise<Buffer> {
  const answer = await agent
    .get(address)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => {
        done(null, Buffer.concat(parts));
      });
    });
  return answer.body as Buffer;
}
