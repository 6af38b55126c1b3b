import type { CivilDay } from '../platform/civilDays.js';
import type { AudienceGroup, Post, PostClass } from '../workers/posts.rules.js';
import type { ClassSession, ClassState, Purpose, Tier } from './classes.rules.js';
import type { EnrolmentState } from './enrolment.rules.js';
import type { Slot } from './slots.rules.js';

/** A session with what people read about it. */
export interface TimetableSession extends ClassSession {
  readonly title: string;
  readonly lecturer: string;
}

/** Seats set aside for one invited division. */
export interface Quota {
  readonly divisionId: string;
  readonly seats: number;
}

/** What is decided when a class is planned; everything of it may be edited until it closes. */
export interface ClassPlan {
  readonly name: string;
  readonly tier: Tier;
  readonly purpose: Purpose;
  /** 主办单位. */
  readonly organiser: string;
  /** 承办单位 or 培训机构, '' when there is none. */
  readonly institution: string;
  readonly place: string;
  readonly contact: string;
  readonly teacherAccountId: string | null;
  readonly teacherName: string;
  readonly firstDay: CivilDay;
  readonly lastDay: CivilDay;
  readonly sessions: readonly TimetableSession[];
  /** Seats of the class; persons. */
  readonly capacity: number;
  readonly quotas: readonly Quota[];
  /** Last day for nominations, null when there is none. */
  readonly nominateBy: CivilDay | null;
  readonly ownerDivisionId: string;
  /** Ids root first: who manages the class. */
  readonly ownerPath: readonly string[];
  /** Divisions that may see the class and nominate their own people. */
  readonly audience: readonly string[];
  /** Groups it is meant for; empty means everyone. */
  readonly audienceGroups: readonly AudienceGroup[];
  /** Whether completion asks for a passed assessment. */
  readonly assessment: boolean;
  /** Held elsewhere: no roll call, results are entered (decision 12). */
  readonly external: boolean;
  readonly evidence: string;
  readonly noticeNo: string;
}

/** A training class (班次). */
export interface TrainingClass extends ClassPlan {
  readonly id: string;
  /** Year of the last session: the year it counts for coverage. */
  readonly year: number;
  readonly creditMinutes: number;
  /** Active places: nominated, confirmed and after. */
  readonly takenSeats: number;
  readonly state: ClassState;
  readonly stateReason: string;
  readonly publishedAt: Date | null;
  readonly closedAt: Date | null;
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** Result of a class's assessment for one person. */
export type AssessmentResult = 'NONE' | 'PASSED' | 'FAILED' | 'NOT_TAKEN';

/** One person's place in a class, with the facts of the class that boards and flags ask for. */
export interface Enrolment {
  readonly id: string;
  readonly classId: string;
  readonly workerId: string;
  /** Name, unit and post as they were at class time (时任单位及职务). */
  readonly name: string;
  readonly sortPinyin: string;
  /** Home community and its path at class time: person-times are booked there for good. */
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly unitText: string;
  readonly post: Post;
  readonly postClass: PostClass;
  /** The invited division whose quota the place takes, null when the class has no quotas. */
  readonly quotaDivisionId: string | null;
  /** Order of nomination, 1 first; of the waitlist too. */
  readonly rank: number;
  /** Why this person, as a code of the planner's ranking or free text. */
  readonly reason: string;
  readonly state: EnrolmentState;
  readonly stateReason: string;
  readonly slots: readonly Slot[];
  readonly tier: Tier;
  readonly purpose: Purpose;
  readonly classState: ClassState;
  readonly firstDay: CivilDay;
  readonly lastDay: CivilDay;
  readonly year: number;
  readonly assessment: AssessmentResult;
  readonly score: number | null;
  /** Credit minutes of this person alone in a class held elsewhere; null: those of the class. */
  readonly creditMinutes: number | null;
  /** Added at roll call without having been listed. */
  readonly walkIn: boolean;
  readonly nominatedBy: string;
  readonly at: Date;
  readonly version: number;
}
