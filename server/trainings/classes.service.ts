import type { AccessService } from '../access/access.service.js';
import { dayOf, type CivilDay } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { reaches, systemScope, type Scope } from '../platform/scope.js';
import { searchKeys } from '../platform/text/pinyin.js';
import type { Tx } from '../platform/transactions.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { Audience } from './audience.service.js';
import { tellOf } from './classEvents.service.js';
import { actOnClass, type ClassAction } from './classes.rules.js';
import type { ClassesStore, ClassRow } from './classes.store.js';
import { isActive } from './enrolment.rules.js';
import type { EnrolmentsStore } from './enrolments.store.js';
import { planProblems, takenProblems } from './planProblems.rules.js';
import { classFacts, planFacts, slotsHeld } from './rows.rules.js';
import { slotDay, slotHalf } from './slots.rules.js';
import type { ClassPlan, TimetableSession, TrainingClass } from './trainingClass.rules.js';
import { timetablePolicy } from './trainings.policies.js';

interface ClassesDeps {
  readonly classes: ClassesStore;
  readonly enrolments: EnrolmentsStore;
  readonly audience: Audience;
  readonly policies: Pick<PoliciesService, 'load'>;
  readonly access: Pick<AccessService, 'addClassTeacher' | 'removeClassTeacher'>;
}

/** A saved class, or why it was not saved. */
export type ClassOutcome =
  { readonly ok: true; readonly trainingClass: TrainingClass } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A class as it was seen when the form was opened. */
export interface SeenClass {
  readonly id: string;
  readonly version: number;
}

/** New dates of a class. */
export interface NewDates {
  readonly firstDay: CivilDay;
  readonly lastDay: CivilDay;
  readonly sessions: readonly TimetableSession[];
  readonly nominateBy: CivilDay | null;
}

const everyPlace = systemScope('a class moves the half-days of all its places');

const pastTense: Readonly<Record<ClassAction, string>> = {
  PUBLISH: 'published',
  POSTPONE: 'postponed',
  RESCHEDULE: 'rescheduled',
  START: 'started',
  CLOSE: 'closed',
  REOPEN: 'reopened',
  CANCEL: 'cancelled',
};

