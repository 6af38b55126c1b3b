import type { FlagPolicy } from '../../../server/gaps/flags.rules.js';

/** The default timing of domain.md §2.7. */
export const flagPolicy: FlagPolicy = {
  coverage: { soonFrom: '07-01', lateFrom: '11-01' },
  hours: { checkDays: ['03-31', '06-30', '09-30', '12-31'], lateFrom: '10-01' },
  cityClass: { from: '04-01', lateFrom: '11-01', leastTier: 'CITY' },
  firstRegistration: { warnDays: 60 },
  continuingEducation: { everyMonths: 6, lateWithinMonths: 6 },
};
