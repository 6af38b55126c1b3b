import { flagTimingPolicy } from '../../../server/gaps/gaps.policies.js';

/** The shipped timing of domain.md §2.7. */
export const flagPolicy = flagTimingPolicy.shipped.value;
