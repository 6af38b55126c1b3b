import { expect } from 'chai';
import { load, type CheerioAPI } from 'cheerio';
import type { MarkInput, RollOutcome } from '../../server/attendance/rolls.service.js';
import type { Mark } from '../../server/attendance/completion.rules.js';
import { civilDay, startOfDay } from '../../server/platform/civilDays.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor, type Tx } from '../../server/platform/transactions.js';
import type { ClassPlan, Enrolment, TrainingClass } from '../../server/trainings/trainingClass.rules.js';
import { testNow, type Agent, type TestApp } from '../support/app.js';
import { planOf } from '../support/classes.js';

const all = systemScope('test');

/** A class with people in it. */
export interface Hall {
  readonly of: TrainingClass;
  /** By pinyin of the name, as the roll lists them. */
  readonly places: readonly Enrolment[];
}

/** One press. */
export function press(place: Enrolment, mark: Mark, more: Partial<MarkInput> = {}): MarkInput {
  return { enrolmentId: place.id, mark, late: false, leftEarly: false, ...more };
}

/** Classes of the fixture's teacher, each with people who sit in no other class of the file. */
export function teachersHalls(at: TestApp) {
  let next = 0;
  return (people: number, days: [string, string], changes: Partial<ClassPlan> = {}): Promise<Hall> => {
    next += people;
    const ids = at.fixture.workers.slice(next - people, next).map((worker) => worker.id);
    const teacher = { teacherAccountId: at.fixture.accounts['teacher'] ?? null, teacherName: '孟晓东' };
    return attendanceActs(at).hall(ids, days, { ...teacher, ...changes });
  };
}

/** The address of a half-day of a class. */
export const here = (hall: Hall, session: number): string => `/classes/${hall.of.id}/sessions/${hall.of.sessions[session]!.id}`;

/** A page that is there. */
export async function open(agent: Agent, address: string): Promise<CheerioAPI> {
  const answer = await agent.get(address);
  expect(answer.status, address).to.equal(200);
  return load(answer.text);
}

/** Roll call and closing as the services do them. */
export function attendanceActs(at: TestApp) {
  const { deps, fixture } = at;

  /** Runs a command as an account of the fixture. */
  const as = <T>(login: string, useCase: (tx: Tx) => Promise<T>): Promise<T> =>
    deps.transact({ ...systemActor(login), accountId: fixture.accounts[login] ?? null }, useCase);

  const counted = (hall: Hall, session: number) => ({ classId: hall.of.id, sessionId: hall.of.sessions[session]!.id });

  const acts = {
    as,

    /** A published class of the city on two days, four half-days of 240 credit minutes each, with confirmed places. */
    async hall(workerIds: readonly string[], days: [string, string], changes: Partial<ClassPlan> = {}): Promise<Hall> {
      // people are put forward on the day before; then it is the test's day again
      at.setNow(new Date(startOfDay(civilDay(days[0])).getTime() - 3_600_000));
      const made = await as('city', async (tx) => {
        const created = await deps.classes.create(tx, all, planOf(fixture, changes, days));
        if (!created.ok) throw new Error(JSON.stringify(created.problems));
        const { id } = created.trainingClass;
        await deps.classes.act(tx, all, { id, version: 1, action: 'PUBLISH', reason: '' });
        const nominees = workerIds.map((workerId, index) => ({ workerId, rank: index + 1, reason: '' }));
        const result = await deps.nominations.nominate(tx, all, { classId: id, nominees, confirm: true });
        if (result.leftOut.length > 0) throw new Error(JSON.stringify(result.leftOut));
        return { of: await deps.classes.byId(all, id, tx), places: await deps.enrolments.ofClass(all, id, undefined, tx) };
      });
      at.setNow(testNow);
      return made;
    },

    mark: (hall: Hall, session: number, inputs: readonly MarkInput[], login = 'city'): Promise<RollOutcome> =>
      as(login, (tx) => deps.rollCalls.mark(tx, all, { ...counted(hall, session), inputs })),
    fillRest: (hall: Hall, session: number, login = 'city') => as(login, (tx) => deps.rollCalls.fillRest(tx, all, counted(hall, session))),
    undo: (hall: Hall, session: number, login = 'city') => as(login, (tx) => deps.rollCalls.undo(tx, all, counted(hall, session))),
    submit: (hall: Hall, session: number, login = 'city') => as(login, (tx) => deps.rollCalls.submit(tx, all, counted(hall, session))),
    correct: (hall: Hall, session: number, input: MarkInput & { madeUp: boolean }, reason = '点名时看错了行') =>
      as('city', (tx) => deps.rollCalls.correct(tx, all, { ...counted(hall, session), input, reason })),

    /** The marks in force of a session by name. */
    async rollOf(hall: Hall, session: number): Promise<Record<string, string>> {
      const roll = await deps.rollCalls.roll(all, counted(hall, session));
      return Object.fromEntries(
        roll.places.flatMap((place) => (roll.marks.has(place.id) ? [[place.name, roll.marks.get(place.id)!.mark]] : [])),
      );
    },

    /** Everybody present in every session but for some marks, and all rolls handed in. */
    async attend(hall: Hall, missed: readonly { session: number; input: MarkInput }[] = []): Promise<void> {
      for (const session of hall.of.sessions.keys()) {
        const own = missed.filter((one) => one.session === session).map((one) => one.input);
        if (own.length > 0) await acts.mark(hall, session, own);
        await acts.fillRest(hall, session);
        const outcome = await acts.submit(hall, session);
        if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
      }
    },

    close: async (hall: Hall) =>
      as('city', async (tx) =>
        deps.closing.close(tx, all, { id: hall.of.id, version: (await deps.classes.byId(all, hall.of.id, tx)).version }),
      ),
    reopen: async (hall: Hall) =>
      as('city', async (tx) =>
        deps.closing.reopen(tx, all, {
          id: hall.of.id,
          version: (await deps.classes.byId(all, hall.of.id, tx)).version,
          reason: '漏记一次补课',
        }),
      ),

    /** Credit minutes of a year in all buckets. */
    async minutesOf(workerId: string, year = 2026): Promise<number> {
      const hours = (await deps.attendance.hoursFor([workerId], year)).get(workerId)!;
      return Object.values(hours).reduce((sum, minutes) => sum + minutes, 0);
    },
  };
  return acts;
}
