import { expect } from 'chai';
import { AppError } from '../../server/platform/errors.js';
import { grantScope, systemScope } from '../../server/platform/scope.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { attendanceActs, press, type Hall } from './attendanceActs.js';

const all = systemScope('test');

describe('taking the roll', () => {
  let at: TestApp;
  let acts: ReturnType<typeof attendanceActs>;
  let next = 0;
  before(async () => {
    at = await startTestApp();
    acts = attendanceActs(at);
  });
  after(() => at.close());

  /** Five people who sit in no other class of this file. */
  async function hall(days: [string, string] = ['2026-11-24', '2026-11-24']): Promise<Hall> {
    next += 5;
    return acts.hall(
      at.fixture.workers.slice(next - 5, next).map((worker) => worker.id),
      days,
    );
  }

  it('keeps every act, takes back the last one of the account, then the one before', async () => {
    const here = await hall();
    const [first, second, third] = here.places;
    await acts.mark(here, 0, [press(first!, 'PRESENT'), press(second!, 'ABSENT')]);
    await acts.mark(here, 0, [press(second!, 'APPROVED_LEAVE')]);
    await acts.mark(here, 0, [press(third!, 'ABSENT')], 'teacher');
    expect(await acts.rollOf(here, 0)).to.deep.equal({
      [first!.name]: 'PRESENT',
      [second!.name]: 'APPROVED_LEAVE',
      [third!.name]: 'ABSENT',
    });
    await acts.undo(here, 0);
    expect(await acts.rollOf(here, 0)).to.deep.equal({ [first!.name]: 'PRESENT', [second!.name]: 'ABSENT', [third!.name]: 'ABSENT' });
    await acts.undo(here, 0);
    expect(await acts.rollOf(here, 0)).to.deep.equal({ [third!.name]: 'ABSENT' });
    const nothing = await acts.undo(here, 0);
    expect(!nothing.ok && nothing.problems[0]?.key).to.equal('attendance.roll.nothingToUndo');
    expect(await at.deps.db.collection('attendance_marks').countDocuments({ classId: here.of.id })).to.be.greaterThan(3);
  });

  it('fills only the blanks with 其余都到, and takes them back as one act', async () => {
    const here = await hall();
    await acts.mark(here, 0, [press(here.places[2]!, 'ABSENT'), press(here.places[3]!, 'PRESENT', { late: true })]);
    const filled = await acts.fillRest(here, 0);
    expect(filled.ok && filled.changed).to.equal(3);
    expect(Object.values(await acts.rollOf(here, 0)).sort()).to.deep.equal(['ABSENT', 'PRESENT', 'PRESENT', 'PRESENT', 'PRESENT']);
    await acts.undo(here, 0);
    expect(Object.keys(await acts.rollOf(here, 0))).to.have.length(2);
  });

  it('loses no mark when two teachers press at once', async () => {
    const here = await hall();
    const presses = here.places.map((place, index) =>
      acts.mark(here, 0, [press(place, index % 2 === 0 ? 'PRESENT' : 'ABSENT')], index % 2 === 0 ? 'city' : 'teacher'),
    );
    for (const outcome of await Promise.all(presses)) expect(outcome.ok && outcome.changed).to.equal(1);
    expect(Object.keys(await acts.rollOf(here, 0))).to.have.length(5);
  });

  it('has one mark in force when two teachers press for the same person at once', async () => {
    const here = await hall();
    const place = here.places[0]!;
    await Promise.all([acts.mark(here, 0, [press(place, 'PRESENT')]), acts.mark(here, 0, [press(place, 'ABSENT')], 'teacher')]);
    const rows = await at.deps.db.collection('attendance_marks').find({ enrolmentId: place.id }).toArray();
    expect(rows).to.have.length(2);
    expect(rows.filter((row) => row['supersededAt'] === null)).to.have.length(1);
  });

  it('lets the mark of a rival stand against a page that did not show it, and says so', async () => {
    const here = await hall();
    const [one, other] = here.places;
    await acts.mark(here, 0, [press(one!, 'ABSENT')], 'teacher');
    const late = await acts.mark(here, 0, [press(one!, 'PRESENT', { seen: '' }), press(other!, 'PRESENT', { seen: '' })]);
    expect(late).to.deep.include({ ok: true, changed: 1 });
    expect(late.ok && late.rivals.map(({ name, byName, mark }) => [name, byName, mark.mark])).to.deep.equal([
      [one!.name, 'teacher', 'ABSENT'],
    ]);
    const knowing = await acts.mark(here, 0, [
      press(one!, 'PRESENT', { seen: 'ABSENT:0:0' }),
      press(other!, 'PRESENT', { late: true, seen: '' }),
    ]);
    expect(knowing).to.deep.include({ ok: true, changed: 2, rivals: [] });
  });

  it('is handed in only when everybody has a mark, naming who has none', async () => {
    const here = await hall();
    await acts.mark(
      here,
      0,
      here.places.slice(1).map((place) => press(place, 'PRESENT')),
    );
    const refused = await acts.submit(here, 0);
    expect(!refused.ok && refused.problems[0]).to.deep.include({
      key: 'attendance.roll.missing',
      values: { n: 1, names: here.places[0]!.name },
    });
    await acts.fillRest(here, 0);
    expect((await acts.submit(here, 0)).ok).to.equal(true);
    const after = await at.deps.enrolments.ofClass(all, here.of.id);
    expect(new Set(after.map((place) => place.state))).to.deep.equal(new Set(['ATTENDED']));
    expect((await at.deps.classes.byId(all, here.of.id)).state).to.equal('IN_PROGRESS');
    const counts = (await at.deps.attendance.countsFor(here.of.id)).get(here.of.sessions[0]!.id);
    expect(counts).to.deep.include({ expected: 5, present: 5, leave: 0, absent: 0 });
    expect(counts?.submitted?.submittedBy).to.equal('city');
  });

  it('never lets a mark slip in beside the submission', async () => {
    const here = await hall(['2026-11-23', '2026-11-24']);
    const place = here.places[0]!;
    for (const session of [0, 1, 2, 3]) {
      await acts.fillRest(here, session);
      const [marked, submitted] = await Promise.all([
        acts.mark(here, session, [press(place, 'ABSENT')], 'teacher'),
        acts.submit(here, session),
      ]);
      expect(submitted.ok).to.equal(true);
      expect((await acts.rollOf(here, session))[place.name]).to.equal(marked.ok ? 'ABSENT' : 'PRESENT');
    }
  });

  it('refuses a half-day that is still to come, and a roll that was handed in', async () => {
    const here = await hall(['2026-11-24', '2026-11-25']);
    const early = await acts.mark(here, 2, [press(here.places[0]!, 'PRESENT')]);
    expect(!early.ok && early.problems[0]).to.deep.include({ key: 'attendance.roll.tooEarly', values: { day: '2026-11-25' } });
    await acts.fillRest(here, 0);
    await acts.submit(here, 0);
    const late = await acts.mark(here, 0, [press(here.places[0]!, 'ABSENT')]);
    expect(!late.ok && late.problems[0]?.key).to.equal('attendance.roll.handedIn');
  });

  it('is corrected with a reason once handed in, and the trail names it', async () => {
    const here = await hall();
    const place = here.places[0]!;
    const early = await acts.correct(here, 0, { ...press(place, 'ABSENT'), madeUp: false });
    expect(!early.ok && early.problems[0]?.key).to.equal('attendance.roll.notHandedIn');
    await acts.fillRest(here, 0);
    await acts.submit(here, 0);
    expect((await acts.correct(here, 0, { ...press(place, 'ABSENT'), madeUp: false })).ok).to.equal(true);
    expect((await acts.rollOf(here, 0))[place.name]).to.equal('ABSENT');
    const row = await at.deps.db.collection('audit_rows').findOne({ action: 'attendance.corrected', objectId: place.id });
    expect(row).to.deep.include({ reason: '点名时看错了行' });
    const same = await acts.correct(here, 0, { ...press(place, 'ABSENT'), madeUp: false });
    expect(!same.ok && same.problems[0]?.key).to.equal('attendance.roll.sameMark');
  });

  it('does not exist outside the class of a teacher and the division of an officer', async () => {
    const here = await hall(['2026-11-24', '2026-11-24']);
    const where = { classId: here.of.id, sessionId: here.of.sessions[0]!.id };
    const own = grantScope({ kind: 'classes', classIds: [here.of.id] });
    expect((await at.deps.rollCalls.roll(own, where)).places).to.have.length(5);
    const foreign = [
      grantScope({ kind: 'classes', classIds: [] }),
      grantScope({ kind: 'divisions', divisionIds: [at.fixture.county.id] }),
      grantScope({ kind: 'self', workerId: here.places[0]!.workerId }),
    ];
    for (const scope of foreign) {
      const error: unknown = await at.deps.rollCalls.roll(scope, where).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(error instanceof AppError && error.status).to.be.oneOf([403, 404]);
    }
  });
});
