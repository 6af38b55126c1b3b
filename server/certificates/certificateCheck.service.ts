import { yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import { reaches, systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { Worker } from '../workers/worker.rules.js';
import type { WorkersService } from '../workers/workers.service.js';
import type { Certificate } from './certificate.rules.js';
import type { CertificatesStore } from './certificates.store.js';
import { isManagementNumber, type Level } from './level.rules.js';

/** A certificate as the form gives it. */
export interface CertificateInput {
  readonly level: Level;
  readonly managementNo: string;
  readonly title: string;
  readonly obtainedOn: CivilDay;
  readonly examYear: number | null;
  /** For the senior level: whether 评审 is passed. Entering any other certificate is its confirmation. */
  readonly reviewPassed: boolean;
}

const anywhere = systemScope('a management number wherever it is, and what its holder has');

/** Whom a taken number belongs to is told only to who may see that person. */
function takenProblem(scope: Scope, other: Certificate, holder: Worker | undefined): Problem {
  const seen = holder !== undefined && reaches(scope, holder.divisionPath);
  return seen
    ? {
        field: 'managementNo',
        key: 'certificates.managementNo.taken',
        values: { name: holder.name },
        offer: { href: `/certificates/${other.id}`, label: holder.name },
      }
    : { field: 'managementNo', key: 'certificates.managementNo.takenElsewhere' };
}

/** What stands against writing a certificate; `own` is the one that is changed, null for a new one. */
export function makeCertificateCheck({ store, workers }: { store: CertificatesStore; workers: Pick<WorkersService, 'byIds'> }) {
  return async function check(
    tx: Tx,
    scope: Scope,
    input: CertificateInput,
    own: { id: string | null; workerId: string },
  ): Promise<Problem[]> {
    const problems: Problem[] = [];
    if (!isManagementNumber(input.managementNo)) problems.push({ field: 'managementNo', key: 'certificates.managementNo.badShape' });
    if (input.obtainedOn > tx.today)
      problems.push({ field: 'obtainedOn', key: 'certificates.obtainedOn.future', values: { day: input.obtainedOn } });
    if (input.examYear !== null && input.examYear > yearOf(input.obtainedOn)) {
      problems.push({ field: 'examYear', key: 'certificates.examYear.afterObtained', values: { year: yearOf(input.obtainedOn) } });
    }
    const other = await store.byManagementNo(anywhere, input.managementNo, tx);
    if (other !== null && other.id !== own.id) {
      problems.push(takenProblem(scope, other, (await workers.byIds([other.workerId], tx)).get(other.workerId)));
    }
    const held = (await store.ofWorkers(anywhere, [own.workerId], tx)).get(own.workerId) ?? [];
    const same = held.find((one) => one.id !== own.id && one.level === input.level && one.voidedOn === null && one.managementNo !== null);
    if (same !== undefined) problems.push({ field: 'level', key: 'certificates.level.held', values: { day: same.obtainedOn } });
    return problems;
  };
}
