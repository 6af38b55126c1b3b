import { completionPolicy, hoursPolicy } from './attendance/attendance.policies.js';
import { registrationPolicy } from './certificates/certificates.policies.js';
import { coveragePolicy, inductionPolicy, onboardingPolicy } from './coverage/coverage.policies.js';
import { eligibilityPolicy, statementPolicy } from './exams/exams.policies.js';
import { flagTimingPolicy } from './gaps/gaps.policies.js';
import type { PolicyKind } from './policies/kinds.js';
import { timetablePolicy } from './trainings/trainings.policies.js';
import { agesPolicy } from './workers/workers.policies.js';

/** Every kind of policy row that a feature declares, in the order of the policy page. */
export const policyKinds: readonly PolicyKind<unknown>[] = [
  coveragePolicy,
  onboardingPolicy,
  inductionPolicy,
  completionPolicy,
  hoursPolicy,
  registrationPolicy,
  eligibilityPolicy,
  statementPolicy,
  flagTimingPolicy,
  timetablePolicy,
  agesPolicy,
];
