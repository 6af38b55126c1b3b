import { newId } from '../platform/ids.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { Account, Grant } from './accounts.rules.js';
import type { AccountsStore, NewAccount } from './accounts.store.js';
import type { CodesService } from './codes.service.js';
import { scopeFor } from './scopes.js';

/** What the account of a worker is made of; `phoneIndex` is the blind index of the normalised phone, null without a phone. */
export interface WorkerPerson {
  readonly workerId: string;
  readonly name: string;
  readonly phoneIndex: string | null;
  /** Of the worker's community, root first. */
  readonly divisionPath: readonly string[];
}

/** An account that can be put down as a class teacher. */
export interface Teacher {
  readonly accountId: string;
  readonly name: string;
  readonly divisionPath: readonly string[];
}

const inStep = systemScope('workers keep the accounts of their persons in step');

/** What the floors above may ask of accounts. */
export function makeAccessService(deps: { store: AccountsStore; codes: CodesService }) {
  const { store, codes } = deps;

  /** Phones that are free within a batch and against the stored accounts: the first of two keeps it, the other signs in by account name. */
  async function withLogins(tx: Tx, people: readonly WorkerPerson[]): Promise<readonly NewAccount[]> {
    const phones = people.flatMap((person) => person.phoneIndex ?? []);
    const taken = new Set((await store.phonesTaken(tx, phones)).keys());
    return people.map((person) => {
      const phoneIndex = person.phoneIndex !== null && !taken.has(person.phoneIndex) ? person.phoneIndex : null;
      if (phoneIndex !== null) taken.add(phoneIndex);
      const id = newId();
      const grant = workerGrant(person.divisionPath, tx.now);
      return {
        id,
        loginName: phoneIndex === null ? generatedLogin(id) : null,
        phoneIndex,
        name: person.name,
        workerId: person.workerId,
        divisionPath: person.divisionPath,
        grants: [grant],
      };
    });
  }

  async function createForWorkers(tx: Tx, people: readonly WorkerPerson[]): Promise<ReadonlyMap<string, string>> {
    const accounts = await withLogins(tx, people);
    await store.add(tx, accounts);
    for (const account of accounts) {
      tx.audit({ action: 'account.created', object: { kind: 'account', id: account.id }, divisionPath: account.divisionPath });
    }
    return new Map(accounts.map((account) => [account.workerId ?? '', account.id]));
  }

  async function ofWorker(tx: Tx, workerId: string): Promise<Account | null> {
    return (await store.byWorkers([workerId], tx))[0] ?? null;
  }

  return {
    scopeFor,

    /** Makes the accounts of workers, not yet activated. @returns account ids by worker id */
    createForWorkers,

    /** Makes the account of one worker. @returns its id */
    async createForWorker(tx: Tx, person: WorkerPerson): Promise<string> {
      return (await createForWorkers(tx, [person])).get(person.workerId) ?? '';
    },

    /** Keeps name, phone and place of a worker's account as the worker's are; a phone that another account uses stays away. */
    async keepWorkerInStep(tx: Tx, person: WorkerPerson): Promise<void> {
      const account = await ofWorker(tx, person.workerId);
      if (account === null) return;
      const owner = person.phoneIndex === null ? undefined : (await store.phonesTaken(tx, [person.phoneIndex])).get(person.phoneIndex);
      const phoneIndex = owner === undefined || owner === account.id ? person.phoneIndex : null;
      const loginName = phoneIndex === null ? (account.loginName ?? generatedLogin(account.id)) : account.loginName;
      const moved = (grant: Grant): boolean => grant.role === 'worker' && grant.divisionPath.join() !== person.divisionPath.join();
      const grants = account.grants.map((grant) => (moved(grant) ? workerGrant(person.divisionPath, tx.now) : grant));
      await store.change(tx, inStep, account, {
        set: { name: person.name, phoneIndex, loginName, divisionPath: person.divisionPath, grants },
      });
    },

    /** Opens or closes a worker's account with the worker's service; closing ends the sessions. */
    async setWorkerAccess(tx: Tx, workerId: string, open: boolean): Promise<void> {
      const account = await ofWorker(tx, workerId);
      if (account === null || (account.disabledAt === null) === open) return;
      await store.change(tx, inStep, account, { set: { disabledAt: open ? null : tx.now }, endSessions: true });
      tx.audit({
        action: open ? 'account.enabled' : 'account.disabled',
        object: { kind: 'account', id: account.id },
        divisionPath: account.divisionPath,
      });
    },

    /** The accounts of workers, by worker id (state of activation on the person page). */
    async accountsOfWorkers(workerIds: readonly string[]): Promise<ReadonlyMap<string, Account>> {
      return new Map((await store.byWorkers(workerIds)).map((account) => [account.workerId ?? '', account]));
    },

    /** Lets a teacher see and hold a class. @returns whether there is such an account */
    async addClassTeacher(tx: Tx, accountId: string, classId: string): Promise<boolean> {
      return store.addClass(tx, accountId, classId);
    },

    async removeClassTeacher(tx: Tx, accountId: string, classId: string): Promise<void> {
      await store.removeClass(tx, accountId, classId);
    },

    /** Accounts with the role of a class teacher at, above or below a division. */
    async listTeachers(divisionPath: readonly string[]): Promise<readonly Teacher[]> {
      return (await store.listTeachers(divisionPath)).map(({ id, name, divisionPath: path }) => ({
        accountId: id,
        name,
        divisionPath: path,
      }));
    },

    /** A new one-time code of an account inside the scope; it replaces an older one. */
    async issueCode(tx: Tx, scope: Scope, accountId: string): Promise<string> {
      const account = await store.byId(scope, accountId, tx);
      return (await codes.issue(tx, [account]))[0]?.code ?? '';
    },
  };
}

export type AccessService = ReturnType<typeof makeAccessService>;

function workerGrant(divisionPath: readonly string[], from: Date): Grant {
  return { id: newId(), role: 'worker', divisionId: divisionPath.at(-1) ?? '', divisionPath, from };
}

/** An account name for who has no phone of their own: `w` and the changing end of the id. */
function generatedLogin(id: string): string {
  return `w${id.slice(0, 8).slice(-4)}${id.slice(-6)}`;
}
