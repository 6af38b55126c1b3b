import { parse } from 'csv-parse/sync';
import { newId } from '../platform/ids.js';
import type { Tx } from '../platform/transactions.js';
import type { Division, DivisionsStore } from './divisions.store.js';
import { areaCodeOf, levels, treeRows, type FileRow, type Level } from './tree.rules.js';

const nation = { code: '000000000000', level: 'nation', name: '全国', parentCode: '', kind: '' } as const;

/** 五台山风景名胜区 is known to statistics only; its townships belong to 五台县 (decision 1). */
const statisticalOnly = new Map([['140971', '140922']]);

/** A division file that cannot be loaded; the message names the row and the mend. */
export class DivisionFileError extends Error {}

/** Loading of a division file into an empty tree. */
export function makeDivisionsService(deps: { store: DivisionsStore }) {
  return {
    /**
     * Loads a division file (columns code, level, name, parent_code, kind) under the nation.
     * @returns how many divisions were made
     * @throws DivisionFileError when a row names a level or a parent that is not there
     */
    async load(tx: Tx, csv: string): Promise<number> {
      const records = parse(csv, { columns: true, bom: true, skip_empty_lines: true, trim: true });
      const rows = records.map((record) => rowOf(record as Record<string, string>));
      const divisions = grow([nation, ...treeRows(rows, statisticalOnly)]);
      for (let at = 0; at < divisions.length; at += 500) await deps.store.addMany(tx, divisions.slice(at, at + 500));
      tx.audit({ action: 'divisions.loaded', object: { kind: 'division', id: divisions[0]?.id ?? '' }, count: divisions.length });
      return divisions.length;
    },
  };
}

export type DivisionsService = ReturnType<typeof makeDivisionsService>;

function rowOf(record: Record<string, string>): FileRow {
  const { code = '', level = '', name = '', parent_code: parentCode = '', kind = '' } = record;
  if (!/^\d{12}$/.test(code) || name === '')
    throw new DivisionFileError(`区划文件中“${code} ${name}”不完整：代码应为 12 位数字，名称不能为空。`);
  return { code, level, name, parentCode: level === 'province' ? nation.code : parentCode, kind };
}

function grow(rows: readonly FileRow[]): Division[] {
  const made = new Map<string, Division>();
  const ordered = [...rows].sort((a, b) => levels.indexOf(a.level as Level) - levels.indexOf(b.level as Level));
  for (const row of ordered) {
    const level = levels.find((one) => one === row.level);
    if (level === undefined) throw new DivisionFileError(`区划文件中“${row.name}”的级别“${row.level}”不认识：应为 ${levels.join('、')}。`);
    const parent = made.get(row.parentCode);
    if (level !== 'nation' && parent === undefined)
      throw new DivisionFileError(`区划文件中“${row.name}”的上级代码 ${row.parentCode} 不在文件里：请补上这一行。`);
    const id = newId();
    const path = [...(parent?.path ?? []), id];
    made.set(row.code, {
      id,
      code: row.code,
      areaCode: areaCodeOf(row.code, level),
      level,
      name: row.name,
      kind: row.kind,
      parentId: parent?.id ?? null,
      path,
    });
  }
  return [...made.values()];
}
