import type { AccessService } from '../access/access.service.js';
import type { DivisionsStore } from '../divisions/divisions.store.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { reaches, systemScope, type Scope } from '../platform/scope.js';
import { searchKeys } from '../platform/text/pinyin.js';
import type { Tx } from '../platform/transactions.js';
import { actOnClass, type ClassAction } from './classes.rules.js';
import type { ClassesStore, ClassRow } from './classes.store.js';
import { isActive } from './enrolment.rules.js';
import type { EnrolmentsStore } from './enrolments.store.js';
import { classFacts, planFacts, slotsHeld } from './rows.rules.js';
import type { ClassPlan, Enrolment, TrainingClass } from './trainingClass.rules.js';

interface ClassesDeps {
  readonly classes: ClassesStore;
  readonly enrolments: EnrolmentsStore;
  readonly divisionsStore: DivisionsStore;
  readonly access: Pick<AccessService, 'addClassTeacher' | 'removeClassTeacher'>;
}

/** A saved class, or why it was not saved. */
export type ClassOutcome = { readonly ok: true; readonly trainingClass: TrainingClass } | { readonly ok: false; readonly problems: readonly Problem[] };

interface Versioned {
  readonly id: string;
  readonly version: number;
}

const everyPlace = systemScope('a rescheduled class moves the half-days of all its places');

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

  /** Divisions whose scope may see the class: its owner's line, whom it invites, and the townships below those. */
  async function seenBy(plan: Pick<ClassPlan, 'ownerPath' | 'audience'>): Promise<readonly string[]> {
    const below = await Promise.all(plan.audience.map((id) => deps.divisionsStore.listByLevel(id, 'township')));
    return [...new Set([...plan.ownerPath, ...plan.audience, ...below.flat().map((one) => one.id)])];
  }

  async function followTeacher(tx: Tx, classId: string, before: string | null, after: string | null): Promise<void> {
    if (before === after) return;
    if (before !== null) await deps.access.removeClassTeacher(tx, before, classId);
    if (after !== null) await deps.access.addClassTeacher(tx, after, classId);
  }

  /** Writes half-days and dates of a changed timetable onto every place; whoever is busy then is named. */
  async function moveHalfDays(tx: Tx, of: TrainingClass): Promise<readonly Problem[]> {
    const all = await enrolments.ofClass(everyPlace, of.id, undefined, tx);
    const active = all.filter((one) => isActive(one.state));
    const slots = slotsHeld(of, 'CONFIRMED');
    const busy = (await enrolments.holding(everyPlace, active.map((one) => one.workerId), slots, tx)).filter((one) => one.classId !== of.id);
    if (busy.length > 0) {
      const names = [...new Set(busy.map((one) => one.name))];
      return [{ field: 'firstDay', key: 'trainings.class.peopleBusy', values: { names: names.slice(0, 5).join('、'), n: names.length } }];
    }
    for (const place of active) await enrolments.change(tx, place, { slots, ...classFacts(of) });
    return [];
  }

  async function act(tx: Tx, scope: Scope, at: Versioned & { action: ClassAction; reason: string }): Promise<ClassOutcome> {
    const before = await classes.managedById(scope, at.id, tx);
    const next = actOnClass(before.state, at.action);
    if (!next.ok) return { ok: false, problems: [{ field: '', key: `trainings.class.notFromHere`, values: { name: before.name } }] };
    const stamps = { ...(at.action === 'PUBLISH' ? { publishedAt: tx.now } : {}), ...(at.action === 'CLOSE' ? { closedAt: tx.now } : {}) };
    const fields = { state: next.state, stateReason: at.reason, ...stamps };
    await classes.change(tx, scope, at, fields);
    await enrolments.followClass(tx, at.id, { classState: next.state });
    const people = await enrolments.ofClass(everyPlace, at.id, undefined, tx);
    tellOf(tx, { ...before, ...fields }, { action: at.action, people });
    return { ok: true, trainingClass: { ...before, ...fields, version: at.version + 1 } };
  }

  return {
    find: (scope: Scope, id: string, tx?: Tx) => classes.find(scope, id, tx),
    byId: (scope: Scope, id: string, tx?: Tx) => classes.byId(scope, id, tx),
    managedById: (scope: Scope, id: string, tx?: Tx) => classes.managedById(scope, id, tx),
    byIds: (scope: Scope, ids: readonly string[]) => classes.byIds(scope, ids),
    list: classes.list,
    all: classes.all,
    count: classes.count,

    /** Saves a new class as a draft. The owner must lie inside the scope. */
    async create(tx: Tx, scope: Scope, plan: ClassPlan): Promise<ClassOutcome> {
      if (!reaches(scope, plan.ownerPath)) return { ok: false, problems: [{ field: 'owner', key: 'trainings.class.ownerOutside' }] };
      const id = newId();
      const row: ClassRow = { id, ...plan, ...planFacts(plan), namePinyin: searchKeys(plan.name), seenBy: await seenBy(plan), ...newborn(tx) };
      await classes.add(tx, [row]);
      await followTeacher(tx, id, null, plan.teacherAccountId);
      tx.audit({ action: 'class.created', object: { kind: 'class', id }, divisionPath: plan.ownerPath });
      return { ok: true, trainingClass: row };
    },

    /** Changes the plan of a class; people already in it move with its half-days or the change is refused. */
    async edit(tx: Tx, scope: Scope, at: Versioned, plan: ClassPlan): Promise<ClassOutcome> {
      const before = await classes.managedById(scope, at.id, tx);
      if (before.state === 'CLOSED' || before.state === 'CANCELLED') return { ok: false, problems: [{ field: '', key: 'trainings.class.over' }] };
      if (plan.capacity < before.takenSeats) return { ok: false, problems: [{ field: 'capacity', key: 'trainings.class.capacityTaken', values: { taken: before.takenSeats } }] };
      const after: TrainingClass = { ...before, ...plan, ownerDivisionId: before.ownerDivisionId, ownerPath: before.ownerPath, ...planFacts(plan) };
      const { id: _id, version: _version, ...fields } = after;
      await classes.change(tx, scope, at, { ...fields, takenSeats: before.takenSeats, namePinyin: searchKeys(plan.name), seenBy: await seenBy(after) });
      const problems = await moveHalfDays(tx, after);
      if (problems.length > 0) return { ok: false, problems };
      await followTeacher(tx, at.id, before.teacherAccountId, plan.teacherAccountId);
      const people = await enrolments.ofClass(everyPlace, at.id, undefined, tx);
      tellOf(tx, after, { action: 'RESCHEDULE', people, before });
      return { ok: true, trainingClass: { ...after, version: at.version + 1 } };
    },

    /** Publishes, postpones, starts, closes or reopens a class. Closing and reopening belong to attendance, which settles the places first. */
    act,

    /** Cancels a class and frees the half-days of everybody in it. */
    async cancel(tx: Tx, scope: Scope, at: Versioned & { reason: string }): Promise<ClassOutcome> {
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

function newborn(tx: Tx): Pick<TrainingClass, 'takenSeats' | 'state' | 'stateReason' | 'publishedAt' | 'closedAt' | 'version' | 'changedBy' | 'changedAt'> {
  return { takenSeats: 0, state: 'DRAFT', stateReason: '', publishedAt: null, closedAt: null, version: 1, changedBy: tx.actor.name, changedAt: tx.now };
}

function tellOf(tx: Tx, of: TrainingClass, what: { action: ClassAction; people: readonly Enrolment[]; before?: TrainingClass }): void {
  const years = [of, what.before ?? of].flatMap((one) => [one.year, ...one.sessions.map((session) => Number(session.slot.slice(0, 4)))]);
  tx.audit({
    action: `class.${pastTense[what.action]}`,
    object: { kind: 'class', id: of.id },
    divisionPath: of.ownerPath,
    count: what.people.length,
    ...(of.stateReason === '' ? {} : { reason: of.stateReason }),
  });
  tx.emit({ name: `class.${pastTense[what.action]}`, objectId: of.id, workerIds: what.people.map((one) => one.workerId), years });
}
