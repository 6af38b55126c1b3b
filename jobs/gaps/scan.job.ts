import { z } from 'zod';
import { defineJob } from '../defineJob.js';

/** Looks at everybody and every division again: raises, refreshes and clears flags. */
export const scanJob = defineJob({
  name: 'gaps.scan',
  every: '40 0 * * *',
  data: z.object({}),
  lockMinutes: 60,
  async run(_data, deps) {
    const { people, raised, refreshed, cleared } = await deps.gaps.scan();
    return `people=${String(people)} raised=${String(raised)} refreshed=${String(refreshed)} cleared=${String(cleared)}`;
  },
});
