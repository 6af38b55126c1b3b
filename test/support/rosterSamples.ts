import { systemActor, type Tx } from '../../server/platform/transactions.js';
import { systemScope } from '../../server/platform/scope.js';
import type { Division } from '../../server/divisions/divisions.store.js';
import type { TestApp } from './app.js';
import type { SampleMaker } from './samples.js';

const scope = systemScope('samples');

/** An exemption, a correction, a transfer and an import in both counties. */
export const rosterSamples: SampleMaker = async (app) => ({
  exemption: { own: await exemptionIn(app, app.fixture.county), foreign: await exemptionIn(app, app.fixture.otherCounty) },
  correction: { own: await correctionIn(app, app.fixture.county), foreign: await correctionIn(app, app.fixture.otherCounty) },
  import: { own: await importIn(app, app.fixture.county), foreign: await importIn(app, app.fixture.otherCounty) },
});

const act = <T>(app: TestApp, useCase: (tx: Tx) => Promise<T>): Promise<T> => app.deps.transact(systemActor('samples'), useCase);
const workerIn = (app: TestApp, county: Division) => app.fixture.workers.filter((one) => one.divisionPath.includes(county.id))[1]!;

async function exemptionIn(app: TestApp, county: Division): Promise<string> {
  const workerId = workerIn(app, county).id;
  const outcome = await act(app, (tx) =>
    app.deps.exemptions.request(tx, scope, { workerId, reason: '产假', from: tx.today, to: tx.today }),
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.exemption.id;
}

async function correctionIn(app: TestApp, county: Division): Promise<string> {
  const workerId = workerIn(app, county).id;
  const outcome = await act(app, (tx) => app.deps.corrections.raise(tx, scope, { workerId, topic: 'phone', text: '手机号已换' }));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.correction.id;
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
