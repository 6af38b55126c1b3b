import { jobs } from '../../../jobs/jobs.js';
import { systemActor } from '../../../server/platform/transactions.js';
import { systemScope } from '../../../server/platform/scope.js';
import { coveragePolicy } from '../../../server/coverage/coverage.policies.js';
import type { TestApp } from '../app.js';
import type { Pair, SampleMaker } from '../samples.js';

const same = (word: string): Pair => ({ own: word, foreign: word });

/** Divisions, accounts, and the words that paths of the product itself take. */
export const accessSamples: SampleMaker = async (app) => {
  const { fixture } = app;
  return {
    pairs: {
      division: { own: fixture.county.id, foreign: fixture.otherCounty.id },
      account: { own: fixture.accounts['county']!, foreign: fixture.accounts['county2']! },
      job: same(jobs[0]!.name),
    },
    on: [
      { path: /^\/accounts\/sheets\//, pairs: { word: same(await sheetFor(app, 'system')) } },
      { path: /^\/codes\/sheets\//, pairs: { word: same(await sheetFor(app, 'city')) } },
      { path: /^\/policies\//, pairs: { word: same(coveragePolicy.kind) } },
    ],
  };
};

/** A sheet of codes that waits to be shown to the account that made it, once. */
function sheetFor(app: TestApp, login: string): Promise<string> {
  const { deps, fixture } = app;
  return deps.transact({ ...systemActor('samples'), accountId: fixture.accounts[login]! }, async (tx) => {
    const accounts = await deps.accountsStore.byWorkers([fixture.workers[0]!.id]);
    const issued = await deps.codes.issueToWorkers(tx, systemScope('samples'), { ids: accounts.map((account) => account.id) });
    if (!issued.ok) throw new Error(JSON.stringify(issued));
    return issued.value;
  });
}
