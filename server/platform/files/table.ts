import { decodeCsv, readCsv } from './csv.js';
import { refuse, type Refused } from './problem.js';
import { cellText, looksLikeOldOffice, looksLikeZip, openWorkbook, refusalOf, type Workbook } from './xlsx.js';

/** One row of people's own words: every cell as trimmed text, aligned with the header. */
export interface TableRow {
  /** The number the spreadsheet shows at the left, from 1. */
  readonly rowNumber: number;
  readonly cells: readonly string[];
  /** Columns (from 0) whose number is too long for a spreadsheet, which lost its last digits. */
  readonly lostDigits: readonly number[];
}

/** What a file holds once titles, instructions, totals and signatures are taken off. */
export interface Table {
  readonly ok: true;
  readonly kind: 'xlsx' | 'csv';
  /** The sheet it was read from; empty for csv. */
  readonly sheet: string;
  /** The row of the header, from 1. */
  readonly headerRow: number;
  readonly headers: readonly string[];
  readonly rows: readonly TableRow[];
  /** Rows that are not data (totals, instructions, signatures), so that nothing is left out without a word. */
  readonly leftOut: readonly { readonly rowNumber: number; readonly text: string }[];
}

/** What the reader is told about the table it looks for. */
export interface TableForm {
  /** Column names that this kind of file may have. */
  readonly known: readonly string[];
  /** Column names without which it is another file. */
  readonly required: readonly string[];
}

/** Rows in which a header may stand: title, unit, instructions come first. */
const headerWithin = 30;
const noData =
  /^(?:合计|总计|小计|共计|填表须知|填表说明|填写说明|说明|备注|注)(?:[:：(（]|$)|^(?:填表人|填报人|审核人|负责人|制表人|填报单位|填表日期)\s*[:：(（]/;
const scientific = /^\d(?:\.\d+)?E\+?\d{2}$/i;
const foreign: readonly (readonly [string, RegExp])[] = [
  ['pdf', /^%PDF/],
  ['picture', /^(?:\x89PNG|\xff\xd8\xff|GIF8|BM)/],
  ['webPage', /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml)/i],
  ['archive', /^(?:Rar!|7z\xbc\xaf)/],
];

/** Reads an uploaded spreadsheet (xlsx, or csv in UTF-8 or GB18030) as a table of text, or says why it cannot be taken. */
export async function readTable(bytes: Buffer, form: TableForm): Promise<Table | Refused> {
  if (bytes.length === 0) return refuse('empty');
  if (looksLikeZip(bytes) || looksLikeOldOffice(bytes)) return readXlsxTable(bytes, form);
  const start = bytes.subarray(0, 256).toString('latin1');
  const other = foreign.find(([, mark]) => mark.test(start));
  return other ? refuse(other[0]) : readCsvTable(bytes, form);
}

async function readXlsxTable(bytes: Buffer, form: TableForm): Promise<Table | Refused> {
  const book = await openWorkbook(bytes);
  if (!book.ok) return book;
  try {
    let firstRefusal: Refused | null = null;
    for (const sheet of book.sheets) {
      const table = tableOf(await rowsOf(book, sheet), form, { kind: 'xlsx', sheet });
      if (table.ok) return table;
      // a first sheet of instructions says nothing about the file; a roster that lacks a column does
      if (firstRefusal === null || table.problem.key === 'files.columnsMissing') firstRefusal = table;
    }
    return firstRefusal ?? refuse('noSheet');
  } catch (error) {
    return refusalOf(error);
  }
}

async function rowsOf(book: Workbook, sheet: string): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of book.rows(sheet)) {
    const lostDigits = row.cells.flatMap((cell, column) => (cell.kind === 'lostDigits' ? [column] : []));
    rows.push(cleanRow(row.rowNumber, row.cells.map(cellText), lostDigits));
  }
  return rows;
}

async function readCsvTable(bytes: Buffer, form: TableForm): Promise<Table | Refused> {
  const file = decodeCsv(bytes);
  if (!file.ok) return file;
  const read = await readCsv(file.text);
  if (!read.ok) return read;
  const rows = read.rows.map((row) => cleanRow(row.rowNumber, row.cells, []));
  return tableOf(rows, form, { kind: 'csv', sheet: '' });
}

function cleanRow(rowNumber: number, cells: readonly string[], lost: readonly number[]): TableRow {
  const clean = cells.map(cleanText);
  const alsoLost = clean.flatMap((cell, column) => (scientific.test(cell) ? [column] : []));
  return { rowNumber, cells: clean, lostDigits: [...new Set([...lost, ...alsoLost])] };
}

/** Without the marks and blanks that copying leaves around a word; an apostrophe in front is the spreadsheet's sign for text. */
function cleanText(text: string): string {
  return text
    .replace(/[\ufeff\u200b-\u200d\u2060]/g, '')
    .replace(/^[\s\u3000]+|[\s\u3000]+$/g, '')
    .replace(/^'(?=[\d=+\-@])/, '');
}

/** Header words as people vary them: blanks, line breaks, stars for required and full-width brackets do not matter. */
export function headerKey(text: string): string {
  return text.normalize('NFKC').replace(/[\s*]/g, '');
}

function tableOf(rows: readonly TableRow[], form: TableForm, source: Pick<Table, 'kind' | 'sheet'>): Table | Refused {
  const header = findHeader(rows, form);
  if (header === null) return refuse('noHeader', { expected: form.required.join('、') });
  const present = new Set(header.cells.map(headerKey));
  const missing = form.required.filter((name) => !present.has(headerKey(name)));
  if (missing.length > 0) return refuse('columnsMissing', { columns: missing.join('、'), row: header.rowNumber });
  const width = header.cells.length - [...header.cells].reverse().findIndex((cell) => cell !== '');
  const headers = header.cells.slice(0, width);
  const below = rows.filter((row) => row.rowNumber > header.rowNumber && row.cells.some((cell) => cell !== ''));
  const isData = (row: TableRow): boolean => !noData.test(firstWord(row)) && !sameCells(row.cells, headers);
  const data = below.filter(isData).map((row) => fitted(row, width));
  if (data.length === 0) return refuse('noRows', { row: header.rowNumber });
  const leftOut = below.filter((row) => !isData(row)).map((row) => ({ rowNumber: row.rowNumber, text: firstWord(row).slice(0, 40) }));
  return { ok: true, ...source, headerRow: header.rowNumber, headers, rows: data, leftOut };
}

/** The row among the first ones that holds most of the known column names, and at least two of them. */
function findHeader(rows: readonly TableRow[], form: TableForm): TableRow | null {
  const known = new Set([...form.known, ...form.required].map(headerKey));
  const score = (row: TableRow): number => new Set(row.cells.map(headerKey).filter((cell) => known.has(cell))).size;
  const candidates = rows.filter((row) => row.rowNumber <= headerWithin);
  const best = candidates.reduce<TableRow | null>((top, row) => (top === null || score(row) > score(top) ? row : top), null);
  return best !== null && score(best) >= Math.min(2, known.size) ? best : null;
}

function firstWord(row: TableRow): string {
  return row.cells.find((cell) => cell !== '') ?? '';
}

function sameCells(cells: readonly string[], headers: readonly string[]): boolean {
  return headers.every((header, column) => headerKey(cells[column] ?? '') === headerKey(header));
}

/** Every row as wide as the header, so that a column is never beyond the end. Cells right of the header have no name and no place. */
function fitted(row: TableRow, width: number): TableRow {
  const cells = Array.from({ length: width }, (_, column) => row.cells[column] ?? '');
  return { ...row, cells, lostDigits: row.lostDigits.filter((column) => column < width) };
}
