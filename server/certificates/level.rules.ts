import type { CivilDay } from '../platform/civilDays.js';

/** 助理社会工作师, 社会工作师, 高级社会工作师; lowest first (domain.md §1.2). */
export const levels = ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR'] as const;
export type Level = (typeof levels)[number];

/** How the qualification review stands: Shanxi's 资格审核, or for the senior level 评审 and 公示 (documents.md §4.2). */
export const reviewStates = ['NOT_NEEDED', 'PENDING', 'PASSED', 'REFUSED'] as const;
export type ReviewState = (typeof reviewStates)[number];

/** A certificate as the rules need it. */
export interface CertificateFacts {
  readonly id: string;
  readonly level: Level;
  /** Day of the certificate, else the result day (ruling 33). */
  readonly obtainedOn: CivilDay;
  readonly review: ReviewState;
  /** Set when it was taken back. */
  readonly voidedOn: CivilDay | null;
}

/** Whether a level reaches another. */
export function isLevelAtLeast(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}

/**
 * Whether a certificate counts on a day. A senior's written pass alone is no certificate (domain.md §1.5): that level
 * counts only with its review passed; the others with none needed or passed.
 */
export function isCounted(certificate: CertificateFacts, asOf: CivilDay): boolean {
  const { level, review, obtainedOn, voidedOn } = certificate;
  const isReviewed = review === 'PASSED' || (review === 'NOT_NEEDED' && level !== 'SENIOR');
  return isReviewed && obtainedOn <= asOf && (voidedOn === null || voidedOn > asOf);
}

/** The certificate of the highest level that counts; a person counts once, at that level (ruling 34). Of equals the first obtained. */
export function countedCertificate<Certificate extends CertificateFacts>(
  certificates: readonly Certificate[],
  asOf: CivilDay,
): Certificate | null {
  const counted = certificates.filter((certificate) => isCounted(certificate, asOf));
  counted.sort((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || (a.obtainedOn < b.obtainedOn ? -1 : 1));
  return counted[0] ?? null;
}

/** The level a person counts at; null when not certified. */
export function countedLevel(certificates: readonly CertificateFacts[], asOf: CivilDay): Level | null {
  return countedCertificate(certificates, asOf)?.level ?? null;
}

/** 管理号: checked for shape only, its structure is described differently everywhere (domain.md §1.7). */
export function isManagementNumber(text: string): boolean {
  return /^[0-9A-Za-z]{10,25}$/.test(text);
}
