import { z } from 'zod';
import { defineJob } from '../defineJob.js';

/** Recomputes how everybody stands towards the coming exam: the calendar or the conditions changed, or results came out. */
export const rebuildExamsJob = defineJob({
  name: 'exams.rebuild',
  every: '30 0 * * *',
  data: z.object({}),
  lockMinutes: 30,
  run: async (_data, deps) => `people=${String(await deps.examStandings.rebuild())}`,
});
