import { z } from 'zod';
import { day, optionalDay, text, version } from '../platform/http/fields.js';

const reason = text('trainings.step.reason', 200);

/** Publishing asks nothing but the version. */
export const publicationForm = z.object({ version });

/** Postponing and cancelling ask why: people read it. */
export const reasonForm = z.object({ version, reason });

/** New first day; the sessions keep their distance from it. */
export const reschedulingForm = z.object({
  version,
  reason,
  firstDay: day('trainings.class.firstDay'),
  nominateBy: optionalDay('trainings.class.nominateBy'),
});
