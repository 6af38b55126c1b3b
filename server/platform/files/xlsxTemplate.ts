import { writeXlsx, type CellStyle } from 'hucre';

/** A column of a blank that people fill in: always text, so that long numbers and leading zeros stay whole. */
export interface BlankColumn {
  readonly header: string;
  /** In characters of the body text. */
  readonly width: number;
  /** Words of a drop-down list; another word is warned about, not refused, since offices paste. */
  readonly choices?: readonly string[];
}

/** A blank with its page of instructions. */
export interface Blank {
  readonly sheet: string;
  readonly columns: readonly BlankColumn[];
  readonly instructions: { readonly sheet: string; readonly headers: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

const font = { name: '宋体', size: 11 };
const thin = { style: 'thin', color: { rgb: '808080' } } as const;
const border = { top: thin, right: thin, bottom: thin, left: thin };
const headerStyle: CellStyle = {
  font: { ...font, bold: true },
  border,
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EEF1F4' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
const textStyle: CellStyle = { font, numFmt: '@', alignment: { vertical: 'center', wrapText: true } };
/** Rows of the blank that are prepared. */
const preparedRows = 5000;

/** Writes a blank as xlsx: header, text columns, drop-down lists, and a sheet of instructions behind it. */
export async function writeBlank(blank: Blank): Promise<Buffer> {
  const headers = blank.columns.map((column) => column.header);
  const lists = blank.columns.flatMap((column, at) => {
    if (column.choices === undefined) return [];
    const letters = lettersOf(at);
    const range = `${letters}2:${letters}${String(preparedRows)}`;
    return [
      {
        type: 'list' as const,
        values: [...column.choices],
        range,
        allowBlank: true,
        showErrorMessage: true,
        errorStyle: 'warning' as const,
      },
    ];
  });
  const bytes = await writeXlsx({
    defaultFont: font,
    sheets: [
      {
        ...sheetOf(blank.sheet, headers, []),
        columns: blank.columns.map(({ width }) => ({ width, style: textStyle })),
        dataValidations: lists,
      },
      {
        ...sheetOf(blank.instructions.sheet, blank.instructions.headers, blank.instructions.rows),
        columns: blank.instructions.headers.map((_, at) => ({ width: at === 0 ? 24 : 60, style: textStyle })),
      },
    ],
  });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function sheetOf(name: string, headers: readonly string[], rows: readonly (readonly string[])[]) {
  const cells = new Map(headers.map((value, at) => [`0,${String(at)}`, { value, type: 'string' as const, style: headerStyle }] as const));
  return {
    name,
    rows: [[...headers], ...rows.map((row) => [...row])],
    cells,
    freezePane: { rows: 1 },
    rowDefs: new Map([[0, { height: 30 }]]),
  };
}

function lettersOf(at: number): string {
  const rest = Math.floor(at / 26);
  return (rest > 0 ? lettersOf(rest - 1) : '') + String.fromCharCode(65 + (at % 26));
}
