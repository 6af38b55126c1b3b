import { completionOf, type Assessment, type CompletionPolicy, type SessionMark } from '../attendance/completion.rules.js';
import { addDays, startOfDay, yearOf, type CivilDay } from '../platform/civilDays.js';
import { spanOf, type ClassState } from '../trainings/classes.rules.js';
import type { EnrolmentState } from '../trainings/enrolment.rules.js';
import type { HistoricClass, HistoricPlace } from '../trainings/history.service.js';
import type { ClassPlan, TimetableSession } from '../trainings/trainingClass.rules.js';
import { marksFor } from './marks.js';
import type { Fate, PlannedClass } from './plan.js';
import type { Random } from './random.js';

/** A class of the demo as it stands today, with the marks of its people by worker id. */
export interface DemoClass {
  readonly historic: HistoricClass;
  readonly marks: ReadonlyMap<string, readonly SessionMark[]>;
  /** Sessions whose roll call was handed in. */
  readonly submitted: readonly TimetableSession[];
}

/** What the history is made with. */
export interface HistoryGround {
  readonly random: Random;
  readonly today: CivilDay;
  readonly policy: CompletionPolicy;
  readonly teacher: { readonly id: string; readonly name: string };
}

/** Classes further away than this are drafts without people. */
const publishedDays = 60;

/** A planned class as of today: over, under way, published or still a draft. */
export function demoClass(ground: HistoryGround, plan: PlannedClass): DemoClass {
  const span = spanOf(plan.sessions);
  if (span === null) throw new RangeError(`${plan.name} has no session`);
  const state = stateAt(ground.today, span);
  const submitted = plan.external ? [] : plan.sessions.filter((session) => session.slot < `${ground.today}-AM`);
  const marks = new Map<string, readonly SessionMark[]>();
  const people = (state === 'DRAFT' ? [] : plan.people).map(({ worker, fate }): HistoricPlace => {
    const own = fate === 'withdrew' || plan.external ? [] : marksFor(ground.random, submitted, fate, plan.sessions.length);
    if (own.length > 0) marks.set(worker.id, own);
    const assessment = assessmentOf(plan, state, fate);
    return {
      worker,
      state: placeState(plan, { state, fate, marks: own, assessment, policy: ground.policy }),
      rank: 1,
      assessment: assessment === 'NOT_TAKEN' ? 'NONE' : assessment,
      score: assessment === 'PASSED' ? ground.random.between(68, 98) : assessment === 'FAILED' ? 52 : null,
    };
  });
  const historic: HistoricClass = {
    plan: classPlan(ground, plan, { ...span, state }),
    state,
    publishedAt: state === 'DRAFT' ? null : startOfDay(addDays(span.firstDay, -30)),
    closedAt: state === 'CLOSED' ? startOfDay(addDays(span.lastDay, 1)) : null,
    people,
  };
  return { historic, marks, submitted: people.length === 0 ? [] : submitted };
}

function stateAt(today: CivilDay, span: { firstDay: CivilDay; lastDay: CivilDay }): ClassState {
  if (span.lastDay < today) return 'CLOSED';
  if (span.firstDay <= today) return 'IN_PROGRESS';
  return span.firstDay <= addDays(today, publishedDays) ? 'PUBLISHED' : 'DRAFT';
}

function classPlan(ground: HistoryGround, plan: PlannedClass, at: { firstDay: CivilDay; lastDay: CivilDay; state: ClassState }): ClassPlan {
  const { people: _people, owner, audience, ...rest } = plan;
  const teaches = at.state === 'IN_PROGRESS' || (at.state === 'PUBLISHED' && plan.tier === 'CITY');
  return {
    ...rest,
    firstDay: at.firstDay,
    lastDay: at.lastDay,
    contact: '0350-3020000',
    teacherAccountId: teaches ? ground.teacher.id : null,
    teacherName: teaches ? ground.teacher.name : '',
    quotas: quotasOf(plan),
    nominateBy: addDays(at.firstDay, -5),
    ownerDivisionId: owner.id,
    ownerPath: owner.path,
    audience: audience.map((one) => one.id),
    evidence: plan.external ? '主办单位结业名册' : '',
    noticeNo: '',
  };
}

/** Seats per county of a city class as they were filled, the spare ones with the first. */
function quotasOf(plan: PlannedClass): ClassPlan['quotas'] {
  if (plan.audience.length < 2) return [];
  const used = plan.audience.map((division) => plan.people.filter((person) => person.worker.divisionPath.includes(division.id)).length);
  const spare = plan.capacity - used.reduce((sum, one) => sum + one, 0);
  return plan.audience.map((division, index) => ({ divisionId: division.id, seats: (used[index] ?? 0) + (index === 0 ? spare : 0) }));
}

function assessmentOf(plan: PlannedClass, state: ClassState, fate: Fate): Assessment {
  if (!plan.assessment) return 'NONE';
  if (state !== 'CLOSED') return 'NOT_TAKEN';
  return fate === 'failsTest' ? 'FAILED' : 'PASSED';
}

interface Ending {
  readonly state: ClassState;
  readonly fate: Fate;
  readonly marks: readonly SessionMark[];
  readonly assessment: Assessment;
  readonly policy: CompletionPolicy;
}

/** How a place stands: judged by the product's own rule, so that demo and rule cannot disagree. */
function placeState(plan: PlannedClass, at: Ending): EnrolmentState {
  if (at.fate === 'withdrew') return 'WITHDRAWN';
  if (at.state === 'PUBLISHED') return 'CONFIRMED';
  if (at.state === 'IN_PROGRESS') return at.marks.some((mark) => mark.mark === 'PRESENT') ? 'ATTENDED' : 'CONFIRMED';
  if (plan.external) return 'COMPLETED';
  if (at.marks.every((mark) => mark.mark === 'ABSENT')) return 'ABSENT';
  return completionOf(plan.sessions, at.marks, at.assessment, at.policy).kind === 'COMPLETED' ? 'COMPLETED' : 'FAILED';
}

/** The years of the demo's history, the running one last. */
export function demoYears(today: CivilDay): readonly number[] {
  const year = yearOf(today);
  return [year - 2, year - 1, year];
}
