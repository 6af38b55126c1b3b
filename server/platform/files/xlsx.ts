import { setImmediate } from 'node:timers/promises';
import { streamXlsxRows, HucreError, type CellValue } from 'hucre';
import { dayFrom, type CivilDay } from '../civilDays.js';
import { refuse, type Refused } from './problem.js';
import { checkZip, type CheckedZip } from './zipCheck.js';

/**
 * One cell as it was meant. `lostDigits` is a number too long for a spreadsheet, which has already rounded it: an identity
 * number typed into a column that was not set to text. What stands there is wrong and cannot be mended by us.
 */
export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'date'; readonly day: CivilDay }
  | { readonly kind: 'lostDigits'; readonly number: number };

/** A row with its number as the spreadsheet shows it, from 1. */
export interface SheetRow {
  readonly rowNumber: number;
  readonly cells: readonly Cell[];
}

/** A workbook that was looked through and can be read sheet by sheet. */
export interface Workbook {
  readonly ok: true;
  /** Visible sheets in order; hidden ones hold lists and old copies. */
  readonly sheets: readonly string[];
  /** Streams the rows of a sheet. @throws TooLarge beyond the limits, HucreError when the sheet cannot be read */
  rows(sheet: string): AsyncGenerator<SheetRow, void, undefined>;
}

/** More rows or columns than any roster has; stops the reading of a file that was made to hurt. */
export class TooLarge extends Error {}

const maxRows = 200_000;
const maxColumns = 200;
/** Other requests get a turn after so many rows. */
const rowsBetweenPauses = 200;
/** Spreadsheets keep 15 digits; what is longer came out rounded. */
const exactLimit = 1e15;
const zipMark = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const oleMark = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const workbookPart = 'xl/workbook.xml';

/** Whether a file begins like a zip, which every xlsx is. */
export function looksLikeZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(zipMark);
}

/** Whether a file begins like the old office format: an .xls, or an .xlsx with a password. */
export function looksLikeOldOffice(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(oleMark);
}

/** Opens a workbook after the look into its zip, or says why not. */
export async function openWorkbook(bytes: Buffer): Promise<Workbook | Refused> {
  if (looksLikeOldOffice(bytes)) return refuse('oldOffice');
  const zip = await checkZip(bytes, /^xl\/workbook\.xml$/);
  if (!zip.ok) return zip;
  const sheets = visibleSheets(zip);
  if (sheets === null) return refuse('notWorkbook');
  if (sheets.length === 0) return refuse('noSheet');
  return { ok: true, sheets, rows: (sheet) => readRows(bytes, sheet) };
}

/** Turns what went wrong while reading into a refusal; anything else is a fault of ours and goes on. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof TooLarge) return refuse('tooLarge', { rows: maxRows, columns: maxColumns });
  if (error instanceof HucreError) return refuse('damaged');
  throw error;
}

/** A cell as text: days as `YYYY-MM-DD`, numbers without the tail of binary fractions. */
export function cellText(cell: Cell): string {
  switch (cell.kind) {
    case 'empty':
      return '';
    case 'text':
      return cell.text;
    case 'date':
      return cell.day;
    case 'number':
      return String(Number(cell.number.toPrecision(15)));
    case 'lostDigits':
      return String(cell.number);
  }
}

function visibleSheets(zip: CheckedZip): string[] | null {
  const workbook = zip.texts.get(workbookPart);
  if (workbook === undefined) return null;
  const tags = [...workbook.matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g)].map((match) => match[1] ?? '');
  const attribute = (tag: string, name: string): string => new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return tags.filter((tag) => !/hidden/i.test(attribute(tag, 'state'))).map((tag) => unescapeXml(attribute(tag, 'name')));
}

function unescapeXml(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return named[name ?? ''] ?? whole;
  });
}

async function* readRows(bytes: Buffer, sheet: string): AsyncGenerator<SheetRow, void, undefined> {
  let count = 0;
  for await (const row of streamXlsxRows(bytes, { sheet, maxRows: maxRows + 1 })) {
    count += 1;
    if (count > maxRows || row.values.length > maxColumns) throw new TooLarge();
    if (count % rowsBetweenPauses === 0) await setImmediate();
    yield { rowNumber: row.index + 1, cells: row.values.map(toCell) };
  }
}

function toCell(value: CellValue): Cell {
  if (value === null || value === '') return { kind: 'empty' };
  if (value instanceof Date) return dateCell(value);
  if (typeof value === 'number') return { kind: Math.abs(value) >= exactLimit ? 'lostDigits' : 'number', number: value };
  if (typeof value === 'boolean') return { kind: 'text', text: value ? 'TRUE' : 'FALSE' };
  return { kind: 'text', text: value };
}

/** Serial dates come as the same civil day in UTC; a serial below one is a time of day without a day. */
function dateCell(value: Date): Cell {
  const day = dayFrom(value.getUTCFullYear(), value.getUTCMonth() + 1, value.getUTCDate());
  if (day === null || value.getUTCFullYear() < 1900) return { kind: 'text', text: value.toISOString().slice(11, 16) };
  return { kind: 'date', day };
}
