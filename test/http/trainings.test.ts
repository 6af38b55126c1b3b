import { expect } from 'chai';
import { civilDay } from '../../server/platform/civilDays.js';
import { Conflict } from '../../server/platform/errors.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor, type Tx } from '../../server/platform/transactions.js';
import type { ClassPlan, TrainingClass } from '../../server/trainings/trainingClass.rules.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { planOf } from '../support/classes.js';

const all = systemScope('test');

describe('training classes under rivals', () => {
  let at: TestApp;
  before(async () => {
    at = await startTestApp();
  });
  after(() => at.close());

  const run = <T>(useCase: (tx: Tx) => Promise<T>): Promise<T> => at.deps.transact(systemActor('test'), useCase);
  const plan = (changes: Partial<ClassPlan>, days: [string, string] = ['2026-12-08', '2026-12-09']): ClassPlan =>
    planOf(at.fixture, changes, days);

  async function made(changes: Partial<ClassPlan> = {}, days: [string, string] = ['2026-12-08', '2026-12-09']): Promise<TrainingClass> {
    return run(async (tx) => {
      const created = await at.deps.classes.create(tx, all, plan(changes, days));
      if (!created.ok) throw new Error(JSON.stringify(created.problems));
      const published = await at.deps.classes.act(tx, all, { id: created.trainingClass.id, version: 1, action: 'PUBLISH', reason: '' });
      if (!published.ok) throw new Error(JSON.stringify(published.problems));
      return published.trainingClass;
    });
  }

  const nominate = (classId: string, workerIds: readonly string[], confirm = false) =>
    run((tx) =>
      at.deps.nominations.nominate(tx, all, {
        classId,
        nominees: workerIds.map((workerId, i) => ({ workerId, rank: i + 1, reason: 'UNARRANGED' })),
        confirm,
      }),
    );

  it('gives the last seats to as many rivals as there are seats, and the rest wait', async () => {
    const { workers } = at.fixture;
    const of = await made({ capacity: 5 }, ['2026-12-01', '2026-12-01']);
    const results = await Promise.all(workers.slice(0, 20).map((worker) => nominate(of.id, [worker.id])));
    expect(results.flatMap((one) => one.nominated)).to.have.length(5);
    expect(results.flatMap((one) => one.waitlisted)).to.have.length(15);
    const after = await at.deps.classes.byId(all, of.id);
    expect(after.takenSeats).to.equal(5);
    const counts = (await at.deps.enrolments.countByState(all, [of.id])).get(of.id);
    expect(counts).to.deep.equal({ NOMINATED: 5, WAITLISTED: 15 });
  });

  it('keeps the seats of each county apart, also under rivals', async () => {
    const { workers, county, otherCounty } = at.fixture;
    const quotas = [
      { divisionId: county.id, seats: 2 },
      { divisionId: otherCounty.id, seats: 3 },
    ];
    const of = await made({ capacity: 5, quotas, audience: [county.id, otherCounty.id] }, ['2026-12-02', '2026-12-02']);
    const own = workers.filter((worker) => worker.divisionPath.includes(county.id)).slice(0, 6);
    const results = await Promise.all(own.map((worker) => nominate(of.id, [worker.id])));
    expect(results.flatMap((one) => one.nominated)).to.have.length(2);
    expect((await at.deps.classes.byId(all, of.id)).takenSeats).to.equal(2);
  });

  it('gives one person one place in a half-day, whoever is first', async () => {
    const person = at.fixture.workers[30]!;
    const [one, other] = [await made({}, ['2026-12-08', '2026-12-09']), await made({}, ['2026-12-09', '2026-12-10'])];
    const results = await Promise.all([nominate(one.id, [person.id]), nominate(other.id, [person.id])]);
    expect(results.flatMap((result) => result.nominated)).to.have.length(1);
    const [leftOut] = results.flatMap((result) => result.leftOut);
    expect(leftOut?.problem).to.deep.include({ key: 'trainings.nominate.busy' });
    expect(leftOut?.name).to.equal(person.name);
  });

  it('refuses who is in already, and takes up who withdrew', async () => {
    const person = at.fixture.workers[31]!;
    const of = await made({}, ['2026-12-03', '2026-12-03']);
    const first = await nominate(of.id, [person.id], true);
    expect(first.nominated[0]?.state).to.equal('CONFIRMED');
    expect((await nominate(of.id, [person.id])).leftOut[0]?.problem.key).to.equal('trainings.nominate.alreadyIn');
    const id = first.nominated[0]!.id;
    const left = await run((tx) => at.deps.enrolments.act(tx, all, { id, action: 'WITHDRAW', reason: '家里有事' }));
    expect(left.ok && left.enrolment.slots).to.deep.equal([]);
    expect((await at.deps.classes.byId(all, of.id)).takenSeats).to.equal(0);
    const again = await nominate(of.id, [person.id]);
    expect([again.nominated[0]?.id, again.nominated[0]?.state]).to.deep.equal([id, 'NOMINATED']);
  });

  it('closes nominations after the last day for them and after the class began, but not to its owner', async () => {
    const [one, two, three] = at.fixture.workers.slice(32);
    const of = await made({ nominateBy: civilDay('2026-11-20') }, ['2026-12-04', '2026-12-04']);
    expect((await nominate(of.id, [one!.id])).leftOut[0]?.problem.key).to.equal('trainings.nominate.tooLate');
    expect((await nominate(of.id, [two!.id], true)).nominated).to.have.length(1);
    at.setNow(new Date('2026-12-05T02:00:00Z'));
    try {
      expect((await nominate(of.id, [three!.id], true)).leftOut[0]?.problem.key).to.equal('trainings.nominate.begun');
    } finally {
      at.setNow(new Date('2026-11-24T02:00:00Z'));
    }
  });

  it('moves half-days and dates of every place with the class, or names who is busy then', async () => {
    const [mover, busy] = at.fixture.workers.slice(35);
    const of = await made({}, ['2026-12-14', '2026-12-14']);
    const other = await made({}, ['2026-12-16', '2026-12-16']);
    await nominate(of.id, [mover!.id, busy!.id], true);
    await nominate(other.id, [busy!.id], true);
    const dates = (day: string) => ({
      firstDay: civilDay(day),
      lastDay: civilDay(day),
      nominateBy: null,
      sessions: plan({}, [day, day]).sessions,
    });
    const again = await at.deps.classes.byId(all, of.id);
    const refused = await run((tx) =>
      at.deps.classes.reschedule(tx, all, { id: of.id, version: again.version, dates: dates('2026-12-16'), reason: '停电' }),
    );
    expect(refused.ok ? [] : refused.problems).to.deep.equal([
      { field: 'firstDay', key: 'trainings.class.peopleBusy', values: { names: busy!.name, n: 1 } },
    ]);
  });

  it('reschedules a postponed class and puts it on again', async () => {
    const person = at.fixture.workers[37]!;
    const of = await made({}, ['2026-12-17', '2026-12-17']);
    await nominate(of.id, [person.id], true);
    const postponed = await run((tx) =>
      at.deps.classes.act(tx, all, { id: of.id, version: of.version, action: 'POSTPONE', reason: '场地停电' }),
    );
    expect(postponed.ok && postponed.trainingClass.state).to.equal('POSTPONED');
    expect((await nominate(of.id, [at.fixture.workers[38]!.id])).leftOut[0]?.problem.key).to.equal('trainings.nominate.notOpen');
    const sessions = plan({}, ['2027-01-05', '2027-01-05']).sessions;
    const dates = { firstDay: civilDay('2027-01-05'), lastDay: civilDay('2027-01-05'), nominateBy: null, sessions };
    const moved = await run((tx) => at.deps.classes.reschedule(tx, all, { id: of.id, version: of.version + 1, dates, reason: '改到一月' }));
    expect(moved.ok && [moved.trainingClass.state, moved.trainingClass.year]).to.deep.equal(['PUBLISHED', 2027]);
    const [place] = await at.deps.enrolments.ofClass(all, of.id);
    expect([place?.firstDay, place?.year, place?.classState]).to.deep.equal(['2027-01-05', 2027, 'PUBLISHED']);
    expect(place?.slots).to.deep.equal(['2027-01-05-AM', '2027-01-05-PM']);
  });

  it('cancels a class: seats and half-days of everybody are free again', async () => {
    const people = at.fixture.workers.slice(40, 44).map((worker) => worker.id);
    const of = await made({ capacity: 3 }, ['2026-12-21', '2026-12-21']);
    await nominate(of.id, people, true);
    const outcome = await run((tx) => at.deps.classes.cancel(tx, all, { id: of.id, version: of.version, reason: '人数不足' }));
    expect(outcome.ok).to.equal(true);
    const places = await at.deps.enrolments.ofClass(all, of.id);
    expect(new Set(places.map((place) => place.state))).to.deep.equal(new Set(['WITHDRAWN']));
    expect((await at.deps.classes.byId(all, of.id)).takenSeats).to.equal(0);
    const next = await made({}, ['2026-12-21', '2026-12-21']);
    expect((await nominate(next.id, people)).nominated).to.have.length(4);
  });

  it('refuses a stale version, and capacity below the places that are taken', async () => {
    const of = await made({ capacity: 4 }, ['2026-12-22', '2026-12-22']);
    await nominate(
      of.id,
      at.fixture.workers.slice(44, 47).map((worker) => worker.id),
      true,
    );
    const edited = plan({ capacity: 2 }, ['2026-12-22', '2026-12-22']);
    const small = await run((tx) => at.deps.classes.edit(tx, all, { id: of.id, version: of.version }, edited));
    expect(small.ok ? [] : small.problems.map((one) => one.key)).to.deep.equal(['trainings.class.capacity.taken']);
    const stale = await run((tx) =>
      at.deps.classes.edit(tx, all, { id: of.id, version: of.version - 1 }, plan({ capacity: 9 }, ['2026-12-22', '2026-12-22'])),
    ).catch((error: unknown) => error);
    expect(stale).to.be.instanceOf(Conflict);
  });
});
