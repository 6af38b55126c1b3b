import { writeXlsx, type CellStyle, type CellValue, type ColumnDef, type MergeRange, type Cell, type WriteSheet } from 'hucre';

/** A value of a cell. Text stays text: `=…` is shown, never run, and `0350…` or an 18-digit number keeps every digit. */
export type SheetValue = string | number | null;

/** A column of a printed table. */
export interface SheetColumn {
  /** In characters of the body text; a Chinese character takes two. */
  readonly width: number;
  readonly align?: 'left' | 'center' | 'right';
  /** Number format of a spreadsheet, e.g. `0.0%`; text when left out. */
  readonly format?: string;
}

/** A cell of the header; spans as in HTML. */
export interface HeaderCell {
  readonly text: string;
  readonly columns?: number;
  readonly rows?: number;
}

/** A sheet as an office prints it: title, lines of unit and date, header that repeats on each page, rows, total, signatures. */
export interface SheetTable {
  readonly name: string;
  readonly title: string;
  /** Lines under the title: unit, as-of day, definition. */
  readonly notes: readonly string[];
  readonly headers: readonly (readonly HeaderCell[])[];
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetValue[])[];
  /** The total; bold. */
  readonly totals?: readonly (readonly SheetValue[])[];
  /** Lines under the table: signatures, explanations. */
  readonly foot?: readonly string[];
}

type Styled = Map<string, Partial<Cell>>;

const thin = { style: 'thin', color: { rgb: '808080' } } as const;
const border = { top: thin, right: thin, bottom: thin, left: thin };
const font = { name: '宋体', size: 11 };
const titleStyle: CellStyle = { font: { name: '宋体', size: 16, bold: true }, alignment: { horizontal: 'center', vertical: 'center' } };
const noteStyle: CellStyle = { font, alignment: { horizontal: 'left', vertical: 'center', wrapText: true } };
const headerStyle: CellStyle = {
  font: { ...font, bold: true },
  border,
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EEF1F4' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};

/** Writes sheets as one xlsx: A4 landscape, one page wide, header frozen and repeated in print. */
export async function writeSheets(tables: readonly SheetTable[]): Promise<Buffer> {
  const bytes = await writeXlsx({ sheets: tables.map(sheetOf), defaultFont: font });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function sheetOf(table: SheetTable): WriteSheet {
  const width = table.columns.length;
  const rows: CellValue[][] = [];
  const cells: Styled = new Map();
  const merges: MergeRange[] = [];
  const line = (text: string, style: CellStyle): void => {
    cells.set(`${rows.length},0`, { value: text, type: 'string', style });
    if (width > 1) merges.push({ startRow: rows.length, startCol: 0, endRow: rows.length, endCol: width - 1 });
    rows.push([text]);
  };
  line(table.title, titleStyle);
  for (const note of table.notes) line(note, noteStyle);
  const firstHeader = rows.length;
  placeHeaders(table.headers, firstHeader, { rows, cells, merges });
  const firstRow = rows.length;
  rows.push(...table.rows.map((row) => [...row]));
  for (const total of table.totals ?? []) {
    total.forEach((value, column) => cells.set(`${rows.length},${column}`, { value, style: totalStyle(table.columns[column]) }));
    rows.push([...total]);
  }
  for (const text of table.foot ?? []) line(text, noteStyle);
  return {
    name: table.name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
    columns: table.columns.map(columnOf),
    rows,
    cells,
    merges,
    rowDefs: new Map([[0, { height: 30 }]]),
    freezePane: { rows: firstRow },
    pageSetup: printedOnA4(firstHeader + 1, firstRow),
    headerFooter: { oddFooter: '&C第 &P 页 共 &N 页' },
  };
}

/** Places header cells from left to right into what is still free, and merges what spans. */
function placeHeaders(
  headers: SheetTable['headers'],
  firstRow: number,
  sheet: { readonly rows: CellValue[][]; readonly cells: Styled; readonly merges: MergeRange[] },
): void {
  const taken = new Set<string>();
  headers.forEach((headerRow, index) => {
    const row = firstRow + index;
    sheet.rows.push([]);
    let column = 0;
    for (const cell of headerRow) {
      while (taken.has(`${row},${column}`)) column += 1;
      const end = { endRow: row + (cell.rows ?? 1) - 1, endCol: column + (cell.columns ?? 1) - 1 };
      takeArea({ startRow: row, startCol: column, ...end }, taken, sheet.cells);
      sheet.cells.set(`${row},${column}`, { value: cell.text, type: 'string', style: headerStyle });
      if (end.endRow > row || end.endCol > column) sheet.merges.push({ startRow: row, startCol: column, ...end });
      column = end.endCol + 1;
    }
  });
}

function takeArea(area: MergeRange, taken: Set<string>, cells: Styled): void {
  for (let row = area.startRow; row <= area.endRow; row += 1) {
    for (let column = area.startCol; column <= area.endCol; column += 1) {
      taken.add(`${row},${column}`);
      cells.set(`${row},${column}`, { value: null, style: headerStyle });
    }
  }
}

function columnOf(column: SheetColumn): ColumnDef {
  return { width: column.width, style: bodyStyle(column) };
}

function bodyStyle(column: SheetColumn | undefined): CellStyle {
  return {
    font,
    border,
    numFmt: column?.format ?? '@',
    alignment: { horizontal: column?.align ?? 'left', vertical: 'center', wrapText: true },
  };
}

function totalStyle(column: SheetColumn | undefined): CellStyle {
  return { ...bodyStyle(column), font: { ...font, bold: true } };
}

function printedOnA4(firstHeader: number, lastHeader: number): NonNullable<WriteSheet['pageSetup']> {
  return {
    paperSize: 'a4',
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { top: 0.6, right: 0.5, bottom: 0.7, left: 0.5, header: 0.3, footer: 0.3 },
    printTitlesRow: `$${firstHeader}:$${lastHeader}`,
  };
}
