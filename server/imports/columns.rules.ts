/** What the mapping needs of a column. */
export interface MappableColumn {
  readonly key: string;
  readonly header: string;
  readonly aliases: readonly string[];
  readonly follows?: string;
}

/** A column of the file that was recognised; `at` counts from 0. */
export interface MappedColumn {
  readonly key: string;
  readonly at: number;
}

/** The recognised columns, and the headers that are none of ours. */
export interface ColumnMap {
  readonly columns: readonly MappedColumn[];
  readonly unknown: readonly { readonly at: number; readonly header: string }[];
}

/**
 * Recognises headers in any order. Where several columns share a header, a column with `follows` takes the place behind the
 * column it belongs to: the 毕业院校及专业 behind 在职学历 is that of the in-service education, also when it stands alone.
 * @param headerKey makes headers comparable (width, blanks, stars)
 */
export function mapColumns(columns: readonly MappableColumn[], headers: readonly string[], headerKey: (text: string) => string): ColumnMap {
  const taken = new Map<string, number>();
  const unknown: { at: number; header: string }[] = [];
  const leaders = new Set(columns.flatMap((column) => column.follows ?? []));
  let lastLeader = '';
  headers.forEach((header, at) => {
    const key = headerKey(header);
    if (key === '') return;
    const candidates = columns.filter(
      (column) => !taken.has(column.key) && [column.header, ...column.aliases].some((name) => headerKey(name) === key),
    );
    const column = candidates.find((one) => one.follows === lastLeader) ?? candidates[0];
    if (column === undefined) {
      unknown.push({ at, header });
      return;
    }
    taken.set(column.key, at);
    if (leaders.has(column.key)) lastLeader = column.key;
  });
  return { columns: [...taken].map(([key, at]) => ({ key, at })), unknown };
}

/** The letters of a column as a spreadsheet shows them: 0 is A, 26 is AA. */
export function columnLetters(at: number): string {
  const rest = Math.floor(at / 26);
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (at % 26));
}
