import { createHash } from 'node:crypto';
import { startOfDay, type CivilDay } from '../platform/civilDays.js';
import type { Secrets } from '../platform/crypto.js';
import { headerKey, type Table } from '../platform/files/table.js';
import { readUploadedTable } from '../platform/files/tableUpload.js';
import type { Problem } from '../platform/http/forms.js';
import { NotFound } from '../platform/errors.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { newId } from '../platform/ids.js';
import type { Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { mayCommit, type ImportBatch } from './batch.rules.js';
import { mapColumns, type ColumnMap } from './columns.rules.js';
import type { ImportLine, ImportLinesStore, LineFilter } from './importLines.store.js';
import type { Chunk, ImportsStore, StoredRow } from './imports.store.js';
import type { ImportColumn, ImportKind } from './kinds.js';

/** A file as it arrives. */
export interface Upload {
  readonly kind: string;
  readonly area: { readonly id: string; readonly path: readonly string[] };
  readonly asOf: CivilDay;
  readonly file: { readonly name: string; readonly bytes: Buffer };
}

/** A file that was read and whose columns are known. */
export interface ReadFile {
  readonly kind: ImportKind;
  readonly table: Table;
  readonly map: ColumnMap;
  readonly hash: string;
}

export type ReadOutcome = { readonly ok: true; readonly read: ReadFile } | { readonly ok: false; readonly problems: readonly Problem[] };

const chunkSize = 200;

/** The way of a file from upload to the database; knows no feature (decision 23). */
export function makeImportsService(deps: {
  readonly store: ImportsStore;
  readonly lines: ImportLinesStore;
  readonly secrets: Secrets;
  readonly kinds: readonly ImportKind[];
}) {
  const { store, secrets } = deps;

  function kindOf(name: string): ImportKind {
    const kind = deps.kinds.find((one) => one.name === name);
    if (kind === undefined) throw new NotFound('import kind');
    return kind;
  }

  function chunksOf(read: ReadFile): Chunk[] {
    const sensitive = new Set(read.kind.columns.filter((column) => column.sensitive === true).map((column) => column.key));
    const cellOf = (key: string, text: string): StoredRow['cells'][string] =>
      sensitive.has(key) && text !== '' ? secrets.seal(text) : text;
    const rows = read.table.rows.map((row): StoredRow => ({
      line: row.rowNumber,
      cells: Object.fromEntries(read.map.columns.map(({ key, at }) => [key, cellOf(key, row.cells[at] ?? '')])),
      lost: read.map.columns.filter(({ at }) => row.lostDigits.includes(at)).map(({ key }) => key),
    }));
    return Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, index) => ({
      id: newId(),
      index,
      rows: rows.slice(index * chunkSize, (index + 1) * chunkSize),
      checked: null,
    }));
  }

  return {
    kindOf,
    byId: (scope: Scope, id: string): Promise<ImportBatch> => store.byId(scope, id),
    list: (scope: Scope, divisionId: string, paging: Paging): Promise<Slice<ImportBatch>> => store.list(scope, divisionId, paging),
    lines: (filter: LineFilter, paging: Pick<Paging, 'skip' | 'size'>): Promise<Slice<ImportLine>> => deps.lines.list(filter, paging),

    /** Reads a file without writing anything; a file that cannot be taken says why and how to mend it. */
    async read(upload: Pick<Upload, 'kind' | 'file'>): Promise<ReadOutcome> {
      const kind = kindOf(upload.kind);
      const known = kind.columns.flatMap((column: ImportColumn) => [column.header, ...column.aliases]);
      const table = await readUploadedTable(upload.file.bytes, { known, required: [] });
      if (!table.ok) {
        // which columns are missed is judged below, by the columns and their aliases; the header itself is named by what it must hold
        const expected = kind.columns.filter((column) => column.required).map((column) => column.header);
        const values = 'expected' in table.problem.values ? { expected: expected.join('、') } : table.problem.values;
        return { ok: false, problems: [{ field: 'file', key: table.problem.key, values }] };
      }
      const map = mapColumns(kind.columns, table.headers, headerKey);
      const present = new Set(map.columns.map((column) => column.key));
      const missing = kind.columns.filter((column) => column.required && !present.has(column.key)).map((column) => column.header);
      if (missing.length > 0) {
        return {
          ok: false,
          problems: [{ field: 'file', key: 'files.columnsMissing', values: { row: table.headerRow, columns: missing.join('、') } }],
        };
      }
      return { ok: true, read: { kind, table, map, hash: createHash('sha256').update(upload.file.bytes).digest('hex') } };
    },

    /** Keeps the rows of a file, so that the check survives a restart. @returns the id of the new import */
    async add(tx: Tx, upload: Upload, read: ReadFile): Promise<string> {
      const count = await store.countSince(tx, upload.area.id, startOfDay(tx.today));
      const batch: ImportBatch = {
        id: newId(),
        kind: read.kind.name,
        number: `${tx.today}-${String(count + 1).padStart(2, '0')}`,
        fileName: upload.file.name.slice(0, 120),
        fileHash: read.hash,
        areaId: upload.area.id,
        divisionPath: upload.area.path,
        asOf: upload.asOf,
        state: 'checking',
        headerRow: read.table.headerRow,
        columns: read.map.columns,
        unknownHeaders: read.map.unknown.map((one) => one.header),
        leftOut: read.table.leftOut,
        rowCount: read.table.rows.length,
        done: 0,
        counts: null,
        note: null,
        result: null,
        uploadedBy: tx.actor.name,
        uploadedAt: tx.now,
        startedAt: null,
        checkedAt: null,
        committedBy: null,
        committedAt: null,
        runId: null,
        leaseUntil: null,
      };
      await store.add(tx, batch, chunksOf(read));
      tx.audit({
        action: 'import.uploaded',
        object: { kind: 'import', id: batch.id },
        divisionPath: batch.divisionPath,
        count: batch.rowCount,
      });
      return batch.id;
    },

    /** Sets a checked file on its way into the database; false when it is not (or no longer) ready. */
    async beginCommit(tx: Tx, scope: Scope, id: string): Promise<boolean> {
      const batch = await store.byId(scope, id, tx);
      if (!mayCommit(batch)) return false;
      return store.move(id, { state: 'checked' }, { state: 'committing', runId: null, leaseUntil: null, committedBy: tx.actor.name }, tx);
    },

    /** Gives a file up: its rows go, its trace stays. */
    async abandon(tx: Tx, scope: Scope, id: string): Promise<boolean> {
      const batch = await store.byId(scope, id, tx);
      const open = batch.state === 'checked' || batch.state === 'checking' || batch.state === 'failed';
      if (!open || !(await store.move(id, { state: batch.state }, { state: 'abandoned', runId: null }, tx))) return false;
      await store.dropRows(id, tx);
      tx.audit({ action: 'import.abandoned', object: { kind: 'import', id }, divisionPath: batch.divisionPath });
      return true;
    },
  };
}

export type ImportsService = ReturnType<typeof makeImportsService>;
