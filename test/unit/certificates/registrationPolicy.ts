import type { RegistrationPolicy } from '../../../server/certificates/registration.rules.js';

/** 民发〔2009〕44号 and 123号, as domain.md §1.7 gives them. */
export const registrationPolicy: RegistrationPolicy = {
  firstWithinMonths: 12,
  validMonths: 36,
  renewWithinMonths: 3,
  ceMinutes: { ASSISTANT: 72 * 60, SOCIAL_WORKER: 90 * 60, SENIOR: 90 * 60 },
  degreeMinutes: 90 * 60,
};
