import type { CivilDay } from '../platform/civilDays.js';
import { civilDay } from '../platform/civilDays.js';
import { Conflict } from '../platform/errors.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import type { Tx } from '../platform/transactions.js';
import type { PolicyKind } from './kinds.js';
import type { PoliciesStore, StoredPolicy } from './policies.store.js';
import { findPolicyRowProblem, resolvePolicy, type ResolvedPolicy } from './resolve.rules.js';

/** The rows of some kinds, loaded once and then asked for any division and day. */
export interface PolicyBook {
  /**
   * The row that holds for a division (ids root to self) on a day.
   * @throws PolicyMissing when no division on the path has one
   */
  on<Value>(kind: PolicyKind<Value>, divisionPath: readonly string[], day: CivilDay): ResolvedPolicy<Value>;
}

/** No row holds: the installation was set up without its default rows. The message names kind, day and mend. */
export class PolicyMissing extends Error {}

/** A new row; `from` is its first day. The row that held until then ends there. */
export interface NewPolicy<Value> {
  readonly kind: PolicyKind<Value>;
  readonly divisionId: string;
  readonly divisionPath: readonly string[];
  readonly from: CivilDay;
  readonly value: Value;
  readonly sourceDoc: string;
}

/** The first day of every shipped row: before any fact that the product keeps. */
const shippedFrom = civilDay('2000-01-01');

/** Reading and changing of policy rows. */
export function makePoliciesService(deps: { store: PoliciesStore; kinds: readonly PolicyKind<unknown>[] }) {
  const { store } = deps;
  return {
    kinds: deps.kinds,

    /** Every row of some kinds, oldest first; policies are published. */
    rowsOf: (kinds: readonly PolicyKind<unknown>[]): Promise<readonly StoredPolicy[]> => store.listByKinds(kinds.map((kind) => kind.kind)),

    /** Loads the rows of some kinds; a handful each, so callers load once per use case or batch. */
    async load(kinds: readonly PolicyKind<unknown>[]): Promise<PolicyBook> {
      const rows = await store.listByKinds(kinds.map((kind) => kind.kind));
      return {
        on(kind, divisionPath, day) {
          const resolved = resolvePolicy(rows, kind.kind, divisionPath, day);
          if (resolved === null)
            throw new PolicyMissing(`没有规则 ${kind.kind} 在 ${day} 生效：请运行 npm run setup 装入默认规则，或在“规则”里补一条。`);
          return { ...resolved, value: kind.schema.parse(resolved.value) };
        },
      };
    },

    /** Writes the shipped row of every kind at the root that has none yet; how many were written. */
    async ship(tx: Tx, root: { id: string; path: readonly string[] }): Promise<number> {
      let written = 0;
      for (const kind of deps.kinds) {
        const present = await store.listOfKind(tx, kind.kind);
        if (present.some((row) => row.divisionId === root.id)) continue;
        const { value, sourceDoc } = kind.shipped;
        await store.add(tx, rowOf(tx, { kind, divisionId: root.id, divisionPath: root.path, from: shippedFrom, value, sourceDoc }, null));
        written += 1;
      }
      if (written > 0) tx.audit({ action: 'policies.shipped', object: { kind: 'division', id: root.id }, count: written });
      return written;
    },

    /** Begins a row on a day; the row that held there ends the day before. Refuses when a later row exists already. */
    async change(tx: Tx, change: NewPolicy<unknown>): Promise<{ ok: true; id: string } | { ok: false; problems: readonly Problem[] }> {
      const rows = (await store.listOfKind(tx, change.kind.kind)).filter((row) => row.divisionId === change.divisionId);
      const held = rows.find((row) => row.from < change.from && (row.to === null || row.to > change.from));
      const later = rows.filter((row) => row.from > change.from).sort((a, b) => (a.from < b.from ? -1 : 1))[0];
      const row = rowOf(tx, change, later?.from ?? null);
      const others = rows.map((one) => (one.id === held?.id ? { ...one, to: change.from } : one));
      const problem = findPolicyRowProblem(others, row);
      if (problem !== null) return { ok: false, problems: [{ field: 'from', key: 'policies.from.taken', values: { from: change.from } }] };
      if (held !== undefined && !(await store.end(tx, held, change.from))) throw new Conflict(held.recordedBy, held.recordedAt);
      await store.add(tx, row);
      tx.audit({
        action: 'policy.changed',
        object: { kind: 'policy', id: row.id },
        divisionPath: change.divisionPath,
        changes: [
          { field: change.kind.kind, from: held === undefined ? null : JSON.stringify(held.value), to: JSON.stringify(change.value) },
        ],
        reason: change.sourceDoc,
      });
      tx.emit({ name: 'policy.changed', objectId: row.id });
      return { ok: true, id: row.id };
    },
  };
}

export type PoliciesService = ReturnType<typeof makePoliciesService>;

function rowOf(tx: Tx, change: NewPolicy<unknown>, to: CivilDay | null): StoredPolicy {
  return {
    id: newId(),
    kind: change.kind.kind,
    divisionId: change.divisionId,
    divisionPath: change.divisionPath,
    from: change.from,
    to,
    value: change.value,
    sourceDoc: change.sourceDoc,
    recordedAt: tx.now,
    recordedBy: tx.actor.name,
    version: 1,
  };
}