/** Planning and the life of a class. */
export function makeClassesService(deps: ClassesDeps) {
  const { classes, enrolments } = deps;

  async function check(tx: Tx, plan: ClassPlan, id: string | null): Promise<readonly Problem[]> {
    const book = await deps.policies.load([timetablePolicy]);
    const problems = planProblems(plan, plan.external ? null : tx.today, book.on(timetablePolicy, plan.ownerPath, plan.lastDay).value);
    return problems.length > 0 ? problems : placeProblems(tx, plan, id);
  }

  /** A place of the same line of divisions that another class has in one of the half-days. */
  async function placeProblems(tx: Tx, plan: ClassPlan, id: string | null): Promise<readonly Problem[]> {
    if (plan.place === '' || plan.external) return [];
    const slots = plan.sessions.map((session) => session.slot);
    const isNear = (other: TrainingClass): boolean =>
      other.ownerPath.includes(plan.ownerDivisionId) || plan.ownerPath.includes(other.ownerDivisionId);
    const other = (await classes.holdingPlace({ place: plan.place, slots }, tx)).find((one) => one.id !== id && isNear(one));
    const shared = other?.sessions.find((session) => slots.includes(session.slot))?.slot;
    if (other === undefined || shared === undefined) return [];
    const values = {
      day: slotDay(shared),
      half: slotHalf(shared),
      place: plan.place,
      name: other.name,
      by: other.changedBy,
      on: dayOf(other.changedAt),
    };
    return [{ field: 'place', key: 'trainings.class.place.taken', values }];
  }

  async function followTeacher(tx: Tx, classId: string, before: string | null, after: string | null): Promise<void> {
    if (before === after) return;
    if (before !== null) await deps.access.removeClassTeacher(tx, before, classId);
    if (after !== null) await deps.access.addClassTeacher(tx, after, classId);
  }

  /** Writes dates and half-days onto every place; whoever is busy then is named and nothing is changed. */
  async function movePlaces(tx: Tx, of: TrainingClass): Promise<readonly Problem[]> {
    const all = await enrolments.ofClass(everyPlace, of.id, undefined, tx);
    const active = all.filter((one) => isActive(one.state));
    const slots = slotsHeld(of, 'CONFIRMED');
    const holding = await enrolments.holding(
      everyPlace,
      active.map((one) => one.workerId),
      slots,
      tx,
    );
    const names = [...new Set(holding.filter((one) => one.classId !== of.id).map((one) => one.name))];
    if (names.length > 0) {
      return [{ field: 'firstDay', key: 'trainings.class.peopleBusy', values: { names: names.slice(0, 5).join('、'), n: names.length } }];
    }
    await enrolments.followClass(tx, of.id, classFacts(of));
    await enrolments.moveActive(tx, of.id, slots);
    return [];
  }

  /** Saves a changed class with everything that follows from it. */
  async function save(
    tx: Tx,
    scope: Scope,
    before: TrainingClass,
    change: { after: TrainingClass; action: string; reason?: string },
  ): Promise<ClassOutcome> {
    const { after } = change;
    const { id: _id, version: _version, takenSeats: _taken, ...fields } = after;
    const seenBy = await deps.audience.seenBy(after, after.state);
    await classes.change(tx, scope, { id: before.id, version: after.version }, { ...fields, namePinyin: searchKeys(after.name), seenBy });
    const problems = await movePlaces(tx, after);
    if (problems.length > 0) return { ok: false, problems };
    await followTeacher(tx, before.id, before.teacherAccountId, after.teacherAccountId);
    const people = await enrolments.ofClass(everyPlace, before.id, undefined, tx);
    tellOf(tx, after, { action: change.action, people, before, ...(change.reason === undefined ? {} : { reason: change.reason }) });
    return { ok: true, trainingClass: { ...after, version: after.version + 1 } };
  }

  async function act(tx: Tx, scope: Scope, at: SeenClass & { action: ClassAction; reason: string }): Promise<ClassOutcome> {
    const before = await classes.managedById(scope, at.id, tx);
    const next = actOnClass(before.state, at.action);
    if (!next.ok) return notFromHere(before);
    const stamps = { ...(at.action === 'PUBLISH' ? { publishedAt: tx.now } : {}), ...(at.action === 'CLOSE' ? { closedAt: tx.now } : {}) };
    const fields = { state: next.state, stateReason: at.reason, seenBy: await deps.audience.seenBy(before, next.state), ...stamps };
    await classes.change(tx, scope, at, fields);
    await enrolments.followClass(tx, at.id, { classState: next.state });
    const people = await enrolments.ofClass(everyPlace, at.id, undefined, tx);
    const { seenBy: _seenBy, ...changed } = fields;
    const after = { ...before, ...changed, version: at.version + 1 };
    tellOf(tx, after, { action: pastTense[at.action], people, reason: at.reason });
    return { ok: true, trainingClass: after };
  }

  return {
    find: classes.find,
    byId: classes.byId,
    managedById: classes.managedById,
    byIds: classes.byIds,
    list: classes.list,
    all: classes.all,
    count: classes.count,

    /** Saves a new class as a draft. The owner must lie inside the scope. */
    async create(tx: Tx, scope: Scope, plan: ClassPlan): Promise<ClassOutcome> {
      if (!reaches(scope, plan.ownerPath)) return { ok: false, problems: [{ field: 'owner', key: 'trainings.class.owner.outside' }] };
      const problems = await check(tx, plan, null);
      if (problems.length > 0) return { ok: false, problems };
      const id = newId();
      const seenBy = await deps.audience.seenBy(plan, 'DRAFT');
      const row: ClassRow = { id, ...plan, ...planFacts(plan), namePinyin: searchKeys(plan.name), seenBy, ...newborn(tx) };
      await classes.add(tx, [row]);
      await followTeacher(tx, id, null, plan.teacherAccountId);
      tx.audit({ action: 'class.created', object: { kind: 'class', id }, divisionPath: plan.ownerPath });
      return { ok: true, trainingClass: row };
    },

    /** Changes the plan of a class; people already in it move with its half-days or the change is refused. */
    async edit(tx: Tx, scope: Scope, at: SeenClass, plan: ClassPlan): Promise<ClassOutcome> {
      const before = await classes.managedById(scope, at.id, tx);
      if (before.state === 'CLOSED' || before.state === 'CANCELLED')
        return { ok: false, problems: [{ field: '', key: 'trainings.class.over' }] };
      const owner = { ownerDivisionId: before.ownerDivisionId, ownerPath: before.ownerPath };
      const after: TrainingClass = { ...before, ...plan, ...owner, ...planFacts(plan), version: at.version };
      const problems = [...(await check(tx, after, before.id)), ...takenProblems(before, plan)];
      return problems.length > 0 ? { ok: false, problems } : save(tx, scope, before, { after, action: 'changed' });
    },

    /** Moves a class to other dates; a postponed one is on again. Refused while somebody in it is busy then. */
    async reschedule(tx: Tx, scope: Scope, at: SeenClass & { dates: NewDates; reason: string }): Promise<ClassOutcome> {
      const before = await classes.managedById(scope, at.id, tx);
      const next = actOnClass(before.state, 'RESCHEDULE');
      if (!next.ok) return notFromHere(before);
      const moved = { ...before, ...at.dates, state: next.state, stateReason: at.reason, version: at.version };
      const after: TrainingClass = { ...moved, ...planFacts(moved) };
      const problems = [...overProblems(tx, after), ...(await check(tx, after, before.id))];
      return problems.length > 0 ? { ok: false, problems } : save(tx, scope, before, { after, action: 'rescheduled', reason: at.reason });
    },

    /** Publishes, postpones, starts, closes or reopens a class. Closing and reopening belong to attendance, which settles the places first. */
    act,

    /** Cancels a class and frees the half-days of everybody in it. */
    async cancel(tx: Tx, scope: Scope, at: SeenClass & { reason: string }): Promise<ClassOutcome> {
      const outcome = await act(tx, scope, { ...at, action: 'CANCEL' });
      if (!outcome.ok) return outcome;
      const all = await enrolments.ofClass(everyPlace, at.id, undefined, tx);
      for (const place of all.filter((one) => isActive(one.state) || one.state === 'WAITLISTED')) {
        await enrolments.change(tx, place, { state: 'WITHDRAWN', stateReason: at.reason, slots: [] });
      }
      await classes.freeSeats(tx, at.id, outcome.trainingClass.takenSeats);
      return outcome;
    },
  };
}

export type ClassesService = ReturnType<typeof makeClassesService>;

function overProblems(tx: Tx, { firstDay }: TrainingClass): readonly Problem[] {
  return firstDay < tx.today
    ? [{ field: 'firstDay', key: 'trainings.class.firstDay.over', values: { day: firstDay, today: tx.today } }]
    : [];
}

function notFromHere(of: TrainingClass): ClassOutcome {
  return { ok: false, problems: [{ field: '', key: 'trainings.class.notFromHere', values: { name: of.name } }] };
}

function newborn(
  tx: Tx,
): Pick<TrainingClass, 'takenSeats' | 'state' | 'stateReason' | 'publishedAt' | 'closedAt' | 'version' | 'changedBy' | 'changedAt'> {
  return {
    takenSeats: 0,
    state: 'DRAFT',
    stateReason: '',
    publishedAt: null,
    closedAt: null,
    version: 1,
    changedBy: tx.actor.name,
    changedAt: tx.now,
  };
}
