import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, civilDay, type CivilDay } from '../../../server/platform/civilDays.js';
import {
  appointmentFact,
  planCareer,
  statusFact,
  type CareerChange,
  type CareerProjection,
  type NewPost,
  type Stamp,
} from '../../../server/workers/careers.rules.js';
import { hasLeft, serviceStatuses } from '../../../server/workers/posts.rules.js';
import { findHistoryProblem } from '../../../server/workers/service.rules.js';
import type { AppointmentFact, StatusFact } from '../../../server/workers/worker.rules.js';
import { holdsForAll } from '../../support/property.js';

const today = civilDay('2026-11-24');
const stamp: Stamp = { now: new Date('2026-11-24T02:00:00Z'), today, by: '王秀兰' };
const because = { reason: '测试', importId: null };
const post = (divisionId: string, name: NewPost['post'] = 'GRID_WORKER'): NewPost => ({
  divisionId,
  divisionPath: ['city', divisionId],
  divisionCode: divisionId,
  post: name,
  postClass: 'STAFF',
  kind: 'REGULAR',
  source: null,
});

interface Person {
  readonly worker: { id: string } & CareerProjection;
  readonly appointments: readonly AppointmentFact[];
  readonly statuses: readonly StatusFact[];
}

function entered(on: CivilDay): Person {
  return {
    worker: { id: 'w', ...post('a'), isDualPost: false, postSince: on, status: 'IN_SERVICE', entryDate: on, inServiceSince: on },
    appointments: [appointmentFact('w', { post: post('a'), day: on, ...because }, stamp)],
    statuses: [statusFact('w', { status: 'IN_SERVICE', day: on, ...because }, stamp)],
  };
}

/** The person after a change, or null when it was refused. */
function after(person: Person, change: Omit<CareerChange, 'reason' | 'importId'>): Person | null {
  const plan = planCareer(person, { ...change, ...because }, stamp);
  if (!plan.ok) return null;
  const kept = <Row extends { id: string }>(rows: readonly Row[], gone: readonly string[]): Row[] =>
    rows.filter((row) => !gone.includes(row.id));
  return {
    worker: { id: 'w', ...plan.projection },
    appointments: [...kept(person.appointments, plan.superseded.appointmentIds), ...plan.added.appointments],
    statuses: [...kept(person.statuses, plan.superseded.statusIds), ...plan.added.statuses],
  };
}

describe('Careers', () => {
  const start = civilDay('2020-03-16');

  it('move the projection and keep the old post until the day', () => {
    const person = after(entered(start), { day: civilDay('2026-11-01'), post: post('b', 'COMMITTEE_MEMBER') });
    expect(person?.worker).to.include({
      divisionId: 'b',
      divisionCode: 'b',
      post: 'COMMITTEE_MEMBER',
      postSince: '2026-11-01',
      entryDate: start,
    });
    expect(person?.appointments.map(({ divisionId, from, to }) => [divisionId, from, to])).to.deep.equal([
      ['a', start, '2026-11-01'],
      ['b', '2026-11-01', null],
    ]);
  });

  it('end with the departure, keep the last post in the roster, and begin anew with the return', () => {
    const gone = after(entered(start), { day: civilDay('2026-06-01'), post: null, status: 'RESIGNED' });
    expect(gone?.worker).to.include({ status: 'RESIGNED', inServiceSince: null, divisionId: 'a', entryDate: start });
    const back = gone && after(gone, { day: civilDay('2026-09-01'), post: post('b'), status: 'IN_SERVICE' });
    expect(back?.worker).to.include({ status: 'IN_SERVICE', inServiceSince: '2026-09-01', entryDate: '2026-09-01', divisionId: 'b' });
  });

  it('are not rewritten before a later fact', () => {
    const moved = after(entered(start), { day: civilDay('2026-11-01'), post: post('b') })!;
    const plan = planCareer(moved, { day: civilDay('2026-10-01'), post: post('c'), ...because }, stamp);
    expect(plan).to.deep.equal({ ok: false, laterFact: '2026-11-01' });
  });

  it('replace a fact that began on the same day, which stays readable', () => {
    const plan = planCareer(entered(start), { day: start, post: post('b'), ...because }, stamp);
    expect(plan.ok && plan.added.appointments.map(({ from, to, divisionId }) => [from, to, divisionId])).to.deep.equal([
      [start, null, 'b'],
    ]);
    expect(plan.ok && plan.superseded.appointmentIds).to.have.length(1);
  });

  it('never overlap, and have one open row of each kind while the person serves, whatever is done', () => {
    const change = fc.record({
      days: fc.nat({ max: 400 }),
      to: fc.constantFrom('a', 'b', 'c'),
      status: fc.constantFrom(...serviceStatuses),
      what: fc.constantFrom('post', 'status', 'both'),
    });
    holdsForAll([fc.array(change, { maxLength: 8 })], (changes) => {
      let person = entered(start);
      let day = start;
      for (const { days, to, status, what } of changes) {
        day = addDays(day, days);
        const left = hasLeft(status);
        const next =
          what === 'post'
            ? { post: post(to) }
            : what === 'status'
              ? { status, ...(left ? { post: null } : {}) }
              : { status, post: left ? null : post(to) };
        if (day <= today) person = after(person, { day, ...next }) ?? person;
      }
      expect(findHistoryProblem(person)).to.equal(null);
      expect(person.statuses.filter((row) => row.to === null)).to.have.length(1);
      expect(person.appointments.filter((row) => row.to === null).length).to.be.at.most(1);
      expect(person.statuses.some((row) => row.to === null && row.status === person.worker.status)).to.equal(true);
      return true;
    });
  });
});
