import type { Connection } from 'mongoose';
import type { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import type { Secrets } from '../platform/crypto.js';
import type { Transact } from '../platform/transactions.js';
import { makeAccessService } from './access.service.js';
import { makeAccountsStore } from './accounts.store.js';
import { makeAddressLimit } from './addressLimit.store.js';
import { makeCodesService } from './codes.service.js';
import { makeCodeSheetsStore } from './codeSheets.store.js';
import { makeCredentialsStore } from './credentials.store.js';
import { makeGrantsService } from './grants.service.js';
import { makeOfficeAccountsService } from './officeAccounts.service.js';
import { makeSignInSteps } from './passport.js';
import { makePasswords } from './passwords.js';
import { makeRequestHooks, type DivisionLookup } from './requestHooks.js';
import { makeSignInService } from './signIn.service.js';

interface Ground {
  readonly db: Connection;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly config: Pick<Config, 'SIGN_IN_FAILURES' | 'LOCK_MINUTES' | 'PASSWORD_HASHING'>;
  readonly transact: Transact;
  readonly divisionsStore: DivisionLookup;
}

/** One address may fail as often as this many accounts together; an office shares one address. */
const accountsPerAddress = 10;

/** The stores and services of this feature over an open connection. */
export function wireAccess(ground: Ground) {
  const { db, clock, secrets, config, transact } = ground;
  const accountsStore = makeAccountsStore(db);
  const credentials = makeCredentialsStore(db);
  const passwords = makePasswords(config.PASSWORD_HASHING);
  const limits = {
    failures: config.SIGN_IN_FAILURES,
    lockMinutes: config.LOCK_MINUTES,
    addressFailures: config.SIGN_IN_FAILURES * accountsPerAddress,
  };
  const addresses = makeAddressLimit(db, { failures: limits.addressFailures, minutes: limits.lockMinutes });
  const codes = makeCodesService({ store: accountsStore, credentials, sheets: makeCodeSheetsStore(db), secrets });
  const signIn = makeSignInService({ credentials, passwords, secrets, addresses, transact, clock, limits });
  const signInSteps = makeSignInSteps(signIn);
  return {
    accountsStore,
    codes,
    signIn,
    signInSteps,
    access: makeAccessService({ store: accountsStore, codes }),
    officeAccounts: makeOfficeAccountsService({ store: accountsStore, credentials, passwords }),
    grants: makeGrantsService({ store: accountsStore }),
    passportSteps: signInSteps.steps,
    hooks: makeRequestHooks(ground.divisionsStore),
  };
}
