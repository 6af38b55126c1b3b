import { completionOf, type Assessment, type CompletionPolicy, type SessionMark } from '../attendance/completion.rules.js';
import { addDays, startOfDay, yearOf, type CivilDay } from '../platform/civilDays.js';
import { newId } from '../platform/ids.js';
import { searchKeys, sortKeys } from '../platform/text/pinyin.js';
import { spanOf, type ClassState } from '../trainings/classes.rules.js';
import type { ClassRow } from '../trainings/classes.store.js';
import type { EnrolmentState } from '../trainings/enrolment.rules.js';
import type { EnrolmentRow } from '../trainings/enrolments.store.js';
import { classFacts, planFacts, slotsHeld } from '../trainings/rows.rules.js';
import type { TimetableSession } from '../trainings/trainingClass.rules.js';
import { marksFor } from './marks.js';
import type { PlannedClass } from './plan.js';
import type { Random } from './random.js';

/** One person's place with the marks made so far. */
export interface HistoricPlace {
  readonly row: EnrolmentRow;
  readonly marks: readonly SessionMark[];
}

/** A class of the demo as the database keeps it, with its places. */
export interface HistoricClass {
  readonly row: ClassRow;
  readonly places: readonly HistoricPlace[];
  /** Sessions whose roll call was handed in. */
  readonly submitted: readonly TimetableSession[];
}

/** What the rows are made with. */
export interface HistoryGround {
  readonly random: Random;
  readonly today: CivilDay;
  readonly policy: CompletionPolicy;
  readonly teacher: { readonly id: string; readonly name: string };
  /** 县 · 社区 of a person, as printed. */
  unitOf(workerId: string): string;
  /** Township ids below a division, which see what it is invited to. */
  townshipsBelow(divisionId: string): readonly string[];
}

/** Classes further away than this are drafts without people. */
const publishedDays = 60;

/** The rows of a planned class as of today: over, under way, published or still a draft. */
export function historicClass(ground: HistoryGround, plan: PlannedClass): HistoricClass {
  const span = spanOf(plan.sessions);
  if (span === null) throw new RangeError(`${plan.name} has no session`);
  const state = stateAt(ground.today, span);
  const row = classRow(ground, plan, { ...span, state });
  const submitted = plan.external ? [] : plan.sessions.filter((session) => session.slot < `${ground.today}-AM`);
  const places = state === 'DRAFT' ? [] : plan.people.map((person) => placeOf(ground, plan, row, { person, submitted }));
  const taken = places.filter((place) => place.row.slots.length > 0).length;
  return { row: { ...row, takenSeats: taken }, places, submitted: state === 'DRAFT' ? [] : submitted };
}

function stateAt(today: CivilDay, span: { firstDay: CivilDay; lastDay: CivilDay }): ClassState {
  if (span.lastDay < today) return 'CLOSED';
  if (span.firstDay <= today) return 'IN_PROGRESS';
  return span.firstDay <= addDays(today, publishedDays) ? 'PUBLISHED' : 'DRAFT';
}

function classRow(ground: HistoryGround, plan: PlannedClass, at: { firstDay: CivilDay; lastDay: CivilDay; state: ClassState }): ClassRow {
  const { people: _people, owner, audience, ...rest } = plan;
  const invited = audience.map((one) => one.id);
  const teaches = at.state === 'IN_PROGRESS' || (at.state === 'PUBLISHED' && plan.tier === 'CITY');
  const closed = at.state === 'CLOSED';
  return {
    ...rest,
    ...planFacts({ lastDay: at.lastDay, sessions: plan.sessions }),
    ...at,
    id: newId(),
    namePinyin: searchKeys(plan.name),
    seenBy: [...new Set([...owner.path, ...invited, ...invited.flatMap((id) => ground.townshipsBelow(id))])],
    contact: '0350-3020000',
    teacherAccountId: teaches ? ground.teacher.id : null,
    teacherName: teaches ? ground.teacher.name : '',
    quotas: quotasOf(plan),
    nominateBy: addDays(at.firstDay, -5),
    ownerDivisionId: owner.id,
    ownerPath: owner.path,
    audience: invited,
    evidence: plan.external ? '主办单位结业名册' : '',
    noticeNo: '',
    takenSeats: 0,
    stateReason: '',
    publishedAt: at.state === 'DRAFT' ? null : startOfDay(addDays(at.firstDay, -30)),
    closedAt: closed ? startOfDay(addDays(at.lastDay, 1)) : null,
    version: 1,
    changedBy: plan.organiser,
    changedAt: startOfDay(closed ? addDays(at.lastDay, 1) : addDays(at.firstDay, -30)),
  };
}

