import { expect } from 'chai';
import { load } from 'cheerio';
import fc from 'fast-check';
import { systemScope } from '../../server/platform/scope.js';
import { creditsOf } from '../../server/attendance/hours.rules.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { seed } from '../support/property.js';
import { attendanceActs, press, type Hall } from './attendanceActs.js';
import { coverageActs } from './coverageActs.js';

const all = systemScope('test');

describe('closing a class', () => {
  let at: TestApp;
  let acts: ReturnType<typeof attendanceActs>;
  let next = 0;
  before(async () => {
    at = await startTestApp();
    acts = attendanceActs(at);
  });
  after(() => at.close());

  const some = (n: number): readonly string[] => {
    next += n;
    return at.fixture.workers.slice(next - n, next).map((worker) => worker.id);
  };
  const statesOf = async (hall: Hall) =>
    Object.fromEntries((await at.deps.enrolments.ofClass(all, hall.of.id)).map((place) => [place.name, place.state]));
  const ledgerOf = (hall: Hall) => at.deps.db.collection('hours_ledger').find({ classId: hall.of.id }).toArray();

  it('is refused while a roll is not handed in, a mark is missing or nobody was assessed', async () => {
    const hall = await acts.hall(some(3), ['2026-11-23', '2026-11-24'], { assessment: true });
    const rolls = await acts.close(hall);
    expect(!rolls.ok && rolls.problems[0]).to.deep.include({ key: 'attendance.closing.rollsMissing', values: { n: 4 } });
    await acts.attend(hall);
    const [late] = some(1);
    await acts.as('city', (tx) => at.deps.enrolments.addWalkIn(tx, all, { classId: hall.of.id, workerId: late!, peopleScope: all }));
    const marks = await acts.close(hall);
    expect(!marks.ok && marks.problems[0]).to.deep.include({ key: 'attendance.closing.marksMissing' });
    const added = (await at.deps.enrolments.ofClass(all, hall.of.id)).find((place) => place.workerId === late)!;
    for (const session of [0, 1, 2, 3])
      expect((await acts.correct(hall, session, { ...press(added, 'ABSENT'), madeUp: false })).ok).to.equal(true);
    const scores = await acts.close(hall);
    expect(!scores.ok && scores.problems[0]).to.deep.include({ key: 'attendance.closing.assessmentMissing' });
    expect((await at.deps.classes.byId(all, hall.of.id)).state).to.equal('IN_PROGRESS');
    expect(await ledgerOf(hall)).to.deep.equal([]);
  });

  it('writes results, hours and the policy rows they stand on', async () => {
    const hall = await acts.hall(some(4), ['2026-11-23', '2026-11-24']);
    const [whole, leave, absent, never] = hall.places;
    const missed = [
      { session: 1, input: press(leave!, 'APPROVED_LEAVE') },
      { session: 2, input: press(absent!, 'ABSENT') },
      ...[0, 1, 2, 3].map((session) => ({ session, input: press(never!, 'ABSENT') })),
    ];
    await acts.attend(hall, missed);
    expect(await acts.close(hall)).to.deep.equal({ ok: true, completed: 2, notCompleted: 2 });
    expect(await statesOf(hall)).to.deep.equal({
      [whole!.name]: 'COMPLETED',
      [leave!.name]: 'COMPLETED',
      [absent!.name]: 'FAILED',
      [never!.name]: 'ABSENT',
    });
    expect(await Promise.all(hall.places.map((place) => acts.minutesOf(place.workerId)))).to.deep.equal([960, 720, 720, 0]);
    const [closing] = await at.deps.closing.closingsOf(hall.of.id);
    const rows = await at.deps.db
      .collection<{ _id: string }>('policies')
      .find({ _id: { $in: [...closing!.policyRowIds] } })
      .toArray();
    expect(rows.map((row) => (row as unknown as { kind: string }).kind).sort()).to.deep.equal([
      'attendance.completion',
      'attendance.hours',
    ]);
    expect(closing!.results.find((one) => one.enrolmentId === absent!.id)).to.deep.include({
      state: 'FAILED',
      problems: ['ABSENT'],
      attendedMinutes: 720,
    });
    const history = load((await (await at.signIn('city')).get(`/workers/${never!.workerId}`)).text);
    // hours of a class that one never came to are not hours of one's own
    expect(history('.timeline li:contains("未到班")').text()).to.include('市委社会工作部').and.not.include('学时');
    const refused = await acts.correct(hall, 2, { ...press(absent!, 'PRESENT'), madeUp: false });
    expect(!refused.ok && refused.problems[0]?.key).to.equal('attendance.roll.classOver');
  });

  it('is taken back by reversals that sum to nothing, and counts once when closed again after a make-up', async () => {
    const hall = await acts.hall(some(2), ['2026-11-23', '2026-11-24']);
    const [one] = hall.places;
    await acts.attend(hall, [{ session: 3, input: press(one!, 'ABSENT') }]);
    await acts.close(hall);
    expect((await statesOf(hall))[one!.name]).to.equal('FAILED');
    await acts.reopen(hall);
    expect((await ledgerOf(hall)).reduce((sum, row) => sum + Number(row['minutes']), 0)).to.equal(0);
    expect((await statesOf(hall))[one!.name]).to.equal('ATTENDED');
    expect((await at.deps.closing.closingsOf(hall.of.id))[0]).to.deep.include({ reopenReason: '漏记一次补课', reopenedBy: 'city' });
    await acts.correct(hall, 3, { ...press(one!, 'ABSENT'), madeUp: true }, '12-01 到第 4 期补课');
    await acts.close(hall);
    expect((await statesOf(hall))[one!.name]).to.equal('COMPLETED');
    expect(await acts.minutesOf(one!.workerId)).to.equal(960);
  });

  it('credits once when two close at the same time', async () => {
    const hall = await acts.hall(some(2), ['2026-11-23', '2026-11-24']);
    await acts.attend(hall);
    const outcomes = await Promise.all([acts.close(hall), acts.close(hall)]);
    expect(outcomes.filter((outcome) => outcome.ok)).to.have.length(1);
    expect(await acts.minutesOf(hall.places[0]!.workerId)).to.equal(960);
    expect(await at.deps.closing.closingsOf(hall.of.id)).to.have.length(1);
  });

  it('never credits a mark that was corrected meanwhile', async () => {
    const hall = await acts.hall(some(2), ['2026-11-23', '2026-11-24']);
    const place = hall.places[0]!;
    await acts.attend(hall);
    const [corrected, closed] = await Promise.all([acts.correct(hall, 0, { ...press(place, 'ABSENT'), madeUp: false }), acts.close(hall)]);
    expect(closed.ok).to.equal(true);
    expect(await acts.minutesOf(place.workerId)).to.equal(corrected.ok ? 720 : 960);
  });

  it('leaves nothing behind when it breaks off before the end', async () => {
    const hall = await acts.hall(some(2), ['2026-11-23', '2026-11-24']);
    await acts.attend(hall);
    const before = await statesOf(hall);
    const broken = acts.as('city', async (tx) => {
      const { version } = await at.deps.classes.byId(all, hall.of.id, tx);
      await at.deps.closing.close(tx, all, { id: hall.of.id, version });
      throw new Error('the lights went out');
    });
    expect(
      await broken.then(
        () => '',
        (error: unknown) => String(error),
      ),
    ).to.include('the lights went out');
    expect(await statesOf(hall)).to.deep.equal(before);
    expect(await ledgerOf(hall)).to.deep.equal([]);
    expect((await at.deps.classes.byId(all, hall.of.id)).state).to.equal('IN_PROGRESS');
  });

  it('keeps the ledger at what the marks are worth, whatever the order of closing, reopening and correcting', async function () {
    this.timeout(60_000);
    const hall = await acts.hall(some(2), ['2026-11-23', '2026-11-24']);
    await acts.attend(hall);
    const marks = ['PRESENT', 'APPROVED_LEAVE', 'ABSENT'] as const;
    const act = fc.oneof(
      fc.constant({ kind: 'close' as const }),
      fc.constant({ kind: 'reopen' as const }),
      fc.record({ kind: fc.constant('correct' as const), session: fc.nat(3), mark: fc.constantFrom(...marks), madeUp: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), async (steps) => {
        for (const step of steps) {
          if (step.kind === 'close') await acts.close(hall);
          else if (step.kind === 'reopen') await acts.reopen(hall);
          else await acts.correct(hall, step.session, { ...press(hall.places[0]!, step.mark), madeUp: step.madeUp });
        }
        const { state } = await at.deps.classes.byId(all, hall.of.id);
        const byPlace = await at.deps.attendance.marksOf(hall.of.id);
        for (const place of hall.places) {
          const lines = creditsOf(hall.of.sessions, byPlace.get(place.id) ?? [], { completed: false, requireCompletion: false });
          const worth = state === 'CLOSED' ? lines.reduce((sum, line) => sum + line.minutes, 0) : 0;
          expect(await acts.minutesOf(place.workerId)).to.equal(worth);
        }
      }),
      { seed, numRuns: 12 },
    );
  });

  it('writes the hours of a class held elsewhere once, however often the event comes', async () => {
    const [workerId] = some(1);
    const of = await coverageActs(at).complete([workerId!], ['2026-05-11', '2026-05-12']);
    expect(await acts.minutesOf(workerId!)).to.equal(960);
    await at.deps.db
      .collection('outbox')
      .updateMany({ objectId: of.id, name: 'class.closed' }, { $set: { doneAt: null, dueAt: new Date(0) } });
    await at.settle();
    expect(await acts.minutesOf(workerId!)).to.equal(960);
    expect(await at.deps.db.collection('hours_ledger').countDocuments({ classId: of.id })).to.equal(1);
  });
});
