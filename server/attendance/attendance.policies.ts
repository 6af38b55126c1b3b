import { z } from 'zod';
import { definePolicy } from '../policies/kinds.js';
import { tiers } from '../trainings/classes.rules.js';
import type { CompletionPolicy } from './completion.rules.js';
import type { HoursPolicy, HoursRequirement } from './hours.rules.js';

const share = z
  .object({ part: z.number().int().min(0), of: z.number().int().min(1) })
  .refine(({ part, of }) => part <= of, { path: ['part'] });
const minutes = z.number().int().min(0).max(60_000);
const requirement = z.object({
  minutes,
  partyMemberMinutes: minutes.nullable(),
  classes: z.object({ count: z.number().int().min(0).max(20), leastTier: z.enum(tiers).nullable() }),
  inClassMinutes: minutes,
});

const hours = (credits: number, leastTier: HoursRequirement['classes']['leastTier']): HoursRequirement => ({
  minutes: credits * 60,
  partyMemberMinutes: null,
  classes: { count: 1, leastTier },
  inClassMinutes: 0,
});

/** When a class counts as completed (decision 15). */
export const completionPolicy = definePolicy<CompletionPolicy>({
  kind: 'attendance.completion',
  schema: z.object({
    leaveShare: share,
    lengthRows: z.array(z.object({ upToDays: z.number().min(0.5).max(400), maxLeaveHalfDays: z.number().int().min(0).max(100) })),
    maxUnapprovedHalfDays: z.number().int().min(0).max(100),
    leastAttendedShare: share,
  }),
  shipped: {
    value: {
      leaveShare: { part: 1, of: 7 },
      lengthRows: [{ upToDays: 3, maxLeaveHalfDays: 1 }],
      maxUnapprovedHalfDays: 0,
      leastAttendedShare: { part: 1, of: 2 },
    },
    sourceDoc: '《干部教育培训工作条例》：请假累计超过总学时 1/7 的退学；3 天以内的班最多 1 个半天（产品默认）',
  },
});

/** The year's hours by post class (domain.md §2.4). */
export const hoursPolicy = definePolicy<HoursPolicy>({
  kind: 'attendance.hours',
  schema: z.object({
    groups: z.object({ CHIEF: requirement, COMMITTEE: requirement, STAFF: requirement }),
    newHire: requirement,
    requireCompletion: z.boolean(),
  }),
  shipped: {
    value: {
      groups: {
        CHIEF: hours(56, 'COUNTY'),
        COMMITTEE: { ...hours(40, null), partyMemberMinutes: 56 * 60 },
        STAFF: hours(40, 'COUNTY'),
      },
      newHire: { minutes: 24 * 60, partyMemberMinutes: null, classes: { count: 0, leastTier: null }, inClassMinutes: 0 },
      requireCompletion: false,
    },
    sourceDoc: '产品默认，参照《中国共产党党员教育管理工作条例》（书记和班子成员每年不少于 56 学时）',
  },
});
