import { z } from 'zod';
import { defineJob } from '../defineJob.js';

/** Recomputes everybody's certification and every rate: a new day moves registrations, a new year the chart. */
export const rebuildCertificatesJob = defineJob({
  name: 'certificates.rebuild',
  every: '25 0 * * *',
  data: z.object({}),
  lockMinutes: 30,
  run: async (_data, deps) => `people=${String(await deps.certificateRates.rebuild())}`,
});
