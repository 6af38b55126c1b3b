import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { areaCodeOf, levels, type Level } from '../divisions/tree.rules.js';
import { decodeCsv } from '../platform/files/csv.js';
import { projectRoot } from '../platform/projectRoot.js';
import { SetupError } from './setupError.js';

/** The name of the division file that comes with the product, as `--divisions` takes it. */
export const shippedDivisions = 'xinzhou';

/** A division file as it was read; `areaCodes` are those of its offices, province down to township. */
export interface DivisionFile {
  readonly name: string;
  readonly csv: string;
  readonly areaCodes: readonly string[];
}

const officeLevels: readonly string[] = ['province', 'city', 'county', 'township'] satisfies readonly Level[];

/** Reads a division file by its path, or the shipped one by its name. @throws SetupError that says which and why */
export async function readDivisionFile(name: string): Promise<DivisionFile> {
  const file = name === shippedDivisions ? path.join(projectRoot, 'server/divisions/data/xinzhou_divisions_2023.csv') : path.resolve(name);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) throw new SetupError(`读不到区划文件 ${file}。`);
  const decoded = decodeCsv(bytes);
  if (!decoded.ok) throw new SetupError(`区划文件 ${file} 不是文本表格：请存为 CSV。`);
  const areaCodes = recordsOf(decoded.text, file).flatMap((record) => {
    const level = levels.find((one) => one === record['level']);
    return level === undefined || !officeLevels.includes(level) ? [] : [areaCodeOf(record['code'] ?? '', level)];
  });
  if (areaCodes.length === 0) throw new SetupError(`区划文件 ${file} 里没有区划：第一行应为 code,level,name,parent_code,kind。`);
  return { name, csv: decoded.text, areaCodes };
}

function recordsOf(csv: string, file: string): readonly Record<string, string>[] {
  try {
    return parse(csv, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new SetupError(`区划文件 ${file} 读不下去：${error instanceof Error ? error.message : String(error)}`);
  }
}
