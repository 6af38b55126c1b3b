import { newId } from '../platform/ids.js';
import type { ImportCounts } from './batch.rules.js';
import { columnLetters } from './columns.rules.js';
import type { ImportLine } from './importLines.store.js';
import type { CheckedRow, MissingRow } from './kinds.js';

/** Which run of which file, and the number of the last line before. */
export interface LineOrigin {
  readonly importId: string;
  readonly runId: string;
  readonly seq: number;
}

const blank = {
  severity: null,
  line: null,
  name: '',
  subjectId: null,
  cell: '',
  column: null,
  shown: '',
  message: null,
  change: null,
  where: '',
} as const;

/** Adds the rows of a batch to the counts. */
export function countRows(counts: ImportCounts, rows: readonly CheckedRow[]): ImportCounts {
  const of = (outcome: CheckedRow['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  const severity = (wanted: string): number => rows.flatMap((row) => row.findings).filter((finding) => finding.severity === wanted).length;
  return {
    errors: counts.errors + severity('error'),
    errorRows: counts.errorRows + of('error'),
    warnings: counts.warnings + severity('warning'),
    added: counts.added + of('new'),
    changed: counts.changed + of('changed'),
    changedFields: counts.changedFields + rows.filter((row) => row.outcome === 'changed').reduce((sum, row) => sum + row.changes.length, 0),
    unchanged: counts.unchanged + of('unchanged'),
    requested: counts.requested + of('request'),
    missing: counts.missing,
  };
}

/** The lines that the result shows of some rows, in the order of the file. */
export function linesOf(
  rows: readonly CheckedRow[],
  origin: LineOrigin,
  columns: readonly { readonly key: string; readonly at: number }[],
): ImportLine[] {
  const letters = new Map(columns.map(({ key, at }) => [key, columnLetters(at)]));
  const lines = rows.flatMap((row) => partsOf(row, letters));
  return lines.map((line, index) => ({
    ...blank,
    ...line,
    id: newId(),
    importId: origin.importId,
    runId: origin.runId,
    seq: origin.seq + index + 1,
  }));
}

type Part = Pick<ImportLine, 'sort' | 'line' | 'name' | 'subjectId'> & Partial<ImportLine>;

function partsOf(row: CheckedRow, letters: ReadonlyMap<string, string>): Part[] {
  const of = { line: row.line, name: row.name, subjectId: row.subjectId };
  const cellOf = (column: string | null): string => {
    const letter = column === null ? undefined : letters.get(column);
    return letter === undefined ? '' : letter + String(row.line);
  };
  const findings = row.findings.map((finding): Part => ({ ...of, ...finding, sort: 'finding', cell: cellOf(finding.column) }));
  switch (row.outcome) {
    case 'changed':
      return [...findings, ...row.changes.map((change): Part => ({ ...of, sort: 'change', change }))];
    case 'new':
    case 'request':
      return [...findings, { ...of, sort: row.outcome, change: row.changes[0] ?? null }];
    default:
      return findings;
  }
}

/** The lines of people who are not in the file. */
export function missingLines(missing: readonly MissingRow[], origin: LineOrigin): ImportLine[] {
  return missing.map((person, index) => ({
    ...blank,
    ...person,
    id: newId(),
    importId: origin.importId,
    runId: origin.runId,
    sort: 'missing',
    seq: origin.seq + index + 1,
  }));
}
