import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, civilDay } from '../../../server/platform/civilDays.js';
import type { CivilDay } from '../../../server/platform/civilDays.js';
import {
  findHistoryProblem,
  findIntervalProblem,
  joinedOn,
  knownAt,
  monthsInService,
  primaryAppointmentOn,
  projectionOn,
  standing,
  statusOn,
  succeed,
} from '../../../server/workers/service.rules.js';
import type { Appointment, ServiceHistory, ServicePeriod } from '../../../server/workers/service.rules.js';
import type { ServiceStatus } from '../../../server/workers/posts.rules.js';
import { holdsForAll } from '../../support/property.js';

const policy = { statuses: ['IN_SERVICE', 'PROBATION'] as const };

function period(status: ServiceStatus, from: string, to: string | null = null): ServicePeriod {
  return { status, from: civilDay(from), to: to === null ? null : civilDay(to) };
}

function appointment(divisionId: string, from: string, to: string | null = null, primary = true): Appointment {
  const days = { from: civilDay(from), to: to === null ? null : civilDay(to) };
  return { divisionId, post: 'GRID_WORKER', postClass: 'STAFF', kind: 'REGULAR', primary, source: null, ...days };
}

const history: ServiceHistory = {
  appointments: [appointment('a', '2020-03-01', '2026-05-01'), appointment('b', '2026-05-01'), appointment('c', '2026-01-01', null, false)],
  statuses: [
    period('PROBATION', '2020-03-01', '2020-06-01'),
    period('IN_SERVICE', '2020-06-01', '2026-03-02'),
    period('MATERNITY_LEAVE', '2026-03-02', '2026-09-01'),
    period('IN_SERVICE', '2026-09-01'),
  ],
};

describe('Appointments and service', () => {
  it('are half-open: on the day of change the new row holds', () => {
    expect(primaryAppointmentOn(history, civilDay('2026-04-30'))?.divisionId).to.equal('a');
    expect(primaryAppointmentOn(history, civilDay('2026-05-01'))?.divisionId).to.equal('b');
    expect(statusOn(history, civilDay('2026-08-31'))).to.equal('MATERNITY_LEAVE');
    expect(statusOn(history, civilDay('2020-02-29'))).to.be.null;
  });

  it('ruling 29: joined is the start of the present unbroken service, which leave does not break', () => {
    expect(joinedOn(history, civilDay('2026-11-24'))).to.equal('2020-03-01');
    expect(joinedOn(history, civilDay('2020-02-29'))).to.be.null;
    const returned = {
      ...history,
      statuses: [
        period('IN_SERVICE', '2015-01-01', '2019-01-01'),
        period('RESIGNED', '2019-01-01', '2026-10-08'),
        period('PROBATION', '2026-10-08'),
      ],
    };
    expect(joinedOn(returned, civilDay('2026-11-24'))).to.equal('2026-10-08');
    expect(joinedOn(returned, civilDay('2020-01-01'))).to.be.null;
  });

  it('project to the roster: in service needs a primary appointment and a status of the policy', () => {
    expect(projectionOn(history, civilDay('2026-11-24'), policy)).to.deep.include({
      status: 'IN_SERVICE',
      joinedOn: '2020-03-01',
      inService: true,
    });
    expect(projectionOn(history, civilDay('2026-04-01'), policy).inService).to.be.false;
    expect(projectionOn({ ...history, appointments: [] }, civilDay('2026-11-24'), policy)).to.deep.include({
      appointment: null,
      inService: false,
    });
  });

  it('ruling 30: months in service are begun months', () => {
    expect(monthsInService(history, 2026, policy)).to.equal(7);
    expect(monthsInService(history, 2025, policy)).to.equal(12);
    expect(monthsInService(history, 2020, policy)).to.equal(10);
    expect(monthsInService(history, 2019, policy)).to.equal(0);
    expect(monthsInService({ ...history, statuses: [period('IN_SERVICE', '2026-01-31', '2026-03-01')] }, 2026, policy)).to.equal(2);
  });

  it('find an interval without a day and two that share one', () => {
    expect(findHistoryProblem(history)).to.be.null;
    expect(findIntervalProblem([period('IN_SERVICE', '2026-01-02', '2026-01-02')])?.kind).to.equal('EMPTY');
    expect(findIntervalProblem([period('IN_SERVICE', '2026-02-01'), period('PROBATION', '2026-01-01', '2026-02-02')])?.kind).to.equal(
      'OVERLAP',
    );
    expect(
      findHistoryProblem({ ...history, appointments: [appointment('a', '2026-01-01'), appointment('b', '2026-02-01')] })?.kind,
    ).to.equal('OVERLAP');
    expect(findHistoryProblem({ ...history, appointments: [appointment('a', '2026-01-01', '2026-01-01', false)] })?.kind).to.equal('EMPTY');
  });

  it('a succession ends the row in force and begins the next on the same day', () => {
    const next = period('RETIRED', '2026-12-01');
    const plan = succeed(history.statuses, next.from, next);
    expect(plan).to.deep.equal({
      ok: true,
      superseded: [period('IN_SERVICE', '2026-09-01')],
      added: [period('IN_SERVICE', '2026-09-01', '2026-12-01'), next],
    });
    expect(succeed(history.statuses, civilDay('2026-09-01'), period('RETIRED', '2026-09-01'))).to.deep.equal({
      ok: true,
      superseded: [period('IN_SERVICE', '2026-09-01')],
      added: [period('RETIRED', '2026-09-01')],
    });
    expect(succeed(history.statuses, civilDay('2026-08-01'), null)).to.deep.equal({
      ok: false,
      reason: { kind: 'LATER_ROW', row: period('IN_SERVICE', '2026-09-01') },
    });
  });

  it('a succession never leaves an overlap', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 8 });
    holdsForAll([days], (offsets) => {
      let rows: ServicePeriod[] = [];
      for (const offset of [...offsets].sort((a, b) => a - b)) {
        const day: CivilDay = addDays(civilDay('2024-01-01'), offset);
        const plan = succeed(rows, day, { status: 'IN_SERVICE', from: day, to: null });
        if (!plan.ok) return false;
        rows = [...rows.filter((row) => !plan.superseded.includes(row)), ...plan.added];
      }
      return findIntervalProblem(rows) === null && rows.length === offsets.length;
    });
  });

  it('answer both how it was and how it was known then', () => {
    const at = (text: string) => new Date(text);
    const facts = [
      { ...period('IN_SERVICE', '2026-01-01'), recordedAt: at('2026-01-05T00:00:00Z'), supersededAt: at('2026-03-01T00:00:00Z') },
      { ...period('IN_SERVICE', '2026-01-08'), recordedAt: at('2026-03-01T00:00:00Z'), supersededAt: null },
    ];
    expect(standing(facts).map((fact) => fact.from)).to.deep.equal(['2026-01-08']);
    expect(knownAt(facts, at('2026-02-01T00:00:00Z')).map((fact) => fact.from)).to.deep.equal(['2026-01-01']);
    expect(knownAt(facts, at('2026-03-01T00:00:00Z')).map((fact) => fact.from)).to.deep.equal(['2026-01-08']);
    expect(knownAt(facts, at('2025-12-01T00:00:00Z'))).to.be.empty;
  });
});
