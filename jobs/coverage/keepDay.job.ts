import { z } from 'zod';
import { addDays, monthOf } from '../../server/platform/civilDays.js';
import { defineJob } from '../defineJob.js';

const daily = ['nation', 'province', 'city', 'county'];

/** Keeps how the boards stand at the end of a day: daily down to the county, at the end of a month for every division. */
export const keepDayJob = defineJob({
  name: 'coverage.keepDay',
  every: '50 23 * * *',
  data: z.object({}),
  lockMinutes: 15,
  async run(_data, deps) {
    const day = deps.clock.today();
    const isMonthEnd = monthOf(addDays(day, 1)) !== monthOf(day);
    const kept = await deps.rollUp.keepDay(day, isMonthEnd ? undefined : daily);
    return `day=${day} divisions=${String(kept)}`;
  },
});
