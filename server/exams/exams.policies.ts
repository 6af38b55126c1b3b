import { z } from 'zod';
import { levels, type Level } from '../certificates/level.rules.js';
import { definePolicy } from '../policies/kinds.js';
import { educationLevels, type EducationLevel } from '../workers/posts.rules.js';
import type { EligibilityPolicy, EligibilityRow } from './eligibility.rules.js';

type Rest = Partial<Omit<EligibilityRow, 'rule' | 'level' | 'education' | 'years'>>;

function row(rule: string, level: Level, of: { education: EducationLevel; years: number } & Rest): EligibilityRow {
  return { rule, level, orHigher: true, major: 'ANY', afterCertificate: null, ...of };
}

/** The conditions of the 2026 notice, as domain.md §1.6 sets them out; read on the first day of the exam. */
export const eligibilityPolicy = definePolicy<EligibilityPolicy>({
  kind: 'exams.eligibility',
  schema: z.object({
    rows: z
      .array(
        z.object({
          rule: z.string().min(1).max(20),
          level: z.enum(levels),
          education: z.enum(educationLevels),
          orHigher: z.boolean(),
          major: z.enum(['SOCIAL_WORK', 'ANY']),
          years: z.number().int().min(0).max(20),
          afterCertificate: z.enum(levels).nullable(),
        }),
      )
      .min(1),
  }),
  shipped: {
    value: {
      rows: [
        row('2026-A-1', 'ASSISTANT', { education: 'SECONDARY', years: 4 }),
        row('2026-A-2', 'ASSISTANT', { education: 'COLLEGE', major: 'SOCIAL_WORK', years: 2 }),
        row('2026-A-3', 'ASSISTANT', { education: 'BACHELOR', major: 'SOCIAL_WORK', years: 0 }),
        row('2026-A-4', 'ASSISTANT', { education: 'BACHELOR', years: 2 }),
        row('2026-S-1', 'SOCIAL_WORKER', { education: 'SECONDARY', years: 6, afterCertificate: 'ASSISTANT' }),
        row('2026-S-2', 'SOCIAL_WORKER', { education: 'COLLEGE', major: 'SOCIAL_WORK', years: 4 }),
        row('2026-S-3', 'SOCIAL_WORKER', { education: 'BACHELOR', major: 'SOCIAL_WORK', years: 3 }),
        row('2026-S-4', 'SOCIAL_WORKER', { education: 'MASTER', major: 'SOCIAL_WORK', years: 1 }),
        row('2026-S-5', 'SOCIAL_WORKER', { education: 'DOCTOR', major: 'SOCIAL_WORK', years: 0 }),
        row('2026-S-6', 'SOCIAL_WORKER', { education: 'COLLEGE', years: 6 }),
        row('2026-S-7', 'SOCIAL_WORKER', { education: 'BACHELOR', years: 5 }),
        row('2026-S-8', 'SOCIAL_WORKER', { education: 'MASTER', years: 3 }),
        row('2026-S-9', 'SOCIAL_WORKER', { education: 'DOCTOR', years: 2 }),
        row('2026-H-1', 'SENIOR', { education: 'BACHELOR', years: 5, afterCertificate: 'SOCIAL_WORKER' }),
      ],
    },
    sourceDoc: '2026 年度社会工作者职业资格考试通知，报考条件沿用国人部发〔2006〕71号、人社部规〔2018〕2号',
  },
});

/** How long the senior 成绩合格证明 is good for applying for review. */
export const statementPolicy = definePolicy({
  kind: 'exams.statement',
  schema: z.object({ validYears: z.number().int().min(1).max(10) }),
  shipped: { value: { validYears: 3 }, sourceDoc: '《高级社会工作师评价办法》人社部规〔2018〕2号' },
});
