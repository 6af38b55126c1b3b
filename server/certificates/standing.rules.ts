import { lastDayOf } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { ServiceStatus } from '../workers/posts.rules.js';
import { primaryAppointmentOn, statusOn } from '../workers/service.rules.js';
import type { InServicePolicy } from '../workers/service.rules.js';
import type { WorkerFacts } from '../workers/worker.rules.js';
import type { Certificate, Certification } from './certificate.rules.js';
import { countedLevel } from './level.rules.js';
import type { Level } from './level.rules.js';
import type { YearEnd } from './rates.rules.js';

/** What lists, boards and flags read of one person's certificates; states of registration follow from the three days. */
export interface CertificationRow {
  readonly workerId: string;
  readonly name: string;
  readonly status: ServiceStatus;
  readonly inService: boolean;
  readonly divisionPath: readonly string[];
  readonly divisionCode: string;
  readonly sortPinyin: string;
  readonly searchKeys: readonly string[];
  /** Has a certificate that was not taken back, counted or not. */
  readonly isHolder: boolean;
  /** Highest level that counts. */
  readonly level: Level | null;
  readonly certificateId: string | null;
  readonly managementNo: string | null;
  readonly managementNos: readonly string[];
  readonly obtainedOn: CivilDay | null;
  readonly examYear: number | null;
  readonly pendingLevels: readonly Level[];
  /** Last day of the first registration, while there is none. */
  readonly registerBy: CivilDay | null;
  readonly renewFrom: CivilDay | null;
  readonly validThrough: CivilDay | null;
  readonly ceEarnedMinutes: number | null;
  readonly ceRequiredMinutes: number | null;
  readonly ends: readonly YearEnd[];
  readonly policyRowIds: readonly string[];
  readonly computedAt: Date;
}

/** How many year ends are kept: today and the four before, which the target chart draws. */
export const yearsKept = 5;

/** The years whose ends are kept on a day, oldest first. */
export function yearsOn(today: CivilDay): number[] {
  const current = Number(today.slice(0, 4));
  return Array.from({ length: yearsKept }, (_, index) => current - yearsKept + 1 + index);
}

/**
 * How a person stood at the end of each kept year: in service by the status of that day, in the community of the appointment of
 * that day (the roster of before the product knows the present one only, which then stands for it).
 */
export function yearEndsOf(
  facts: WorkerFacts,
  certificates: readonly Certificate[],
  at: { today: CivilDay; inService: InServicePolicy },
): YearEnd[] {
  const current = Number(at.today.slice(0, 4));
  return yearsOn(at.today).map((year) => {
    const day = year === current ? at.today : lastDayOf(year);
    const status = statusOn(facts, day);
    return {
      year,
      divisionId: primaryAppointmentOn(facts, day)?.divisionId ?? facts.worker.divisionId,
      inService: status !== null && at.inService.statuses.includes(status),
      level: countedLevel(certificates, day),
    };
  });
}

/** The registration days of a row. */
export function registrationDays(certification: Certification): Pick<CertificationRow, 'registerBy' | 'renewFrom' | 'validThrough'> {
  const { status } = certification;
  if (status === null) return { registerBy: null, renewFrom: null, validThrough: null };
  if (status.kind === 'NONE_WITHIN_1Y' || status.kind === 'NONE_OVERDUE')
    return { registerBy: status.registerBy, renewFrom: null, validThrough: null };
  return { registerBy: null, renewFrom: status.kind === 'LAPSED' ? null : status.renewFrom, validThrough: status.validThrough };
}

/** The states of the ledger's filter; they follow from the stored days, so that no row grows stale overnight. */
export const registrationStates = ['NONE_WITHIN_1Y', 'NONE_OVERDUE', 'VALID', 'RENEW_WINDOW', 'LAPSED'] as const;
export type RegistrationState = (typeof registrationStates)[number];

/** The state of a row on a day; null for somebody not certified. */
export function registrationStateOn(
  row: Pick<CertificationRow, 'level' | 'registerBy' | 'renewFrom' | 'validThrough'>,
  today: CivilDay,
): RegistrationState | null {
  if (row.level === null) return null;
  if (row.validThrough === null) return row.registerBy !== null && row.registerBy < today ? 'NONE_OVERDUE' : 'NONE_WITHIN_1Y';
  if (row.validThrough < today) return 'LAPSED';
  return row.renewFrom !== null && row.renewFrom <= today ? 'RENEW_WINDOW' : 'VALID';
}
