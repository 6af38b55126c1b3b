import type { Division, DivisionsStore } from '../divisions/divisions.store.js';
import { newId } from '../platform/ids.js';
import { sortKeys } from '../platform/text/pinyin.js';
import type { Tx } from '../platform/transactions.js';
import type { Worker } from '../workers/worker.rules.js';
import type { EnrolmentRow } from './enrolments.store.js';
import type { EnrolmentState } from './enrolment.rules.js';
import { classFacts, quotaDivisionOf, slotsHeld } from './rows.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';

/** How a new place begins. */
export interface NewPlace {
  readonly state: EnrolmentState;
  readonly rank: number;
  readonly reason: string;
  readonly walkIn?: boolean;
  readonly creditMinutes?: number | null;
}

/** Makes the rows of new places: unit, post and path as they are now (decision 13). */
export function makePlaces(deps: { divisionsStore: DivisionsStore }) {
  return {
    /** Names of the divisions of some people, asked for once. */
    async unitsOf(workers: readonly Worker[]): Promise<ReadonlyMap<string, string>> {
      const known = await deps.divisionsStore.byIds(workers.flatMap((worker) => worker.divisionPath));
      return new Map(workers.map((worker) => [worker.id, unitText(worker.divisionPath.flatMap((id) => known.get(id) ?? []))]));
    },

    row(tx: Tx, of: TrainingClass, worker: Worker, place: NewPlace & { readonly unitText: string }): EnrolmentRow {
      return {
        id: newId(),
        classId: of.id,
        workerId: worker.id,
        name: worker.name,
        sortPinyin: sortKeys(worker.name).pinyin,
        divisionId: worker.divisionId,
        divisionPath: worker.divisionPath,
        seenBy: [...new Set([...worker.divisionPath, ...of.ownerPath])],
        quotaDivisionId: quotaDivisionOf(of, worker),
        unitText: place.unitText,
        post: worker.post,
        postClass: worker.postClass,
        rank: place.rank,
        reason: place.reason,
        state: place.state,
        stateReason: '',
        slots: slotsHeld(of, place.state),
        ...classFacts(of),
        assessment: 'NONE',
        score: null,
        creditMinutes: place.creditMinutes ?? null,
        walkIn: place.walkIn ?? false,
        nominatedBy: tx.actor.name,
        at: tx.now,
        version: 1,
      };
    },
  };
}

export type Places = ReturnType<typeof makePlaces>;

/** 县 · 社区, as it is printed in a name list. */
function unitText(line: readonly Division[]): string {
  const named = line.filter((one) => one.level === 'county' || one.level === 'community');
  return named.map((one) => one.name.replace(/(社区)?(居委会|居民委员会)$/, '社区')).join(' ');
}