/** Seats per county of a city class as they were filled, the spare ones with the first. */
function quotasOf(plan: PlannedClass): ClassRow['quotas'] {
  if (plan.audience.length < 2) return [];
  const used = plan.audience.map((division) => plan.people.filter((person) => person.worker.divisionPath.includes(division.id)).length);
  const spare = plan.capacity - used.reduce((sum, one) => sum + one, 0);
  return plan.audience.map((division, index) => ({ divisionId: division.id, seats: (used[index] ?? 0) + (index === 0 ? spare : 0) }));
}

function placeOf(ground: HistoryGround, plan: PlannedClass, of: ClassRow, at: { person: PlannedClass['people'][number]; submitted: readonly TimetableSession[] }): HistoricPlace {
  const { worker, fate } = at.person;
  const marks = fate === 'withdrew' || plan.external ? [] : marksFor(ground.random, at.submitted, fate, plan.sessions.length);
  const assessment = assessmentOf(plan, of, fate);
  const state = placeState(ground, plan, of, { fate, marks, assessment });
  const row: EnrolmentRow = {
    id: newId(),
    classId: of.id,
    workerId: worker.id,
    name: worker.name,
    sortPinyin: sortKeys(worker.name).pinyin,
    divisionId: worker.divisionId,
    divisionPath: worker.divisionPath,
    seenBy: [...new Set([...worker.divisionPath, ...of.ownerPath])],
    quotaDivisionId: of.quotas.find((quota) => worker.divisionPath.includes(quota.divisionId))?.divisionId ?? null,
    unitText: ground.unitOf(worker.id),
    post: worker.post,
    postClass: worker.postClass,
    rank: 1,
    reason: '',
    state,
    stateReason: state === 'WITHDRAWN' ? '单位工作安排冲突，申请退出' : '',
    slots: slotsHeld(of, state),
    ...classFacts(of),
    assessment: assessment === 'NOT_TAKEN' ? 'NONE' : assessment,
    score: assessment === 'PASSED' ? 70 + (worker.name.length * 7) % 26 : assessment === 'FAILED' ? 52 : null,
    walkIn: false,
    nominatedBy: '演示数据',
    at: startOfDay(addDays(of.firstDay, -14)),
    version: 1,
  };
  return { row, marks };
}

function assessmentOf(plan: PlannedClass, of: ClassRow, fate: PlannedClass['people'][number]['fate']): Assessment {
  if (!plan.assessment) return 'NONE';
  if (of.state !== 'CLOSED') return 'NOT_TAKEN';
  return fate === 'failsTest' ? 'FAILED' : 'PASSED';
}

function placeState(ground: HistoryGround, plan: PlannedClass, of: ClassRow, at: { fate: string; marks: readonly SessionMark[]; assessment: Assessment }): EnrolmentState {
  if (at.fate === 'withdrew') return 'WITHDRAWN';
  if (of.state === 'PUBLISHED') return 'CONFIRMED';
  if (of.state === 'IN_PROGRESS') return at.marks.some((mark) => mark.mark === 'PRESENT') || at.marks.length === 0 ? 'ATTENDED' : 'CONFIRMED';
  if (plan.external) return 'COMPLETED';
  if (at.marks.every((mark) => mark.mark === 'ABSENT')) return 'ABSENT';
  return completionOf(plan.sessions, at.marks, at.assessment, ground.policy).kind === 'COMPLETED' ? 'COMPLETED' : 'FAILED';
}

/** The years of the demo's history, the running one last. */
export function demoYears(today: CivilDay): readonly number[] {
  const year = yearOf(today);
  return [year - 2, year - 1, year];
}
