import type { Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { AuditStore, TrailFilter, TrailRow } from './audit.store.js';

/** Rows that one export holds; more are asked for by narrower days. */
export const exportMost = 20_000;

const historyMost = 50;

/** Reading of the trail: the auditor's list and export, and the history of an object. */
export function makeTrailService(deps: { store: AuditStore }) {
  const { store } = deps;
  return {
    list: store.list,

    /** The rows of an export, newest first; taking them out is itself written to the trail. */
    async export(tx: Tx, scope: Scope, filter: TrailFilter): Promise<readonly TrailRow[]> {
      const rows = await store.newest(scope, filter, exportMost);
      tx.audit({ action: 'trail.exported', object: { kind: 'trail', id: tx.actor.accountId ?? '' }, count: rows.length });
      return rows;
    },

    /** The newest changes of one object; the caller has made sure that the object may be seen. */
    historyOf: (object: { kind: string; id: string }): Promise<readonly TrailRow[]> => store.ofObject(object, historyMost),
  };
}

export type TrailService = ReturnType<typeof makeTrailService>;
