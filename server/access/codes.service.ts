import { newOneTimeCode, type Sealed, type Secrets } from '../platform/crypto.js';
import { newId } from '../platform/ids.js';
import type { Tx } from '../platform/transactions.js';
import type { Scope } from '../platform/scope.js';
import type { Account } from './accounts.rules.js';
import type { AccountFilter, AccountsStore } from './accounts.store.js';
import { codeDays, sheetMost } from './codes.rules.js';
import type { CodeSheetsStore } from './codeSheets.store.js';
import type { CredentialsStore } from './credentials.store.js';
import { accepted, refused, type Outcome } from './outcome.rules.js';

/** One line of a sheet of codes; without an account name the person signs in with the own phone number. */
export interface CodeLine {
  readonly name: string;
  readonly loginName: string | null;
  readonly divisionId: string;
  readonly code: string;
}

/** A sheet that is shown once. */
export interface CodeSheet {
  readonly lines: readonly CodeLine[];
  readonly expiresAt: Date;
}

/** Issuing of one-time codes: for a first password and for a forgotten one. */
export function makeCodesService(deps: { store: AccountsStore; credentials: CredentialsStore; sheets: CodeSheetsStore; secrets: Secrets }) {
  const { store, credentials, sheets, secrets } = deps;

  async function issue(tx: Tx, accounts: readonly Account[]): Promise<readonly { id: string; code: string }[]> {
    const issued = accounts.map((account) => ({ id: account.id, code: newOneTimeCode() }));
    await credentials.setCodes(
      tx,
      issued.map(({ id, code }) => ({ id, codeHash: secrets.hashCode(code) })),
      expiryFrom(tx.now),
    );
    for (const account of accounts) {
      tx.audit({ action: 'account.codeIssued', object: { kind: 'account', id: account.id }, divisionPath: account.divisionPath });
    }
    return issued;
  }

  /** Issues codes and keeps the sheet sealed until it is shown. @returns the id of the sheet */
  async function issueSheet(tx: Tx, accounts: readonly Account[]): Promise<string> {
    const codes = new Map((await issue(tx, accounts)).map(({ id, code }) => [id, code]));
    const lines = accounts.map(({ id, name, loginName, divisionPath }) => ({
      name,
      loginName,
      divisionId: divisionPath.at(-1) ?? '',
      code: codes.get(id) ?? '',
    }));
    const sheetId = newId();
    const sealed: Sealed = secrets.seal(JSON.stringify({ lines, expiresAt: expiryFrom(tx.now) }));
    await sheets.add(tx, { id: sheetId, accountId: tx.actor.accountId ?? '', sealed });
    return sheetId;
  }

  return {
    /** New codes for accounts that the caller may give them to; stored as hashes only. */
    issue,

    issueSheet,

    /** A sheet for workers inside the scope, by a filter: the chosen ones, or all that never signed in. @returns its id */
    async issueToWorkers(tx: Tx, scope: Scope, filter: Omit<AccountFilter, 'who'>): Promise<Outcome<string>> {
      const found = await store.take(scope, { ...filter, who: 'workers' }, sheetMost + 1, { now: tx.now, tx });
      const accounts = found.filter((account) => account.disabledAt === null);
      if (accounts.length === 0) return refused('', 'access.codes.nobody');
      if (accounts.length > sheetMost) return refused('', 'access.codes.tooMany', { most: sheetMost });
      return accepted(await issueSheet(tx, byPlaceAndName(accounts)));
    },

    /** The sheet, once, for the account that made it; null afterwards. */
    async takeSheet(sheetId: string, accountId: string): Promise<CodeSheet | null> {
      const sealed = await sheets.take(sheetId, accountId);
      if (sealed === null) return null;
      const { lines, expiresAt } = JSON.parse(secrets.open(sealed)) as { lines: CodeLine[]; expiresAt: string };
      return { lines, expiresAt: new Date(expiresAt) };
    },
  };
}

export type CodesService = ReturnType<typeof makeCodesService>;

function expiryFrom(now: Date): Date {
  return new Date(now.getTime() + codeDays * 86_400_000);
}

/** Together by community, in the order in which the tree was loaded, so that a sheet can be cut and handed out. */
function byPlaceAndName(accounts: readonly Account[]): readonly Account[] {
  const names = new Intl.Collator('zh-CN');
  const place = (account: Account): string => account.divisionPath.join('/');
  return [...accounts].sort((a, b) => place(a).localeCompare(place(b)) || names.compare(a.name, b.name));
}
