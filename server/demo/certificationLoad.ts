import { civilDay } from '../platform/civilDays.js';
import { systemScope } from '../platform/scope.js';
import { systemActor, type Tx } from '../platform/transactions.js';
import type { Worker } from '../workers/worker.rules.js';
import type { Deps } from '../wiring.js';
import { countyStories } from './counties.js';
import { examDays, papersOf } from './certification.js';
import type { Random } from './random.js';

/** Exam calendar, attempts, certificates and an example target; how many of each were made. */
export async function loadCertification(
  deps: Deps,
  random: Random,
  workers: readonly Worker[],
): Promise<{ attempts: number; certificates: number }> {
  const root = await deps.divisionsStore.root();
  const city = await deps.divisionsStore.byCode('140900');
  const today = deps.clock.today();
  const papers = workers.map((worker, number) => {
    const story = Object.entries(countyStories).find(([code]) => worker.divisionCode.startsWith(code))?.[1] ?? countyStories['140902'];
    return story === undefined ? { attempts: [], certificates: [] } : papersOf(random, worker, { story, number, today });
  });
  const attempts = papers.flatMap((one) => one.attempts);
  const certificates = papers.flatMap((one) => one.certificates);
  await deps.transact(systemActor('演示'), async (tx) => {
    if (root !== null) {
      await deps.examCalendar.ship(tx, root);
      await announceResults(deps, tx, root.id);
    }
    await deps.exams.addHistoric(tx, attempts);
    await deps.certificates.addHistoric(tx, certificates);
    await deps.targets.set(tx, systemScope('demo'), {
      divisionId: city.id,
      divisionPath: city.path,
      from: civilDay('2025-05-30'),
      sourceDoc: '示例目标（演示用，正式目标由市里录入文件依据）',
      toleranceBasisPoints: 100,
      path: {
        kind: 'LINEAR',
        from: { day: civilDay('2025-05-30'), basisPoints: 1800 },
        to: { day: civilDay('2027-05-30'), basisPoints: 3000 },
      },
    });
  });
  return { attempts: attempts.length, certificates: certificates.length };
}

/** The attempts of the last exam are decided, so its line of the calendar says that the results are out. */
async function announceResults(deps: Deps, tx: Tx, rootId: string): Promise<void> {
  const last = examDays.filter((one) => one.results <= tx.today).at(-1);
  const line = (await deps.examCalendar.years(tx)).find((one) => one.year === last?.year);
  if (last === undefined || line === undefined || line.resultsOn !== null) return;
  const { id, version, year, firstDay, lastDay, windows } = line;
  const window = windows.find((one) => one.divisionId === rootId) ?? null;
  await deps.examCalendar.changeYear(tx, {
    id,
    version,
    year,
    firstDay,
    lastDay,
    resultsOn: last.results,
    window,
    windowDivisionId: rootId,
    source: '演示数据',
  });
}
