import { parse, CsvError } from 'csv-parse';
import iconv from 'iconv-lite';
import { refuse, type Refused } from './problem.js';

/** A record of a csv file; empty lines count, so that the number is the row a spreadsheet would show. */
export interface CsvRow {
  readonly rowNumber: number;
  readonly cells: readonly string[];
}

/** A csv file that was decoded. */
export interface CsvFile {
  readonly ok: true;
  readonly encoding: 'UTF-8' | 'UTF-16' | 'GB18030';
  readonly text: string;
}

const maxRows = 200_000;
const maxColumns = 200;
const maxRecordCharacters = 100_000;
const byteOrderMark = '\ufeff';

/**
 * Decodes what Chinese spreadsheets write: UTF-8 with or without a mark, GB18030 ("CSV" of Excel and WPS), UTF-16 ("Unicode text").
 * GB18030 is taken only when UTF-8 fails, since nearly every text in it is no valid UTF-8, while the reverse is often readable rubbish.
 */
export function decodeCsv(bytes: Buffer): CsvFile | Refused {
  if (bytes.length === 0) return refuse('empty');
  const decoded = decodeUtf16(bytes) ?? decodeUtf8(bytes) ?? decodeGb18030(bytes);
  if (decoded === null || decoded.text.includes('\0')) return refuse('notText');
  return decoded.text.trim() === '' ? refuse('empty') : decoded;
}

/** Reads the records of a decoded file, or says which line cannot be read. */
export async function readCsv(text: string): Promise<{ readonly ok: true; readonly rows: readonly CsvRow[] } | Refused> {
  const rows: CsvRow[] = [];
  const parser = parse(text, {
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: maxRecordCharacters,
  });
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      rows.push({ rowNumber: rows.length + 1, cells });
      if (rows.length > maxRows || cells.length > maxColumns) return refuse('tooLarge', { rows: maxRows, columns: maxColumns });
    }
  } catch (error) {
    if (error instanceof CsvError) return refuse('csvLine', { line: parser.info.records + 1 });
    throw error;
  }
  return { ok: true, rows };
}

/**
 * Writes a csv that Excel and WPS open with the right characters (mark, CRLF). A text that a spreadsheet would run as a formula
 * gets an apostrophe in front; numbers are written as they are.
 */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): Buffer {
  const lines = rows.map((row) => row.map(field).join(','));
  return Buffer.from(`${byteOrderMark}${lines.join('\r\n')}\r\n`, 'utf8');
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function decodeUtf16(bytes: Buffer): CsvFile | null {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark !== 'fffe' && mark !== 'feff') return null;
  return { ok: true, encoding: 'UTF-16', text: iconv.decode(bytes, mark === 'fffe' ? 'utf16-le' : 'utf16-be') };
}

function decodeUtf8(bytes: Buffer): CsvFile | null {
  try {
    return { ok: true, encoding: 'UTF-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return null;
  }
}

function decodeGb18030(bytes: Buffer): CsvFile | null {
  const text = iconv.decode(bytes, 'gb18030');
  return text.includes('\ufffd') ? null : { ok: true, encoding: 'GB18030', text };
}

/** The separator that the first lines use most; quoted parts do not count. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const count = (mark: string): number => start.split(mark).length - 1;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}
