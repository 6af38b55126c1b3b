import { z } from 'zod';
import type { CivilDay } from '../platform/civilDays.js';
import { day } from '../platform/http/fields.js';

/** The upload; the file itself comes beside the form. A file cannot be about a day to come. */
export function uploadForm(today: CivilDay) {
  return z.object({ asOf: day('imports.asOf').refine((value) => value <= today, 'imports.asOf.future') });
}
