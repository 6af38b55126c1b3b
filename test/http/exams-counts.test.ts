import { expect } from 'chai';
import { load } from 'cheerio';
import { levels } from '../../server/certificates/level.rules.js';
import { countIn, examStates } from '../../server/exams/counts.rules.js';
import type { HistoricAttempt } from '../../server/exams/exams.service.js';
import { civilDay } from '../../server/platform/civilDays.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import { startTestApp, type TestApp } from '../support/app.js';

const all = systemScope('test');

describe('counts of exam states', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
    const people = app.fixture.workers;
    await app.deps.transact(systemActor('test'), async (tx) => {
      await app.deps.exams.addHistoric(
        tx,
        people.slice(0, 40).flatMap((worker, index) => attemptsOf(worker, index)),
      );
      await app.deps.examEntries.enter(tx, all, { workerIds: people.slice(30, 45).map((one) => one.id), level: 'ASSISTANT' });
    });
    await app.settle();
    await app.deps.examStandings.rebuild();
  });
  after(() => app.close());

  /** One year or two, one level, one subject failed by every third person, absent from one by every fifth. */
  function attemptsOf(worker: { id: string; divisionPath: readonly string[] }, index: number): HistoricAttempt[] {
    const subjects = index % 2 === 0 ? (['A_COMP', 'A_PRAC'] as const) : (['S_COMP', 'S_LAW', 'S_PRAC'] as const);
    return subjects.map((subject, at) => {
      const sat = !(index % 5 === 0 && at === 0);
      const passed = sat && !(index % 3 === 0 && at === 1);
      return {
        workerId: worker.id,
        divisionPath: worker.divisionPath,
        year: index % 4 === 0 ? 2026 : 2025,
        level: index % 2 === 0 ? 'ASSISTANT' : 'SOCIAL_WORKER',
        subject,
        sat,
        score: sat ? (passed ? 70 : 50) : null,
        passed,
        eligibleThatYear: true,
        decidedOn: civilDay(index % 4 === 0 ? '2026-08-05' : '2025-08-05'),
        source: 'test',
      };
    });
  }

  /** Every state, year and level, kept and counted anew, where the two are not the same. */
  async function differences(divisionId: string): Promise<string[]> {
    const kept = await app.deps.examCounts.of(all, divisionId);
    const asked = examStates.flatMap((state) =>
      [2024, 2025, 2026, 2027].flatMap((year) =>
        [undefined, ...levels].map((level) => ({ state, year, ...(level === undefined ? {} : { level }) })),
      ),
    );
    const lines = await Promise.all(
      asked.map(async (of) => {
        const [rollUp, anew] = [countIn(kept, of), await app.deps.examStandingsStore.count(all, { divisionId, inService: true, ...of })];
        return rollUp === anew ? [] : [`${of.state} ${String(of.year)} ${of.level ?? ''}: kept ${String(rollUp)}, counted ${String(anew)}`];
      }),
    );
    return lines.flat();
  }

  it('are what counting everybody gives, on every level of the tree', async () => {
    const { city, county, communities } = app.fixture;
    for (const division of [city, county, ...communities.slice(0, 3)])
      expect(await differences(division.id), division.name).to.deep.equal([]);
    const kept = await app.deps.examCounts.of(all, city.id);
    const next = await app.deps.examCalendar.coming(app.deps.clock.today());
    for (const state of ['sat', 'qualified', 'partial', 'enteredYear', 'entered', 'notEntered'] as const) {
      expect(countIn(kept, { state, year: state === 'enteredYear' ? next : 2025 }), state).to.be.greaterThan(0);
    }
  });

  it('follow a person to another community and out of service', async () => {
    const [mover] = app.fixture.workers;
    const [from, to] = [mover!.divisionPath.at(-1)!, app.fixture.communities.find((one) => one.id !== mover!.divisionPath.at(-1))!];
    await app.deps.db
      .collection<{ _id: string }>('workers')
      .updateOne({ _id: mover!.id }, { $set: { divisionPath: to.path, divisionId: to.id } });
    await app.deps.examStandings.recompute([mover!.id]);
    for (const id of [from, to.id, app.fixture.city.id]) expect(await differences(id)).to.deep.equal([]);
  });

  it('are what the tabs and the board of targets say', async () => {
    const city = await app.signIn('city');
    const kept = await app.deps.examCounts.of(all, app.fixture.city.id);
    const $ = load((await city.get('/exams?year=2025')).text);
    expect($('.tabs a.on small, .tabs a[aria-current] small').first().text()).to.equal(String(countIn(kept, { state: 'sat', year: 2025 })));
    const last = (await app.deps.examCalendar.coming(app.deps.clock.today())) - 1;
    const board = load((await city.get('/targets')).text);
    expect(
      board(`a[href*="state=couldSit"][href*="year=${String(last)}"]`)
        .first()
        .text(),
    ).to.equal(String(countIn(kept, { state: 'couldSit', year: last })));
  });
});
