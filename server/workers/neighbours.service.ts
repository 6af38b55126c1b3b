import type { CivilDay } from '../platform/civilDays.js';
import type { Tx } from '../platform/transactions.js';
import type { AgePolicy } from './idNumber.rules.js';

/** A place of the division tree as the roster needs it. */
export interface Place {
  readonly id: string;
  readonly code: string;
  readonly areaCode: string;
  readonly level: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly path: readonly string[];
}

/** What the roster asks of the division tree. */
export interface PlacesPort {
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Place>>;
  /** All divisions under a root, itself first. */
  subtree(rootId: string): Promise<readonly Place[]>;
}

/** A person as the sign-in accounts know them: opaque id, name, key of the phone, and whether the person serves. */
export interface AccountHolder {
  readonly id: string;
  readonly name: string;
  readonly phoneIndex: string | null;
  readonly divisionPath: readonly string[];
  readonly inServiceSince: CivilDay | null;
}

/** What the roster tells the sign-in accounts (decision 3). */
export interface AccountsPort {
  /** Makes the accounts of new people, changes those of known ones, disables those of people who left. */
  followWorkers(tx: Tx, people: readonly AccountHolder[]): Promise<void>;
}

/** The thresholds the roster uses. */
export interface RosterPolicies {
  /** Ages a worker can have on a day, for a division path. */
  agesFor(day: CivilDay): Promise<(divisionPath: readonly string[]) => AgePolicy>;
}

/** How names are searched and ordered (decision 9). */
export interface NamesPort {
  /** A syllable per character, the surname read as a surname. */
  syllables(name: string): readonly string[];
  pinyinKey(name: string): string;
  strokeKey(name: string): string;
}
