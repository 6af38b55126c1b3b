import { expect } from 'chai';
import { attendanceRoutes } from '../../server/attendance/attendance.routes.js';
import { newId } from '../../server/platform/ids.js';
import { formOf, startTestApp, type TestApp } from '../support/app.js';
import { attendanceActs, type Hall } from './attendanceActs.js';

describe('attendance of a foreign class', () => {
  let at: TestApp;
  let own: Hall;
  before(async () => {
    at = await startTestApp();
    const { fixture } = at;
    const people = fixture.workers.filter((worker) => worker.divisionPath.includes(fixture.county.id)).slice(0, 2);
    own = await attendanceActs(at).hall(
      people.map((worker) => worker.id),
      ['2026-11-23', '2026-11-24'],
      {
        tier: 'COUNTY',
        ownerDivisionId: fixture.county.id,
        ownerPath: fixture.county.path,
        audience: [fixture.county.id],
      },
    );
  });
  after(() => at.close());

  for (const login of ['county2', 'township', 'township2', 'teacher', 'worker', 'system', 'security', 'audit']) {
    it(`is out of reach for ${login}: no page opens, no form does anything`, async () => {
      const agent = await at.signIn(login);
      const token = (await formOf(agent, '/account'))['_csrf'] ?? '';
      const rows = await Promise.all(
        ['attendance_marks', 'roll_calls', 'hours_ledger', 'audit_rows', 'enrolments'].map((name) =>
          at.deps.db.collection(name).countDocuments({}),
        ),
      );
      const wrong: string[] = [];
      for (const route of attendanceRoutes(at.deps, []).filter((one) => one.params !== undefined)) {
        const address = route.path
          .replace(':id', own.of.id)
          .replace(':sessionId', own.of.sessions[0]!.id)
          .replace(':enrolmentId', own.places[0]!.id);
        const form = {
          _csrf: token,
          once: newId(),
          version: '2',
          reason: '试一试',
          mark: 'PRESENT',
          workerId: own.places[0]!.workerId,
          [`m-${own.places[0]!.id}`]: 'PRESENT',
        };
        const { status } = route.method === 'get' ? await agent.get(address) : await agent.post(address).type('form').send(form);
        if (status !== 403 && status !== 404) wrong.push(`${route.method} ${route.path} answered ${String(status)}`);
      }
      expect(wrong).to.deep.equal([]);
      const after = await Promise.all(
        ['attendance_marks', 'roll_calls', 'hours_ledger', 'audit_rows', 'enrolments'].map((name) =>
          at.deps.db.collection(name).countDocuments({}),
        ),
      );
      expect(after).to.deep.equal(rows);
    });
  }

  it('opens for its county and the city above it', async () => {
    for (const login of ['county', 'city']) {
      const agent = await at.signIn(login);
      expect((await agent.get(`/classes/${own.of.id}/sessions/${own.of.sessions[0]!.id}/roll-call`)).status).to.equal(200);
      expect((await agent.get(`/classes/${own.of.id}/completion`)).status).to.equal(200);
    }
  });
});
