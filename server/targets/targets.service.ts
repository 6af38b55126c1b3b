import { addDays, type CivilDay } from '../platform/civilDays.js';
import { Conflict, Forbidden } from '../platform/errors.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { reaches, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { finalPoint, type RateTarget, type TargetPath } from './path.rules.js';
import type { StoredTarget, TargetsStore } from './targets.store.js';

/** A target as the form gives it: whose, from when, by which path, on what paper. */
export interface TargetInput extends RateTarget {
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly from: CivilDay;
  readonly sourceDoc: string;
}

/** Done, with the row's id, or refused by a rule. */
export type TargetOutcome = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly problems: readonly Problem[] };

/** The row that ends when a new one begins, and the one that follows it already. */
function neighboursOf(rows: readonly StoredTarget[], from: CivilDay): { held: StoredTarget | undefined; later: StoredTarget | undefined } {
  const later = rows.filter((row) => row.from > from).sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  return { held: rows.find((row) => row.from < from && (row.to === null || row.to > from)), later };
}

function startProblems(input: TargetInput, rows: readonly StoredTarget[]): Problem[] {
  const { from } = input;
  const last = finalPoint(input.path);
  const problems: Problem[] = [];
  if (last !== null && last.day <= from) problems.push({ field: 'from', key: 'targets.from.afterEnd', values: { day: last.day } });
  if (rows.some((row) => row.from === from))
    problems.push({ field: 'from', key: 'targets.from.taken', values: { day: from, next: addDays(from, 1) } });
  return problems;
}

function pathProblems(path: TargetPath): Problem[] {
  if (path.kind === 'LINEAR') {
    const { from, to } = path;
    const problems: Problem[] = [];
    if (to.day <= from.day) problems.push({ field: 'toDay', key: 'targets.path.endsFirst', values: { from: from.day } });
    if (to.basisPoints <= from.basisPoints) problems.push({ field: 'toRate', key: 'targets.path.notRising' });
    return problems;
  }
  const points = [...path.milestones].sort((a, b) => (a.day < b.day ? -1 : 1));
  if (points.length === 0) return [{ field: 'day1', key: 'targets.path.noMilestone' }];
  const falling = points.some((point, index) => index > 0 && point.basisPoints <= (points[index - 1]?.basisPoints ?? 0));
  const twice = points.some((point, index) => index > 0 && point.day === points[index - 1]?.day);
  return [
    ...(twice ? [{ field: 'day1', key: 'targets.path.sameDay' }] : []),
    ...(falling && !twice ? [{ field: 'day1', key: 'targets.path.notRising' }] : []),
  ];
}

/** Targets of divisions: the nearest on a path holds, of several rows the one in force on the day. */
export function makeTargetsService(deps: { store: TargetsStore }) {
  const { store } = deps;

  function inForce(rows: readonly StoredTarget[], divisionPath: readonly string[], day: CivilDay): StoredTarget | null {
    for (const divisionId of [...divisionPath].reverse()) {
      const row = rows.find((one) => one.divisionId === divisionId && one.from <= day && (one.to === null || day < one.to));
      if (row !== undefined) return row;
    }
    return null;
  }

  return {
    /** The rows of every division, oldest first. */
    all: (): Promise<readonly StoredTarget[]> => store.all(),
    inForce,

    /** The target that holds for a division on a day, or null. */
    async targetFor(divisionPath: readonly string[], day: CivilDay): Promise<StoredTarget | null> {
      return inForce(await store.all(), divisionPath, day);
    },

    /** The rows of a division, newest first. */
    async historyOf(divisionId: string): Promise<readonly StoredTarget[]> {
      return (await store.all()).filter((row) => row.divisionId === divisionId).reverse();
    },

    /** Sets the target of a division from a day on; the row in force until then ends there. @throws Forbidden outside the scope */
    async set(tx: Tx, scope: Scope, input: TargetInput): Promise<TargetOutcome> {
      if (!reaches(scope, input.divisionPath)) throw new Forbidden();
      const rows = (await store.all(tx)).filter((row) => row.divisionId === input.divisionId);
      const problems = [...pathProblems(input.path), ...startProblems(input, rows)];
      if (problems.length > 0) return { ok: false, problems };
      const { held, later } = neighboursOf(rows, input.from);
      if (held !== undefined && !(await store.end(tx, held, input.from))) throw new Conflict(held.recordedBy, held.recordedAt);
      const row: StoredTarget = {
        id: newId(),
        ...input,
        to: later?.from ?? null,
        recordedAt: tx.now,
        recordedBy: tx.actor.name,
        version: 1,
      };
      await store.add(tx, row);
      const changes = [{ field: 'target', from: held === undefined ? null : textOf(held), to: textOf(row) }];
      tx.audit({
        action: 'target.changed',
        object: { kind: 'target', id: row.id },
        divisionPath: input.divisionPath,
        changes,
        reason: input.sourceDoc,
      });
      tx.emit({ name: 'target.changed', years: [Number(input.from.slice(0, 4))], objectId: row.id });
      return { ok: true, id: row.id };
    },
  };
}

export type TargetsService = ReturnType<typeof makeTargetsService>;

function textOf(target: RateTarget): string {
  const last = finalPoint(target.path);
  return last === null ? '' : `${last.day} ${String(last.basisPoints / 100)}%`;
}
