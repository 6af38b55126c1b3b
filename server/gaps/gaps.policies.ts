import { z } from 'zod';
import { definePolicy, yearDay } from '../policies/kinds.js';
import { tiers } from '../trainings/classes.rules.js';
import type { FlagPolicy } from './flags.rules.js';

/** When flags are raised and when they turn red (domain.md §2.7). */
export const flagTimingPolicy = definePolicy<FlagPolicy>({
  kind: 'gaps.timing',
  schema: z.object({
    coverage: z.object({ soonFrom: yearDay, lateFrom: yearDay }),
    hours: z.object({ checkDays: z.array(yearDay).min(1), lateFrom: yearDay }),
    cityClass: z.object({ from: yearDay, lateFrom: yearDay, leastTier: z.enum(tiers) }),
    firstRegistration: z.object({ warnDays: z.number().int().min(0).max(365) }),
    continuingEducation: z.object({ everyMonths: z.number().int().min(1).max(36), lateWithinMonths: z.number().int().min(0).max(36) }),
  }),
  shipped: {
    value: {
      coverage: { soonFrom: '07-01', lateFrom: '11-01' },
      hours: { checkDays: ['03-31', '06-30', '09-30', '12-31'], lateFrom: '10-01' },
      cityClass: { from: '04-01', lateFrom: '11-01', leastTier: 'CITY' },
      firstRegistration: { warnDays: 60 },
      continuingEducation: { everyMonths: 6, lateWithinMonths: 6 },
    },
    sourceDoc: '产品默认：7 月 1 日起提示未训，11 月 1 日起标红；学时按季度核对',
  },
});
