import { demoWorkerLogin } from '../../../server/demo/accounts.js';
import { systemScope } from '../../../server/platform/scope.js';
import { systemActor } from '../../../server/platform/transactions.js';
import { median } from '../store/measure.js';
import type { City } from './openCity.js';

/** Milliseconds by row. */
export type Timings = ReadonlyMap<string, number>;

const year = 2026;
const opened = 9;

/** The pages that people open most, each as the role whose work it is. */
const pages: readonly (readonly [login: string, address: string])[] = [
  ['shi', '/'],
  ['shi', '/coverage'],
  ['shi', '/coverage/people?show=untrained'],
  ['shi', '/targets'],
  ['shi', '/classes'],
  ['xian', '/'],
  ['xian', '/untrained'],
  ['xian', '/flags'],
  ['xian', '/workers'],
  ['shi', '/workers?q=wang'],
  ['shi', '/certificates'],
  ['shi', '/exams'],
  ['banzhuren', '/'],
  [demoWorkerLogin, '/'],
];

/** Every row on one city. */
export async function timingsOf(city: City): Promise<Timings> {
  const found = new Map<string, number>();
  for (const [login, address] of pages) {
    const agent = await city.signIn(login);
    const open = (): Promise<unknown> => agent.get(address).redirects(1).expect(200);
    await open();
    found.set(`${login} ${address}`, await median(opened, open));
  }
  for (const [name, work] of works(city)) found.set(name, await work());
  return found;
}

/** What follows from a change, and what runs at night. */
function works({ deps }: City): readonly (readonly [name: string, () => Promise<number>])[] {
  const once = async (work: () => Promise<unknown>): Promise<number> => median(1, work);
  return [
    [
      'one person changed, everything that follows',
      async () => {
        const workers = await deps.workers.list(
          systemScope('benchmark'),
          { present: true },
          { page: 1, skip: 0, size: opened, sort: 'pinyin', direction: 1 },
        );
        const ids = workers.rows.map((worker) => worker.id);
        return median(opened, async () => {
          const workerIds = ids.splice(0, 1);
          await deps.transact(systemActor('benchmark'), async (tx) => {
            tx.emit({ name: 'worker.changed', workerIds, years: [year] });
          });
          await deps.outbox.drain();
        });
      },
    ],
    ['coverage of the whole year', () => once(() => deps.rollUp.rebuild(year))],
    ['standings of all exams', () => once(() => deps.examStandings.rebuild())],
    ['gap scan of the night', () => once(() => deps.gaps.scan())],
  ];
}
