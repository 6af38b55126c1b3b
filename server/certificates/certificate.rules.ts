import type { CivilDay } from '../platform/civilDays.js';
import { countedCertificate, isCounted } from './level.rules.js';
import type { CertificateFacts, Level } from './level.rules.js';
import { ceStanding, latestPeriod, registrationStatus } from './registration.rules.js';
import type { CeRecord, CeStanding, RegistrationPeriod, RegistrationPolicy, RegistrationStatus } from './registration.rules.js';

/** When, by whom and on what paper something was written down. */
export interface Entered {
  readonly id: string;
  readonly source: string;
  readonly recordedAt: Date;
  readonly recordedBy: string;
}

/** One registration or renewal as it is kept. */
export interface Registration extends RegistrationPeriod, Entered {
  readonly kind: 'FIRST' | 'RENEWAL';
}

/** One accepted piece of continuing education as it is kept; `minutes` is null for a degree, whose worth is a policy. */
export interface CeEntry extends Entered {
  readonly kind: 'TRAINING' | 'DEGREE';
  readonly title: string;
  readonly endedOn: CivilDay;
  readonly minutes: number | null;
}

/** A certificate as it is kept, with its registrations and continuing education. */
export interface Certificate extends CertificateFacts {
  readonly workerId: string;
  readonly divisionPath: readonly string[];
  /** 管理号; null while only the pass is known (合格待审). */
  readonly managementNo: string | null;
  /** The name on the paper, which changed over the years (domain.md §1.1). */
  readonly title: string;
  readonly examYear: number | null;
  readonly voidReason: string;
  readonly registrations: readonly Registration[];
  readonly ce: readonly CeEntry[];
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** The words of the certificate in an exam year: 职业水平证书 until 2021, 职业资格证书 since 2022 (domain.md §1.1). */
export function titleOfYear(examYear: number): string {
  return examYear >= 2022 ? '社会工作者职业资格证书' : '社会工作者职业水平证书';
}

/** A degree by its name, so that one degree typed twice is one. */
export function degreeIdOf(title: string): string {
  return title.replace(/[\s（）()·,，、]/g, '').toLowerCase();
}

/** Everything that follows from the certificates of one person on a day. Registrations and education are the person's (ruling 33). */
export interface Certification {
  readonly counted: Certificate | null;
  /** Passed and not yet confirmed: 合格待审. */
  readonly pending: readonly Certificate[];
  readonly periods: readonly RegistrationPeriod[];
  /** Null for somebody not certified. */
  readonly status: RegistrationStatus | null;
  /** The period that ends last, with its continuing education. */
  readonly latest: { readonly period: RegistrationPeriod; readonly ce: CeStanding } | null;
}

function ceRecordOf(entry: CeEntry): CeRecord {
  const { endedOn, minutes } = entry;
  return entry.kind === 'DEGREE'
    ? { kind: 'DEGREE', endedOn, degreeId: degreeIdOf(entry.title) }
    : { kind: 'TRAINING', endedOn, minutes: minutes ?? 0 };
}

/** Judges one person: which certificate counts, where registration stands, how far continuing education is. */
export function certificationOf(certificates: readonly Certificate[], today: CivilDay, policy: RegistrationPolicy): Certification {
  const standing = certificates.filter((one) => one.voidedOn === null || one.voidedOn > today);
  const counted = countedCertificate(standing, today);
  const periods = standing.flatMap((one) => one.registrations);
  const period = latestPeriod(periods);
  const records = standing.flatMap((one) => one.ce).map(ceRecordOf);
  return {
    counted,
    pending: standing.filter((one) => one.review === 'PENDING'),
    periods,
    status: counted === null ? null : registrationStatus(counted.obtainedOn, periods, today, policy),
    latest: period === null ? null : { period, ce: ceStanding(period, records, policy) },
  };
}

/** The day each level is held since, for the conditions of a higher exam; a certificate that no longer counts gives nothing. */
export function certificateDays(certificates: readonly Certificate[], asOf: CivilDay): Partial<Readonly<Record<Level, CivilDay>>> {
  const held = certificates.filter((one) => isCounted(one, asOf)).sort((a, b) => (a.obtainedOn < b.obtainedOn ? 1 : -1));
  return Object.fromEntries(held.map((one) => [one.level, one.obtainedOn]));
}
