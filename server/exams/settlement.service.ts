import { lastDayOf } from '../platform/civilDays.js';
import { systemScope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { CertificatesService } from '../certificates/certificates.service.js';
import { levels } from '../certificates/level.rules.js';
import { resultsOf } from './attempt.rules.js';
import type { AttemptsStore } from './attempts.store.js';
import type { CalendarService } from './calendar.service.js';
import { levelStanding } from './passes.rules.js';

interface SettlementDeps {
  readonly store: AttemptsStore;
  readonly calendar: CalendarService;
  readonly certificates: Pick<CertificatesService, 'recordPass' | 'withdrawPass'>;
}

const named = systemScope('all results of a person whose result changed');

/** What follows for certificates when a result is recorded, corrected or decided again. */
export function makeSettlement({ store, calendar, certificates }: SettlementDeps) {
  /** Lets certificates know: a completed set waits for its certificate, one that no longer stands does not. */
  return async function settle(tx: Tx, workerId: string): Promise<void> {
    const attempts = (await store.standing(named, [workerId], tx)).get(workerId) ?? [];
    const years = await calendar.years(tx);
    const next = Math.max(...attempts.map((attempt) => attempt.year)) + 1;
    for (const level of levels.filter((one) => attempts.some((attempt) => attempt.level === one))) {
      const standing = levelStanding(level, resultsOf(attempts), next);
      if (standing.kind === 'OPEN') {
        await certificates.withdrawPass(tx, { workerId, level }, '成绩更正，不再全科合格');
        continue;
      }
      const line = years.find((one) => one.year === standing.year);
      const passedOn = line?.resultsOn ?? line?.lastDay ?? lastDayOf(standing.year);
      await certificates.recordPass(tx, {
        workerId,
        level,
        examYear: standing.year,
        passedOn: passedOn > tx.today ? tx.today : passedOn,
      });
    }
  };
}

export type Settlement = ReturnType<typeof makeSettlement>;
