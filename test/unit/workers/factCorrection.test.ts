import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, civilDay, type CivilDay } from '../../../server/platform/civilDays.js';
import { appointmentFact, statusFact, type NewPost, type Stamp } from '../../../server/workers/careers.rules.js';
import { planCorrection } from '../../../server/workers/factCorrection.rules.js';
import { findHistoryProblem } from '../../../server/workers/service.rules.js';
import { holdsForAll } from '../../support/property.js';

const stamp: Stamp = { now: new Date('2026-11-24T02:00:00Z'), today: civilDay('2026-11-24'), by: '王秀兰' };
const because = { reason: '测试', importId: null };
const post: NewPost = {
  divisionId: 'a',
  divisionPath: ['city', 'a'],
  divisionCode: 'a',
  post: 'GRID_WORKER',
  postClass: 'STAFF',
  kind: 'REGULAR',
  source: null,
};

/** A person with a post that changed on some days, one after the other. */
function standing(days: readonly CivilDay[]) {
  const appointments = days.map((day, index) => ({
    ...appointmentFact('w', { post, day, ...because }, stamp),
    to: days[index + 1] ?? null,
  }));
  const statuses = [statusFact('w', { status: 'IN_SERVICE', day: days[0]!, ...because }, stamp)];
  const worker = {
    id: 'w',
    ...post,
    isDualPost: false,
    postSince: days.at(-1)!,
    status: 'IN_SERVICE',
    entryDate: days[0]!,
    inServiceSince: days[0]!,
  } as const;
  return { worker, appointments, statuses };
}

describe('Corrections of facts', () => {
  const [first, second, third] = [civilDay('2020-03-16'), civilDay('2024-05-01'), civilDay('2026-11-01')];

  it('move the seam: the fact before ends on the new day, both are superseded and stay', () => {
    const person = standing([first, second, third]);
    const plan = planCorrection(person, { factId: person.appointments[1]!.id, from: civilDay('2024-06-15'), post, reason: '' }, stamp);
    expect(plan.ok && plan.added.appointments.map(({ from, to }) => [from, to])).to.deep.equal([
      [first, '2024-06-15'],
      ['2024-06-15', third],
    ]);
    expect(plan.ok && plan.superseded.appointmentIds).to.have.members([person.appointments[0]!.id, person.appointments[1]!.id]);
    expect(plan.ok && plan.since).to.equal(second);
  });

  it('refuse to swallow a neighbour', () => {
    const person = standing([first, second, third]);
    const at = (from: CivilDay) => planCorrection(person, { factId: person.appointments[1]!.id, from, post, reason: '' }, stamp);
    expect(at(first)).to.deep.equal({ ok: false, problem: { kind: 'BEFORE', earlier: first } });
    expect(at(third)).to.deep.equal({ ok: false, problem: { kind: 'EMPTY', to: third } });
  });

  it('know nothing of a fact that does not stand', () => {
    const person = standing([first]);
    expect(planCorrection(person, { factId: 'x', from: first, post, reason: '' }, stamp)).to.deep.equal({
      ok: false,
      problem: { kind: 'NOT_THERE' },
    });
  });

  it('correct a status, and the entry date with it', () => {
    const person = standing([first]);
    const plan = planCorrection(
      person,
      { factId: person.statuses[0]!.id, from: civilDay('2020-02-01'), status: 'PROBATION', reason: '' },
      stamp,
    );
    expect(plan.ok && plan.projection).to.include({ status: 'PROBATION', entryDate: '2020-02-01', inServiceSince: '2020-02-01' });
  });

  it('never leave a gap or an overlap where there was none', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
    holdsForAll([gaps, fc.nat(), fc.integer({ min: -400, max: 400 })], (lengths, at, move) => {
      const days = lengths.reduce<CivilDay[]>((all, length) => [...all, addDays(all.at(-1)!, length)], [first]);
      const person = standing(days);
      const fact = person.appointments[at % person.appointments.length]!;
      const plan = planCorrection(person, { factId: fact.id, from: addDays(fact.from, move), post, reason: '' }, stamp);
      if (!plan.ok) return true;
      const gone = new Set(plan.superseded.appointmentIds);
      const rows = [...person.appointments.filter((row) => !gone.has(row.id)), ...plan.added.appointments].sort((a, b) =>
        a.from < b.from ? -1 : 1,
      );
      expect(findHistoryProblem({ appointments: rows, statuses: [] })).to.equal(null);
      expect(rows.slice(0, -1).every((row, index) => row.to === rows[index + 1]!.from)).to.equal(true);
      return true;
    });
  });
});
