import type { Test } from 'supertest';
import { systemScope } from '../../server/platform/scope.js';
import type { Worker } from '../../server/workers/worker.rules.js';
import { checkDigitOf } from '../../server/workers/idNumber.rules.js';
import { formOf, type Agent, type TestApp } from '../support/app.js';

/** A valid ID number on the address code that was never given out. */
export function idNumberOf(birth: string, sequence: number): string {
  const first17 = `149999${birth}${String(sequence).padStart(3, '0')}`;
  return first17 + checkDigitOf(first17);
}

/** Posts a form of a page with its keys. */
export async function send(agent: Agent, address: string, fields: Record<string, string>, action = address): Promise<Awaited<Test>> {
  const keys = await formOf(agent, address, action);
  return agent
    .post(action)
    .type('form')
    .send({ ...keys, ...fields });
}

/** A worker as stored now. */
export async function stored(app: TestApp, id: string): Promise<Worker> {
  return app.deps.workers.byId(systemScope('test'), id);
}

/** The fields of a new person in the fixture's county. */
export function joinFields(app: TestApp, more: Record<string, string> = {}): Record<string, string> {
  return {
    name: '石丽君',
    idNumber: idNumberOf('19920412', 32),
    phone: '13900001111',
    divisionId: app.fixture.communities[0]!.id,
    post: 'GRID_WORKER',
    postClass: 'STAFF',
    status: 'IN_SERVICE',
    from: '2026-03-16',
    reason: '2026 年公开招聘',
    ...more,
  };
}
