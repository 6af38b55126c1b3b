import type { ClientSession, Connection } from 'mongoose';
import type { Actor, AuditEntry } from './audit.js';
import { appendAudit } from './audit.js';
import type { CivilDay } from './civilDays.js';
import type { Clock } from './clock.js';
import { newId } from './ids.js';
import { appendEvents, type NewEvent } from './outbox.js';

/** One use case in one transaction: everything a write needs to know. Pass `tx.session` to every query of it. */
export interface Tx {
  readonly session: ClientSession;
  readonly actor: Actor;
  readonly now: Date;
  readonly today: CivilDay;
  /** Adds a row to the trail, committed with the change. */
  audit(entry: AuditEntry): void;
  /** Announces the change to the floors above, committed with it (outbox). */
  emit(event: NewEvent): void;
}

/** The options of a query that reads inside a transaction, or outside of any. */
export const inTx = (tx: Tx | undefined): { session?: ClientSession } => (tx === undefined ? {} : { session: tx.session });

/** Thrown inside a transaction to leave it without a trace; `transact` then gives back the value. */
export class Abandon<T> extends Error {
  constructor(readonly value: T) {
    super('abandoned');
  }
}

/** Runs a use case; it may run again after a conflict, so it does nothing outside the database. */
export type Transact = <T>(actor: Actor, useCase: (tx: Tx) => Promise<T>) => Promise<T>;

/** The transactions of a database: trail and outbox rows are written in the same commit as the change. */
export function makeTransact(db: Connection, clock: Clock, afterCommit: () => void): Transact {
  async function once<T>(actor: Actor, useCase: (tx: Tx) => Promise<T>): Promise<T> {
    let result: { value: T; announced: boolean } | undefined;
    try {
      await db.transaction(async (session) => {
        const rows: (AuditEntry & { id: string })[] = [];
        const events: NewEvent[] = [];
        const now = clock.now();
        const tx: Tx = {
          session,
          actor,
          now,
          today: clock.today(),
          audit: (entry) => void rows.push({ ...entry, id: newId() }),
          emit: (event) => void events.push(event),
        };
        const value = await useCase(tx);
        await appendAudit(db, rows, { actor, at: now, session });
        await appendEvents(db, events, { at: now, session });
        result = { value, announced: events.length > 0 };
      });
    } catch (error) {
      if (error instanceof Abandon) return error.value as T;
      throw error;
    }
    if (result === undefined) throw new Error('a transaction ended without a result');
    if (result.announced) afterCommit();
    return result.value;
  }

  return async (actor, useCase) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(actor, useCase);
      } catch (error) {
        if (!isDuplicate(error) || attempt === duplicateAttempts) throw error;
      }
    }
  };
}

/** A unique index was hit by a rival that committed first. Running again lets the rule see the rival's row and answer in words. */
const duplicateAttempts = 3;

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}

/** The actor of a job or of the command line. */
export function systemActor(name: string): Actor {
  return { accountId: null, name, divisionId: null, requestId: `job-${newId()}` };
}
