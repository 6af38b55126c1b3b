import { expect } from 'chai';
import { civilDay, type CivilDay } from '../../server/platform/civilDays.js';
import { Forbidden, NotFound } from '../../server/platform/errors.js';
import { newId } from '../../server/platform/ids.js';
import { systemScope } from '../../server/platform/scope.js';
import { grantScope } from '../../server/platform/scope.js';
import { systemActor, type Tx } from '../../server/platform/transactions.js';
import { slot } from '../../server/trainings/slots.rules.js';
import type { ClassPlan, TrainingClass } from '../../server/trainings/trainingClass.rules.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { planOf } from '../support/classes.js';

const all = systemScope('test');

describe('who sees and enters training classes', () => {
  let at: TestApp;
  before(async () => {
    at = await startTestApp();
  });
  after(() => at.close());

  const run = <T>(useCase: (tx: Tx) => Promise<T>): Promise<T> => at.deps.transact(systemActor('test'), useCase);
  const scopeOf = (...divisionIds: string[]) => grantScope({ kind: 'divisions', divisionIds });
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

  it('shows a draft to its owner only, a published class to whom it invites, and each county its own people', async () => {
    const { county, otherCounty, township, city } = at.fixture;
    const draft = await run((tx) => at.deps.classes.create(tx, all, plan({ audience: [county.id] }, ['2026-12-23', '2026-12-23'])));
    if (!draft.ok) throw new Error('not saved');
    const { id } = draft.trainingClass;
    expect(await at.deps.classes.find(scopeOf(county.id), id)).to.equal(null);
    expect((await at.deps.classes.find(scopeOf(city.id), id))?.id).to.equal(id);
    await run((tx) => at.deps.classes.act(tx, all, { id, version: 1, action: 'PUBLISH', reason: '' }));
    for (const scope of [scopeOf(county.id), scopeOf(township.id)]) expect((await at.deps.classes.find(scope, id))?.id).to.equal(id);
    expect(await at.deps.classes.find(scopeOf(otherCounty.id), id)).to.equal(null);
    expect(await at.deps.classes.managedById(scopeOf(county.id), id).catch((error: unknown) => error)).to.be.instanceOf(Forbidden);
    expect(await at.deps.classes.managedById(scopeOf(otherCounty.id), id).catch((error: unknown) => error)).to.be.instanceOf(NotFound);
  });

  it('leaves out who is not invited, and lets a county put forward its own people only', async () => {
    const { county, otherCounty, workers } = at.fixture;
    const mine = workers.filter((worker) => worker.divisionPath.includes(county.id)).at(-2)!;
    const foreign = workers.filter((worker) => worker.divisionPath.includes(otherCounty.id)).at(-2)!;
    const of = await made({ audience: [county.id] }, ['2026-12-24', '2026-12-24']);
    const nominees = [mine, foreign].map((worker, i) => ({ workerId: worker.id, rank: i + 1, reason: '' }));
    const byCounty = await run((tx) => at.deps.nominations.nominate(tx, scopeOf(county.id), { classId: of.id, nominees, confirm: false }));
    expect([byCounty.nominated.map((one) => one.workerId), byCounty.leftOut]).to.deep.equal([[mine.id], []]);
    const byCity = await nominate(of.id, [foreign.id], true);
    expect(byCity.leftOut[0]?.problem.key).to.equal('trainings.nominate.notInvited');
    expect(await at.deps.enrolments.ofClass(scopeOf(otherCounty.id), of.id)).to.deep.equal([]);
    const confirm = run((tx) =>
      at.deps.enrolments.act(tx, scopeOf(county.id), { id: byCounty.nominated[0]!.id, action: 'CONFIRM', reason: '' }),
    );
    expect(await confirm.catch((error: unknown) => error)).to.be.instanceOf(Forbidden);
  });

  it('adds a walk-in beyond the capacity, and promotes a waiting person only while there is a seat', async () => {
    const [seated, waiting, walkIn] = at.fixture.workers.slice(47);
    const of = await made({ capacity: 1 }, ['2026-12-25', '2026-12-25']);
    const result = await nominate(of.id, [seated!.id, waiting!.id], true);
    const added = await run((tx) => at.deps.enrolments.addWalkIn(tx, all, { classId: of.id, workerId: walkIn!.id, peopleScope: all }));
    expect([added.ok, (await at.deps.classes.byId(all, of.id)).takenSeats]).to.deep.equal([true, 2]);
    const full = await run((tx) => at.deps.enrolments.act(tx, all, { id: result.waitlisted[0]!.id, action: 'PROMOTE', reason: '' }));
    expect(full.ok ? '' : full.problem.key).to.equal('trainings.place.full');
    for (const place of await at.deps.enrolments.ofClass(all, of.id, ['CONFIRMED'])) {
      await run((tx) => at.deps.enrolments.act(tx, all, { id: place.id, action: 'WITHDRAW', reason: '病假' }));
    }
    const promoted = await run((tx) => at.deps.enrolments.act(tx, all, { id: result.waitlisted[0]!.id, action: 'PROMOTE', reason: '' }));
    expect(promoted.ok && promoted.enrolment.state).to.equal('CONFIRMED');
  });

  it('takes over past classes in bulk, with people, states and half-days', async () => {
    const people = at.fixture.workers.slice(0, 10);
    const rows = ['2025-03-04', '2025-06-10'].map((day) => ({
      plan: plan({}, [day, day]),
      state: 'CLOSED' as const,
      publishedAt: new Date('2025-01-01'),
      closedAt: new Date('2025-07-01'),
      people: people.map((worker) => ({ worker, state: 'COMPLETED' as const, assessment: 'PASSED' as const })),
    }));
    const added = await run((tx) => at.deps.classHistory.addHistoric(tx, rows));
    expect(added.map((one) => [one.trainingClass.year, one.trainingClass.takenSeats, one.enrolments.length])).to.deep.equal([
      [2025, 10, 10],
      [2025, 10, 10],
    ]);
    const places = (await at.deps.enrolments.participationsOf([people[0]!.id])).get(people[0]!.id) ?? [];
    expect(places.filter((place) => place.state === 'COMPLETED' && place.classState === 'CLOSED')).to.have.length(2);
  });

  it('enters a class held elsewhere with who completed it and what it was worth, and strikes who was entered by mistake', async () => {
    const [one, other] = at.fixture.workers.slice(50);
    const days: [string, string] = ['2026-05-11', '2026-05-12'];
    const people = [
      { workerId: one!.id, creditMinutes: null },
      { workerId: other!.id, creditMinutes: 100 },
    ];
    const outcome = await run((tx) =>
      at.deps.externalClasses.record(tx, all, plan({ external: true, tier: 'PROVINCE', evidence: '结业证书' }, days), people),
    );
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    const { id } = outcome.trainingClass;
    const credits = await at.deps.externalClasses.creditsOf(id);
    const minutes = credits.map((credit) => credit.credits.map((part) => part.minutes)).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
    expect(minutes).to.deep.equal([
      [25, 25, 25, 25],
      [240, 240, 240, 240],
    ]);
    const event = await at.deps.db.collection('outbox').findOne({ name: 'class.closed', objectId: id });
    expect([...((event?.['workerIds'] as string[] | undefined) ?? [])].sort()).to.deep.equal([one!.id, other!.id].sort());
    const twice = await run((tx) => at.deps.externalClasses.record(tx, all, plan({ external: true }, days), [people[0]!]));
    expect(twice.ok ? '' : twice.problems[0]?.key).to.equal('trainings.place.busy');
    const place = credits.find((credit) => credit.workerId === one!.id)!;
    await run((tx) => at.deps.externalClasses.strike(tx, all, { id, version: 1, enrolmentId: place.enrolmentId, reason: '同名' }));
    expect(await at.deps.externalClasses.creditsOf(id)).to.have.length(1);
    await run((tx) => at.deps.externalClasses.addCompleted(tx, all, { id, version: 2 }, [people[0]!]));
    expect(await at.deps.externalClasses.creditsOf(id)).to.have.length(2);
    const ahead = await run((tx) =>
      at.deps.externalClasses.record(tx, all, plan({ external: true }, ['2026-12-28', '2026-12-28']), [people[0]!]),
    );
    expect(ahead.ok ? '' : ahead.problems[0]?.key).to.equal('trainings.class.lastDay.notYet');
  });

  it('names field and mend of a plan that cannot be', async () => {
    const session = (at: string, creditMinutes = 240) => ({
      id: newId(),
      slot: slot(at),
      title: '课',
      form: 'LECTURE' as const,
      lecturer: '',
      creditMinutes,
      counted: true,
    });
    const problemsOf = async (changes: Partial<ClassPlan>, days?: [string, string]): Promise<string[]> => {
      const outcome = await run((tx) => at.deps.classes.create(tx, all, plan(changes, days)));
      return outcome.ok ? [] : outcome.problems.map((problem) => `${problem.field} ${problem.key}`);
    };
    expect(await problemsOf({ lastDay: civilDay('2026-12-01') })).to.deep.equal(['lastDay trainings.class.lastDay.beforeFirst']);
    expect(await problemsOf({ sessions: [session('2026-12-20-AM')] })).to.deep.equal(['sessions trainings.class.sessions.outside']);
    expect(await problemsOf({ sessions: [session('2026-12-08-AM'), session('2026-12-08-AM')] })).to.deep.equal([
      'sessions trainings.class.sessions.twice',
    ]);
    expect(await problemsOf({ sessions: [session('2026-12-08-AM', 300)] })).to.deep.equal(['sessions trainings.class.sessions.tooMuch']);
    expect(await problemsOf({ sessions: [] })).to.deep.equal(['sessions trainings.class.sessions.none']);
    expect(await problemsOf({}, ['2028-03-01', '2028-03-01'])).to.deep.equal(['firstDay trainings.class.firstDay.year']);
    expect(await problemsOf({ nominateBy: '2026-12-10' as CivilDay })).to.deep.equal(['nominateBy trainings.class.nominateBy.afterStart']);
    const quotas = [{ divisionId: at.fixture.county.id, seats: 66 }];
    expect(await problemsOf({ capacity: 60, quotas })).to.deep.equal(['seats trainings.class.seats.over']);
  });
});
