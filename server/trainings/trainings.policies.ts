import { z } from 'zod';
import { definePolicy } from '../policies/kinds.js';
import type { TimetablePolicy } from './classes.rules.js';

/** How much may be scheduled in one half-day (documents.md §1.7, §3.2: four paid 学时). */
export const timetablePolicy = definePolicy<TimetablePolicy>({
  kind: 'trainings.timetable',
  schema: z.object({ maxMinutesPerHalfDay: z.number().int().min(30).max(600) }),
  shipped: { value: { maxMinutesPerHalfDay: 240 }, sourceDoc: '产品默认：师资费按每半天最多 4 学时计，课表每半天不超过 4 学时' },
});
