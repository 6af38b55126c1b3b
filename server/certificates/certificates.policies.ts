import { z } from 'zod';
import { definePolicy } from '../policies/kinds.js';
import type { RegistrationPolicy } from './registration.rules.js';

const months = z.number().int().min(1).max(120);
const minutes = z.number().int().min(0).max(60_000);

/** 登记 and 继续教育 (民发〔2009〕44号, 123号; domain.md §1.7). */
export const registrationPolicy = definePolicy<RegistrationPolicy>({
  kind: 'certificates.registration',
  schema: z.object({
    firstWithinMonths: months,
    validMonths: months,
    renewWithinMonths: months,
    ceMinutes: z.object({ ASSISTANT: minutes, SOCIAL_WORKER: minutes, SENIOR: minutes }),
    degreeMinutes: minutes,
  }),
  shipped: {
    value: {
      firstWithinMonths: 12,
      validMonths: 36,
      renewWithinMonths: 3,
      ceMinutes: { ASSISTANT: 72 * 60, SOCIAL_WORKER: 90 * 60, SENIOR: 90 * 60 },
      degreeMinutes: 90 * 60,
    },
    sourceDoc: '《社会工作者职业水平证书登记办法》民发〔2009〕44号、《社会工作者继续教育办法》民发〔2009〕123号',
  },
});
