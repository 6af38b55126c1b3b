import type { EligibilityPolicy, EligibilityRow } from '../../../server/exams/eligibility.rules.js';

const row = (
  rule: string,
  level: EligibilityRow['level'],
  education: EligibilityRow['education'],
  more: Partial<EligibilityRow> & { years: number },
): EligibilityRow => ({
  rule,
  level,
  education,
  orHigher: true,
  major: 'ANY',
  afterCertificate: null,
  ...more,
});

/** The conditions of the 2026 notice, as domain.md §1.6 sets them out. */
export const notice2026: EligibilityPolicy = {
  rows: [
    row('2026-A-1', 'ASSISTANT', 'SECONDARY', { years: 4 }),
    row('2026-A-2', 'ASSISTANT', 'COLLEGE', { major: 'SOCIAL_WORK', years: 2 }),
    row('2026-A-3', 'ASSISTANT', 'BACHELOR', { major: 'SOCIAL_WORK', years: 0 }),
    row('2026-A-4', 'ASSISTANT', 'BACHELOR', { years: 2 }),
    row('2026-S-1', 'SOCIAL_WORKER', 'SECONDARY', { years: 6, afterCertificate: 'ASSISTANT' }),
    row('2026-S-2', 'SOCIAL_WORKER', 'COLLEGE', { major: 'SOCIAL_WORK', years: 4 }),
    row('2026-S-3', 'SOCIAL_WORKER', 'BACHELOR', { major: 'SOCIAL_WORK', years: 3 }),
    row('2026-S-4', 'SOCIAL_WORKER', 'MASTER', { major: 'SOCIAL_WORK', years: 1 }),
    row('2026-S-5', 'SOCIAL_WORKER', 'DOCTOR', { major: 'SOCIAL_WORK', years: 0 }),
    row('2026-S-6', 'SOCIAL_WORKER', 'COLLEGE', { years: 6 }),
    row('2026-S-7', 'SOCIAL_WORKER', 'BACHELOR', { years: 5 }),
    row('2026-S-8', 'SOCIAL_WORKER', 'MASTER', { years: 3 }),
    row('2026-S-9', 'SOCIAL_WORKER', 'DOCTOR', { years: 2 }),
    row('2026-H-1', 'SENIOR', 'BACHELOR', { years: 5, afterCertificate: 'SOCIAL_WORKER' }),
  ],
};
