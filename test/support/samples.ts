import type { ObjectKind } from '../../server/platform/http/routeTable.js';
import { newId } from '../../server/platform/ids.js';
import type { TestApp } from './app.js';
import { rosterSamples } from './rosterSamples.js';

/** Ids of objects in the fixture's county (own) and in the other county (foreign), by what a path parameter names. */
export type Samples = Readonly<Record<ObjectKind, { readonly own: string; readonly foreign: string }>>;

/** Makes one object of each kind in both counties, through the product's own services. */
export type SampleMaker = (app: TestApp) => Promise<Partial<Samples>>;

const makers: SampleMaker[] = [rosterSamples];

/** Adds the sample objects of a feature. */
export function addSamples(maker: SampleMaker): void {
  makers.push(maker);
}

const nowhere = (): { own: string; foreign: string } => ({ own: newId(), foreign: newId() });

/** Samples of every kind; a kind without a maker names nothing. */
export async function makeSamples(app: TestApp): Promise<Samples> {
  const { fixture } = app;
  const worker = fixture.workers[0]!.id;
  const foreignWorker = fixture.workers.find((one) => one.divisionPath.includes(fixture.otherCounty.id))!.id;
  const parts = await Promise.all(makers.map((make) => make(app)));
  const none = Object.fromEntries(kinds.map((kind) => [kind, nowhere()])) as unknown as Samples;
  return {
    ...none,
    division: { own: fixture.county.id, foreign: fixture.otherCounty.id },
    worker: { own: worker, foreign: foreignWorker },
    account: { own: fixture.accounts['county']!, foreign: newId() },
    word: { own: 'x', foreign: 'x' },
    ...Object.assign({}, ...parts),
  };
}

const kinds: readonly ObjectKind[] = [
  'division', 'worker', 'class', 'classSession', 'enrolment', 'account', 'correction', 'exemption', 'transfer', 'import', 'flag', 'examAttempt', 'certificate',
  'registration', 'target', 'policy', 'examYear', 'passMark', 'job', 'word',
];
