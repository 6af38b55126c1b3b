import type { CivilDay } from '../platform/civilDays.js';
import { addDays, addYears, daysBetween } from '../platform/civilDays.js';
import type { Post, PostClass } from './posts.rules.js';

/** Where a request stands; one word for one state on every page. */
export const requestStates = ['requested', 'approved', 'refused', 'withdrawn', 'answered'] as const;
export type RequestState = (typeof requestStates)[number];

/** Who asked, who answered, and where it stands. */
export interface Asked {
  readonly id: string;
  readonly workerId: string;
  readonly workerName: string;
  readonly state: RequestState;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly answer: string;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
}

/** Why somebody is not due for a time; both days included (domain.md §2.3: leave, maternity, secondment). */
export interface Exemption extends Asked {
  readonly divisionPath: readonly string[];
  readonly kind: 'coverage';
  readonly reason: string;
  readonly from: CivilDay;
  readonly to: CivilDay;
}

/** A person asked for by another county (decision 8). `requested` until the giving county or the city answers. */
export interface Transfer extends Asked {
  readonly fromPath: readonly string[];
  readonly toDivisionId: string;
  readonly toPath: readonly string[];
  readonly post: Post;
  readonly postClass: PostClass;
  readonly effectiveOn: CivilDay;
  readonly reason: string;
}

/** What a correction can be about. */
export const correctionTopics = ['identity', 'phone', 'post', 'service', 'education', 'training', 'exam', 'other'] as const;
export type CorrectionTopic = (typeof correctionTopics)[number];

/** What a worker says is wrong about the own record. */
export interface Correction extends Asked {
  readonly divisionPath: readonly string[];
  readonly topic: CorrectionTopic;
  readonly text: string;
  /** When the worker said to have seen the answer. */
  readonly seenAt: Date | null;
}

/** Why the dates of an exemption cannot be taken, or null. */
export function findExemptionProblem(from: CivilDay, to: CivilDay): 'ENDS_BEFORE' | 'TOO_LONG' | null {
  if (to < from) return 'ENDS_BEFORE';
  return daysBetween(from, to) >= daysBetween(from, addYears(from, 1)) ? 'TOO_LONG' : null;
}

/** What an exemption becomes when the person is due again from a day on: shorter, or never in force; null for a day outside it. */
export function endExemption(
  of: { from: CivilDay; to: CivilDay },
  backOn: CivilDay,
): { state: 'approved' | 'withdrawn'; to: CivilDay } | null {
  if (backOn < of.from || backOn > of.to) return null;
  return backOn === of.from ? { state: 'withdrawn', to: of.to } : { state: 'approved', to: addDays(backOn, -1) };
}

/** Whether two exemptions share a day. */
export function exemptionsOverlap(one: { from: CivilDay; to: CivilDay }, other: { from: CivilDay; to: CivilDay }): boolean {
  return one.from <= other.to && other.from <= one.to;
}
