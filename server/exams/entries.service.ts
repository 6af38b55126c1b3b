import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { Level } from '../certificates/level.rules.js';
import type { WorkersService } from '../workers/workers.service.js';
import type { ExamEntry } from './attempt.rules.js';
import type { AttemptsStore } from './attempts.store.js';
import type { CalendarService } from './calendar.service.js';

/** Who registered for which level of the coming exam. */
export interface EntriesInput {
  readonly workerIds: readonly string[];
  readonly level: Level;
}

const named = systemScope('registrations of named people');

/** 报名: that people registered for the coming exam. */
export function makeEntriesService(deps: { store: AttemptsStore; calendar: CalendarService; workers: Pick<WorkersService, 'within'> }) {
  const { store } = deps;
  return {
    /** Notes registrations; who is noted already stays as is. People outside the scope are left out. */
    async enter(
      tx: Tx,
      scope: Scope,
      input: EntriesInput,
    ): Promise<{ ok: true; year: number; entered: number; already: number } | { ok: false; problems: readonly Problem[] }> {
      if (input.workerIds.length === 0) return { ok: false, problems: [{ field: 'worker', key: 'exams.entries.nobody' }] };
      const year = await deps.calendar.coming(tx.today, tx);
      const people = await deps.workers.within(scope, input.workerIds, tx);
      const known = await store.entriesOf(named, [...people.keys()], tx);
      const fresh = [...people.values()].filter(
        (worker) => !(known.get(worker.id) ?? []).some((entry) => entry.year === year && entry.level === input.level),
      );
      const rows = fresh.map((worker): ExamEntry => ({
        id: newId(),
        workerId: worker.id,
        divisionPath: worker.divisionPath,
        year,
        level: input.level,
        enteredOn: tx.today,
        recordedBy: tx.actor.name,
      }));
      await store.addEntries(tx, rows);
      for (const row of rows)
        tx.audit({
          action: 'exam.entered',
          object: { kind: 'worker', id: row.workerId },
          divisionPath: row.divisionPath,
          changes: [{ field: row.level, from: null, to: String(year) }],
        });
      tx.emit({ name: 'exam.recorded', workerIds: rows.map((row) => row.workerId), years: [year] });
      return { ok: true, year, entered: rows.length, already: people.size - rows.length };
    },

    /** Takes a registration back: it was noted wrongly, or the person withdrew. */
    async withdraw(tx: Tx, scope: Scope, of: { readonly workerId: string; readonly level: Level }): Promise<number> {
      const worker = (await deps.workers.within(scope, [of.workerId], tx)).get(of.workerId);
      if (worker === undefined) return 0;
      const year = await deps.calendar.coming(tx.today, tx);
      const removed = await store.removeEntry(tx, { ...of, year });
      tx.audit({
        action: 'exam.entryWithdrawn',
        object: { kind: 'worker', id: worker.id },
        divisionPath: worker.divisionPath,
        changes: [{ field: of.level, from: String(year), to: null }],
      });
      tx.emit({ name: 'exam.recorded', workerIds: [worker.id], years: [year] });
      return removed;
    },

    /** Many registrations of the past or the coming exam at once, for the demo; one event. */
    async addHistoric(tx: Tx, rows: readonly Omit<ExamEntry, 'id' | 'recordedBy'>[]): Promise<void> {
      await store.addEntries(
        tx,
        rows.map((row) => ({ ...row, id: newId(), recordedBy: tx.actor.name })),
      );
      tx.emit({ name: 'exam.recorded', workerIds: rows.map((row) => row.workerId), years: rows.map((row) => row.year) });
    },
  };
}

export type EntriesService = ReturnType<typeof makeEntriesService>;
