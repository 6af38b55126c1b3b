import { NotFound } from '../platform/errors.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { reaches, systemScope, type Scope } from '../platform/scope.js';
import { searchKeys } from '../platform/text/pinyin.js';
import type { Tx } from '../platform/transactions.js';
import type { WorkersService } from '../workers/workers.service.js';
import type { Audience } from './audience.service.js';
import type { ClassRow, ClassesStore } from './classes.store.js';
import type { ClassOutcome, SeenClass } from './classes.service.js';
import { externalCredits, type SessionCredit } from './credits.rules.js';
import { isActive } from './enrolment.rules.js';
import type { EnrolmentRow, EnrolmentsStore } from './enrolments.store.js';
import type { Places } from './places.service.js';
import { planFacts } from './rows.rules.js';
import type { ClassPlan, Enrolment, TrainingClass } from './trainingClass.rules.js';

/** Somebody who completed a class held elsewhere; null minutes: those of the class. */
export interface Completed {
  readonly workerId: string;
  readonly creditMinutes: number | null;
}

/** What a completed place of a class held elsewhere is worth: for the hours ledger. */
export interface ExternalCredit {
  readonly enrolmentId: string;
  readonly workerId: string;
  readonly credits: readonly SessionCredit[];
}

interface ExternalDeps {
  readonly classes: ClassesStore;
  readonly enrolments: EnrolmentsStore;
  readonly places: Places;
  readonly audience: Audience;
  readonly workers: Pick<WorkersService, 'within'>;
}

interface Checked {
  readonly rows: { readonly row: EnrolmentRow; readonly earlier: Enrolment | null }[];
  readonly problems: Problem[];
}

const everyPlace = systemScope('a person has one place in a half-day, whoever gave it');

/**
 * Classes held elsewhere (decision 12): entered with who completed them, without roll call. Every change tells `class.closed`,
 * which names all completed people; the subscriber writes what `creditsOf` says and takes back the rest.
 */
