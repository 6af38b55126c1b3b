import { z } from 'zod';
import { monthOf, yearOf } from '../../server/platform/civilDays.js';
import { defineJob } from '../defineJob.js';

/** Recomputes everybody's year from the facts, the old year too while January lasts, and says what had drifted. */
export const recomputeAllJob = defineJob({
  name: 'coverage.recomputeAll',
  every: '20 0 * * *',
  data: z.object({ year: z.number().int().optional() }),
  lockMinutes: 60,
  async run({ year }, deps) {
    const today = deps.clock.today();
    const current = yearOf(today);
    const kept = await deps.rollUp.years();
    const later = kept.filter((one) => one > current);
    const years = year !== undefined ? [year] : [...(monthOf(today) === 1 ? [current - 1] : []), current, ...later];
    const lines: string[] = [];
    for (const one of years) {
      const { people, divisions, drifted } = await deps.rollUp.rebuild(one);
      if (drifted.length > 0)
        deps.log.warn(
          { job: 'coverage.recomputeAll', year: one, drifted: drifted.slice(0, 100), count: drifted.length },
          'coverage had drifted',
        );
      lines.push(`${String(one)}: people=${String(people)} divisions=${String(divisions)} drifted=${String(drifted.length)}`);
    }
    return lines.join('; ');
  },
});
