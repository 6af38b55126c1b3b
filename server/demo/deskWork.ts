import type { Division } from '../divisions/divisions.store.js';
import { addDays, firstDayOf, lastDayOf, yearOf } from '../platform/civilDays.js';
import { systemScope } from '../platform/scope.js';
import { systemActor } from '../platform/transactions.js';
import type { Worker } from '../workers/worker.rules.js';
import type { Deps } from '../wiring.js';
import type { Random } from './random.js';

const demo = systemScope('demo');
const approvedShare = 0.015;

/** What lies on the desks: approved exemptions, some that wait for the city, and two corrections that wait for a county. */
export async function loadDeskWork(
  deps: Deps,
  random: Random,
  of: { counties: readonly Division[]; workers: readonly Worker[] },
): Promise<void> {
  const year = yearOf(deps.clock.today());
  const staff = random.shuffle(of.workers.filter((worker) => worker.status === 'IN_SERVICE' && worker.postClass === 'STAFF'));
  const exempt = staff.slice(0, Math.round(of.workers.length * approvedShare));
  for (const [index, worker] of exempt.entries()) {
    const id = await request(deps, worker, {
      reason: index % 2 === 0 ? '脱产学习，学校证明已附' : '抽调乡村振兴专班，文件已附',
      from: firstDayOf(year),
      to: lastDayOf(year),
    });
    await deps.transact(systemActor('赵文斌'), (tx) => deps.exemptions.approve(tx, demo, { id, answer: '材料齐全，同意' }));
  }
  for (const worker of staff.filter((one) => one.divisionPath.some((id) => id === countyOf(of.counties, '140924'))).slice(-2)) {
    await request(deps, worker, { reason: '9 月起住院治疗，病历已附', from: addDays(deps.clock.today(), -60), to: lastDayOf(year) });
  }
  for (const worker of staff.filter((one) => one.divisionPath.some((id) => id === countyOf(of.counties, '140924'))).slice(-4, -2)) {
    await deps.transact(systemActor(worker.name), (tx) =>
      deps.corrections.raise(tx, demo, {
        workerId: worker.id,
        topic: 'education',
        text: '我 2025 年 7 月取得国家开放大学社会工作本科学历，这里还是大专。',
      }),
    );
  }
}

function countyOf(counties: readonly Division[], areaCode: string): string {
  return counties.find((county) => county.areaCode === areaCode)?.id ?? '';
}

async function request(
  deps: Deps,
  worker: Worker,
  of: { reason: string; from: ReturnType<typeof firstDayOf>; to: ReturnType<typeof firstDayOf> },
): Promise<string> {
  return deps.transact(systemActor('王秀兰'), async (tx) => {
    const outcome = await deps.exemptions.request(tx, demo, { workerId: worker.id, ...of });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    return outcome.exemption.id;
  });
}