export function makeExternalService(deps: ExternalDeps) {
  const { classes, enrolments, places } = deps;

  /** The places to write, with the earlier one of who was struck before. @throws NotFound when a person lies outside the scope */
  async function completedRows(tx: Tx, scope: Scope, of: TrainingClass, people: readonly Completed[]): Promise<Checked> {
    const ids = people.map((one) => one.workerId);
    const workers = await deps.workers.within(scope, ids, tx);
    const present = await enrolments.ofPersonsInClass(everyPlace, of.id, ids, tx);
    const holding = await enrolments.holding(
      everyPlace,
      ids,
      of.sessions.map((session) => session.slot),
      tx,
    );
    const units = await places.unitsOf([...workers.values()]);
    const rows: Checked['rows'] = [];
    const problems: Problem[] = [];
    for (const { workerId, creditMinutes } of people) {
      const worker = workers.get(workerId);
      if (worker === undefined) throw new NotFound('worker');
      const earlier = present.find((one) => one.workerId === workerId);
      const busy = holding.find((one) => one.workerId === workerId && one.classId !== of.id);
      if (busy !== undefined)
        problems.push({
          field: 'workerIds',
          key: 'trainings.place.busy',
          values: { name: worker.name, from: busy.firstDay, to: busy.lastDay },
        });
      else if (earlier !== undefined && isActive(earlier.state))
        problems.push({ field: 'workerIds', key: 'trainings.place.alreadyIn', values: { name: worker.name } });
      else {
        const row = places.row(tx, of, worker, {
          state: 'COMPLETED',
          rank: 0,
          reason: '',
          creditMinutes,
          unitText: units.get(workerId) ?? '',
        });
        rows.push({ row, earlier: earlier ?? null });
      }
    }
    return { rows, problems };
  }

  async function write(tx: Tx, rows: Checked['rows']): Promise<void> {
    await enrolments.add(
      tx,
      rows.filter((one) => one.earlier === null).map((one) => one.row),
    );
    for (const { row, earlier } of rows) {
      const { id: _id, version: _version, ...fields } = row;
      if (earlier !== null) await enrolments.change(tx, earlier, fields);
    }
  }

  function tell(tx: Tx, of: TrainingClass, action: string, touched: readonly string[]): void {
    tx.audit({ action: `class.${action}`, object: { kind: 'class', id: of.id }, divisionPath: of.ownerPath, count: touched.length });
    const years = [of.year, ...of.sessions.map((session) => Number(session.slot.slice(0, 4)))];
    tx.emit({ name: 'class.closed', objectId: of.id, workerIds: touched, years });
  }

  return {
    /** Enters a class held elsewhere with the people who completed it; nothing is saved while one of them cannot be entered. */
    async record(tx: Tx, scope: Scope, plan: ClassPlan, people: readonly Completed[]): Promise<ClassOutcome> {
      if (!reaches(scope, plan.ownerPath)) return { ok: false, problems: [{ field: 'owner', key: 'trainings.class.owner.outside' }] };
      if (plan.lastDay > tx.today)
        return { ok: false, problems: [{ field: 'lastDay', key: 'trainings.class.lastDay.notYet', values: { lastDay: plan.lastDay } }] };
      const of: ClassRow = {
        id: newId(),
        ...plan,
        ...planFacts(plan),
        external: true,
        capacity: people.length,
        namePinyin: searchKeys(plan.name),
        seenBy: await deps.audience.seenBy(plan, 'CLOSED'),
        takenSeats: people.length,
        state: 'CLOSED',
        stateReason: '',
        publishedAt: tx.now,
        closedAt: tx.now,
        version: 1,
        changedBy: tx.actor.name,
        changedAt: tx.now,
      };
      const { rows, problems } = await completedRows(tx, scope, of, people);
      if (problems.length > 0) return { ok: false, problems };
      await classes.add(tx, [of]);
      await write(tx, rows);
      tell(
        tx,
        of,
        'recorded',
        people.map((one) => one.workerId),
      );
      return { ok: true, trainingClass: of };
    },

    /** Adds people who completed it to a class held elsewhere. */
    async addCompleted(tx: Tx, scope: Scope, at: SeenClass, people: readonly Completed[]): Promise<ClassOutcome> {
      const of = await classes.managedById(scope, at.id, tx);
      const { rows, problems } = await completedRows(tx, scope, of, people);
      if (!of.external) problems.push({ field: '', key: 'trainings.external.notExternal', values: { name: of.name } });
      if (problems.length > 0) return { ok: false, problems };
      const takenSeats = of.takenSeats + rows.length;
      await classes.change(tx, scope, at, { takenSeats, capacity: Math.max(of.capacity, takenSeats) });
      await write(tx, rows);
      tell(
        tx,
        of,
        'completedAdded',
        people.map((one) => one.workerId),
      );
      return { ok: true, trainingClass: { ...of, takenSeats, version: at.version + 1 } };
    },

    /** Takes somebody out of a class held elsewhere who was entered by mistake; the hours go with the place. */
    async strike(tx: Tx, scope: Scope, at: SeenClass & { readonly enrolmentId: string; readonly reason: string }): Promise<ClassOutcome> {
      const of = await classes.managedById(scope, at.id, tx);
      const place = await enrolments.byId(scope, at.enrolmentId, tx);
      if (!of.external || place.classId !== of.id || place.state !== 'COMPLETED') throw new NotFound('enrolment');
      await classes.change(tx, scope, at, { takenSeats: of.takenSeats - 1 });
      await enrolments.change(tx, place, { state: 'WITHDRAWN', stateReason: at.reason, slots: [] });
      tell(tx, of, 'completedStruck', [place.workerId]);
      return { ok: true, trainingClass: { ...of, takenSeats: of.takenSeats - 1, version: at.version + 1 } };
    },

    /** What every completed place of a class held elsewhere is worth, session by session; empty for a class of our own. */
    async creditsOf(classId: string): Promise<readonly ExternalCredit[]> {
      const of = await classes.byId(everyPlace, classId);
      if (!of.external) return [];
      const completed = await enrolments.ofClass(everyPlace, classId, ['COMPLETED']);
      return completed.map((place) => ({ enrolmentId: place.id, workerId: place.workerId, credits: externalCredits(of.sessions, place) }));
    },
  };
}

export type ExternalService = ReturnType<typeof makeExternalService>;
