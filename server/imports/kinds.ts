import type { CivilDay } from '../platform/civilDays.js';
import type { Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';

/** A text key with its values; said in the language of who looks. */
export interface Message {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A value to be shown: a text as it is (a name, a day), or a word by its key. */
export type Shown = string | Message;

/** A column of a file kind, in the order of its template. */
export interface ImportColumn {
  readonly key: string;
  /** As the template prints it. */
  readonly header: string;
  /** Other names that offices use. */
  readonly aliases: readonly string[];
  /** Without this column it is another file. */
  readonly required: boolean;
  /** Where one header stands twice, this one belongs to the column before it (decision 23). */
  readonly follows?: string;
  /** In characters. */
  readonly width: number;
  /** The words of a list, offered by the template. */
  readonly choices?: readonly string[];
  /** Sealed where it is stored. */
  readonly sensitive?: boolean;
  /** One sentence of the instructions sheet. */
  readonly about: string;
}

/** One row of a file by column key; a column that the file lacks is ''. */
export interface SheetRow {
  /** The number the spreadsheet shows. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** Columns whose long number lost its last digits. */
  readonly lost: readonly string[];
}

/** What is wrong with a cell (or a row, when the column is null): an error keeps the file out, a warning says what happens. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly column: string | null;
  /** What stands in the cell, masked where it is sensitive. */
  readonly shown: string;
  readonly message: Message;
}

/** One field that would change. */
export interface Change {
  /** Text key of the field. */
  readonly field: string;
  readonly now: Shown;
  readonly after: Shown;
  readonly effect: Message;
}

/** What becomes of a row. `request`: nothing is written but a request to somebody else. */
export type RowOutcome = 'error' | 'new' | 'changed' | 'unchanged' | 'request';

/** A row that was checked. */
export interface CheckedRow {
  readonly line: number;
  readonly name: string;
  readonly subjectId: string | null;
  readonly outcome: RowOutcome;
  readonly findings: readonly Finding[];
  readonly changes: readonly Change[];
  /** What the kind needs to write the row; plain data, secrets sealed. Null when nothing is written. */
  readonly payload: unknown;
}

/** Somebody who is in the database and not in the file: shown, never touched. */
export interface MissingRow {
  readonly subjectId: string;
  readonly name: string;
  readonly where: string;
}

/** What a check is about. */
export interface ImportAbout {
  readonly importId: string;
  readonly scope: Scope;
  /** The division the file is for, with its ancestors. */
  readonly areaId: string;
  readonly areaPath: readonly string[];
  /** 统计截止日. */
  readonly asOf: CivilDay;
  readonly today: CivilDay;
}

/** The check of one file: batches in order, then what only the whole file can tell. */
export interface ImportChecker {
  check(rows: readonly SheetRow[]): Promise<readonly CheckedRow[]>;
  finish(): Promise<readonly MissingRow[]>;
}

/** What a commit did; `moved` names rows whose subject changed since the check, and then nothing was written. */
export type CommitResult =
  | { readonly ok: true; readonly added: number; readonly changed: number; readonly requested: number }
  | { readonly ok: false; readonly moved: number };

/** A kind of file that can be imported, declared by the feature that owns the data (`x.import.ts`), collected by wiring. */
export interface ImportKind {
  /** Text keys stand under `imports.kinds.<name>`. */
  readonly name: string;
  readonly permission: string;
  readonly columns: readonly ImportColumn[];
  begin(about: ImportAbout): Promise<ImportChecker>;
  /** Writes checked rows in the given transaction; batches come in the order of the file. */
  commit(tx: Tx, about: ImportAbout, batches: AsyncIterable<readonly CheckedRow[]>): Promise<CommitResult>;
}
