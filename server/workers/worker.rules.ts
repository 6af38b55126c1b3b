import type { CivilDay } from '../platform/civilDays.js';
import type { EducationLevel, EntrySource, PoliticalStatus, Post, PostClass, ServiceStatus, Sex } from './posts.rules.js';
import { educationLevels } from './posts.rules.js';
import type { Appointment, Recorded, ServicePeriod } from './service.rules.js';

/** What a person is beside posts and service; everything may be changed by an edit. Unknown is null, never guessed. */
export interface WorkerDetails {
  readonly name: string;
  /** Name of the nationality as GB/T 3304 has it (汉族). */
  readonly ethnicity: string | null;
  readonly politicalStatus: PoliticalStatus | null;
  readonly joinedPartyOn: CivilDay | null;
  readonly fullTimeEducation: EducationLevel | null;
  /** School and subject of the full-time education, as written. */
  readonly fullTimeSchool: string;
  /** 在职(最高)学历. */
  readonly inServiceEducation: EducationLevel | null;
  readonly inServiceSchool: string;
  readonly isSocialWorkMajor: boolean;
  readonly entrySource: EntrySource | null;
  /** 参加社区工作时间: counts all service, also before the present one. */
  readonly workStartedOn: CivilDay | null;
  /** 岗位等级, 1–18. */
  readonly grade: number | null;
  readonly note: string;
}

/** A community worker as the roster shows on the day it was last written. ID number and phone only masked. */
export interface Worker extends WorkerDetails {
  readonly id: string;
  readonly sex: Sex;
  readonly birthDay: CivilDay;
  readonly idMasked: string;
  readonly phoneMasked: string | null;
  /** Blind index of the phone: the sign-in key that `access` knows. */
  readonly phoneIndex: string | null;
  /** The highest of both educations. */
  readonly education: EducationLevel | null;
  /** The community of the primary appointment (ruling 29). */
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly divisionCode: string;
  readonly post: Post;
  readonly postClass: PostClass;
  readonly isDualPost: boolean;
  /** First day of the present unbroken service (of the last one when the person has left). */
  readonly entryDate: CivilDay;
  /** 任现职时间. */
  readonly postSince: CivilDay;
  readonly status: ServiceStatus;
  /** The same as `entryDate` while the person serves, else null. */
  readonly inServiceSince: CivilDay | null;
  readonly version: number;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** How a fact came to be known. */
export interface Evidence extends Recorded {
  readonly id: string;
  readonly reason: string;
  readonly recordedBy: string;
}

/** An appointment as it is kept. */
export interface AppointmentFact extends Appointment, Evidence {
  readonly workerId: string;
  readonly divisionPath: readonly string[];
}

/** A service status as it is kept. */
export interface StatusFact extends ServicePeriod, Evidence {
  readonly workerId: string;
}

/** Days on which a person is not due for coverage, both included. */
export interface ExemptionPeriod {
  readonly id: string;
  readonly reason: string;
  readonly from: CivilDay;
  readonly to: CivilDay;
}

/** Everything the floors above need to judge one person: the projection, the facts that stand, the approved exemptions. */
export interface WorkerFacts {
  readonly worker: Worker;
  readonly appointments: readonly AppointmentFact[];
  readonly statuses: readonly StatusFact[];
  readonly exemptions: readonly ExemptionPeriod[];
}

/** The higher of two educations. */
export function highestEducation(one: EducationLevel | null, other: EducationLevel | null): EducationLevel | null {
  if (one === null || other === null) return one ?? other;
  return educationLevels.indexOf(one) >= educationLevels.indexOf(other) ? one : other;
}

/** The years whose coverage a change that holds from a day can move: from that year to the running one. */
export function yearsTouched(from: CivilDay, today: CivilDay): number[] {
  const first = Number(from.slice(0, 4));
  const last = Math.max(Number(today.slice(0, 4)), first);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The fields of `WorkerDetails` in the order of the roster. */
export const detailFields = [
  'name',
  'ethnicity',
  'politicalStatus',
  'joinedPartyOn',
  'fullTimeEducation',
  'fullTimeSchool',
  'inServiceEducation',
  'inServiceSchool',
  'isSocialWorkMajor',
  'entrySource',
  'workStartedOn',
  'grade',
  'note',
] as const satisfies readonly (keyof WorkerDetails)[];
export type DetailField = (typeof detailFields)[number];

/** One field that differs; values as stored, null when empty. */
export interface DetailChange {
  readonly field: DetailField;
  readonly from: WorkerDetails[DetailField];
  readonly to: WorkerDetails[DetailField];
}

/** What an edit changes, field by field, in the order of the roster. */
export function detailChanges(from: WorkerDetails, to: Partial<WorkerDetails>): DetailChange[] {
  return detailFields.flatMap((field) => {
    const value = to[field];
    return value === undefined || value === from[field] ? [] : [{ field, from: from[field], to: value }];
  });
}

/** A changed field as the trail keeps it: text, null when empty. */
export function asAuditChange(change: DetailChange): { field: string; from: string | null; to: string | null } {
  const text = (value: DetailChange['to']): string | null => (value === null || value === '' ? null : String(value));
  return { field: change.field, from: text(change.from), to: text(change.to) };
}
