import { newId } from '../platform/ids.js';
import { searchKeys } from '../platform/text/pinyin.js';
import type { Tx } from '../platform/transactions.js';
import type { Worker } from '../workers/worker.rules.js';
import type { AccessService } from '../access/access.service.js';
import type { Audience } from './audience.service.js';
import type { ClassState } from './classes.rules.js';
import type { ClassesStore, ClassRow } from './classes.store.js';
import { isActive, type EnrolmentState } from './enrolment.rules.js';
import type { EnrolmentRow, EnrolmentsStore } from './enrolments.store.js';
import type { Places } from './places.service.js';
import { planFacts } from './rows.rules.js';
import type { AssessmentResult, ClassPlan, Enrolment, TrainingClass } from './trainingClass.rules.js';

/** One person of a class that is taken over as it was. */
export interface HistoricPlace {
  readonly worker: Worker;
  readonly state: EnrolmentState;
  readonly rank?: number;
  readonly reason?: string;
  readonly assessment?: AssessmentResult;
  readonly score?: number | null;
  readonly walkIn?: boolean;
}

/** A class that is taken over as it was, with its people: no rule is asked, no event is told. */
export interface HistoricClass {
  readonly plan: ClassPlan;
  readonly state: ClassState;
  readonly publishedAt: Date | null;
  readonly closedAt: Date | null;
  readonly people: readonly HistoricPlace[];
}

/** What was inserted: ids of sessions are those of the plan. */
export interface AddedHistory {
  readonly trainingClass: TrainingClass;
  readonly enrolments: readonly Enrolment[];
}

interface HistoryDeps {
  readonly classes: ClassesStore;
  readonly enrolments: EnrolmentsStore;
  readonly places: Places;
  readonly audience: Audience;
  readonly access: Pick<AccessService, 'addClassTeacher'>;
}

const rowsPerInsert = 500;

/** Bulk insertion of past classes: take-over of old lists, and the demo. */
export function makeHistoryService(deps: HistoryDeps) {
  const { classes, enrolments, places } = deps;

  async function classRow(tx: Tx, of: HistoricClass): Promise<ClassRow> {
    const { plan, state } = of;
    const takenSeats = of.people.filter((one) => isActive(one.state)).length;
    return {
      id: newId(),
      ...plan,
      ...planFacts(plan),
      namePinyin: searchKeys(plan.name),
      seenBy: await deps.audience.seenBy(plan, state),
      takenSeats,
      state,
      stateReason: '',
      publishedAt: of.publishedAt,
      closedAt: of.closedAt,
      version: 1,
      changedBy: tx.actor.name,
      changedAt: of.closedAt ?? of.publishedAt ?? tx.now,
    };
  }

  function placeRow(tx: Tx, of: ClassRow, one: HistoricPlace, units: ReadonlyMap<string, string>): EnrolmentRow {
    const unitText = units.get(one.worker.id) ?? '';
    const row = places.row(tx, of, one.worker, {
      state: one.state,
      rank: one.rank ?? 0,
      reason: one.reason ?? '',
      walkIn: one.walkIn ?? false,
      unitText,
    });
    return { ...row, assessment: one.assessment ?? 'NONE', score: one.score ?? null, at: of.publishedAt ?? tx.now };
  }

  return {
    /** Inserts classes with their people. Two active places of one person in one half-day fail by the unique index (11000). */
    async addHistoric(tx: Tx, rows: readonly HistoricClass[]): Promise<readonly AddedHistory[]> {
      const workers = new Map(rows.flatMap((row) => row.people.map((one) => [one.worker.id, one.worker] as const)));
      const units = await places.unitsOf([...workers.values()]);
      const added: { trainingClass: ClassRow; enrolments: EnrolmentRow[] }[] = [];
      for (const row of rows) {
        const trainingClass = await classRow(tx, row);
        added.push({ trainingClass, enrolments: row.people.map((one) => placeRow(tx, trainingClass, one, units)) });
      }
      await classes.add(
        tx,
        added.map((one) => one.trainingClass),
      );
      const all = added.flatMap((one) => one.enrolments);
      for (let at = 0; at < all.length; at += rowsPerInsert) await enrolments.add(tx, all.slice(at, at + rowsPerInsert));
      for (const { trainingClass } of added) {
        if (trainingClass.teacherAccountId !== null)
          await deps.access.addClassTeacher(tx, trainingClass.teacherAccountId, trainingClass.id);
      }
      return added;
    },
  };
}

export type HistoryService = ReturnType<typeof makeHistoryService>;
