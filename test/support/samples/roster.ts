import { systemActor, type Tx } from '../../../server/platform/transactions.js';
import { systemScope } from '../../../server/platform/scope.js';
import { scopeFor } from '../../../server/access/scopes.js';
import type { Division } from '../../../server/divisions/divisions.store.js';
import type { Worker } from '../../../server/workers/worker.rules.js';
import type { TestApp } from '../app.js';
import type { Pair, SampleMaker } from '../samples.js';

const scope = systemScope('samples');

/** A person, an exemption, a correction, a transfer and an import in both counties. */
export const rosterSamples: SampleMaker = async (app) => {
  const { county, otherCounty } = app.fixture;
  const both = async (make: (app: TestApp, county: Division) => Promise<string>): Promise<Pair> => ({
    own: await make(app, county),
    foreign: await make(app, otherCounty),
  });
  const worker = { own: peopleOf(app, county)[0]!.id, foreign: peopleOf(app, otherCounty)[0]!.id };
  return {
    pairs: {
      worker,
      exemption: await both(exemptionIn),
      correction: await both(correctionIn),
      transfer: await both(transferIn),
      import: await both(importIn),
    },
    on: [
      { path: /^\/imports\/templates\//, pairs: { word: { own: 'roster', foreign: 'roster' } } },
      { path: /\/facts\//, pairs: { word: { own: await factOf(app, worker.own), foreign: await factOf(app, worker.foreign) } } },
    ],
  };
};

const act = <T>(app: TestApp, useCase: (tx: Tx) => Promise<T>): Promise<T> => app.deps.transact(systemActor('samples'), useCase);

/** The people of a county of the fixture. */
export function peopleOf(app: TestApp, county: Division): readonly Worker[] {
  return app.fixture.workers.filter((one) => one.divisionPath.includes(county.id));
}

async function factOf(app: TestApp, workerId: string): Promise<string> {
  return (await app.deps.workers.factsFor([workerId])).get(workerId)!.appointments[0]!.id;
}

async function exemptionIn(app: TestApp, county: Division): Promise<string> {
  const workerId = peopleOf(app, county)[1]!.id;
  const outcome = await act(app, (tx) =>
    app.deps.exemptions.request(tx, scope, { workerId, reason: '产假', from: tx.today, to: tx.today }),
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  // approved, so that it can be ended too
  await act(app, (tx) => app.deps.exemptions.approve(tx, scope, { id: outcome.exemption.id, answer: '' }));
  return outcome.exemption.id;
}

async function correctionIn(app: TestApp, county: Division): Promise<string> {
  const workerId = peopleOf(app, county)[1]!.id;
  const outcome = await act(app, (tx) => app.deps.corrections.raise(tx, scope, { workerId, topic: 'phone', text: '手机号已换' }));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.correction.id;
}

/** Between two townships of a county, asked by the taking one: the other county is no side of it. */
async function transferIn(app: TestApp, county: Division): Promise<string> {
  const people = peopleOf(app, county);
  const [worker, divisionId] = [people.at(-1)!, people[0]!.divisionId];
  const township = await app.deps.accountsStore.byId(
    scope,
    app.fixture.accounts[county.id === app.fixture.county.id ? 'township' : 'township2']!,
  );
  const taking = scopeFor({ ...township, roles: [], homeDivisionId: null }, 'worker.read')!;
  const { name, post, postClass } = worker;
  const input = { workerId: worker.id, name, divisionId, post, postClass, reason: '网格调整', importId: null };
  const outcome = await act(app, (tx) => app.deps.transfers.request(tx, taking, { ...input, effectiveOn: tx.today }));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.transfer.id;
}

async function importIn(app: TestApp, county: Division): Promise<string> {
  const place = county.id === app.fixture.county.id ? '东泰社区' : '古钟社区';
  const file = {
    name: '花名册.csv',
    bytes: Buffer.from(`姓名,社区,身份证号,职务\r\n安文涛,${place},149999199003070014,网格员\r\n`, 'utf8'),
  };
  const read = await app.deps.imports.read({ kind: 'roster', file });
  if (!read.ok) throw new Error(JSON.stringify(read));
  return act(app, (tx) => app.deps.imports.add(tx, { kind: 'roster', area: county, asOf: tx.today, file }, read.read));
}
