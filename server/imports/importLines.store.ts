import type { Connection } from 'mongoose';
import type { Paging, Slice } from '../platform/http/paging.js';
import { importLineSchema } from './imports.model.js';
import type { Change, Message } from './kinds.js';

/** What a line of the result is: something to mend or check, a field that changes, a new person, a request, or somebody missing. */
export type LineSort = 'finding' | 'change' | 'new' | 'request' | 'missing';

/** One line of the result of a check. */
export interface ImportLine {
  readonly id: string;
  readonly importId: string;
  readonly runId: string;
  readonly sort: LineSort;
  readonly severity: 'error' | 'warning' | null;
  readonly line: number | null;
  readonly name: string;
  readonly subjectId: string | null;
  /** `I17`, '' for a whole row. */
  readonly cell: string;
  readonly column: string | null;
  readonly shown: string;
  readonly message: Message | null;
  readonly change: Change | null;
  readonly where: string;
  /** The order of the file. */
  readonly seq: number;
}

type LineRecord = Omit<ImportLine, 'id'> & { readonly _id: string };

/** What a list of lines is narrowed to. */
export interface LineFilter {
  readonly importId: string;
  readonly sort: LineSort;
  readonly severity?: 'error' | 'warning';
}

const batchSize = 500;
const toLine = ({ _id, ...rest }: LineRecord): ImportLine => ({ id: _id, ...rest });

/** The lines of results; made anew by every check. */
export function makeImportLinesStore(db: Connection) {
  const lines = db.model<LineRecord>('ImportLine', importLineSchema as never, 'import_lines');
  const order = { severity: 1, seq: 1 } as const;

  return {
    /** Errors before warnings, each in the order of the file. */
    async list(filter: LineFilter, paging: Pick<Paging, 'skip' | 'size'>): Promise<Slice<ImportLine>> {
      const [records, total] = await Promise.all([
        lines
          .find({ ...filter })
          .sort(order)
          .skip(paging.skip)
          .limit(paging.size)
          .lean<LineRecord[]>(),
        lines.countDocuments({ ...filter }),
      ]);
      return { rows: records.map(toLine), total };
    },

    async add(added: readonly ImportLine[]): Promise<void> {
      for (let at = 0; at < added.length; at += batchSize) {
        await lines.insertMany(added.slice(at, at + batchSize).map(({ id, ...rest }) => ({ _id: id, ...rest })) as never[]);
      }
    },

    /** Removes the lines of a file, except those of the named run. */
    async clear(importId: string, exceptRunId: string | null): Promise<void> {
      await lines.deleteMany(exceptRunId === null ? { importId } : { importId, runId: { $ne: exceptRunId } });
    },
  };
}

export type ImportLinesStore = ReturnType<typeof makeImportLinesStore>;
