import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../server/platform/projectRoot.js';

/** A file of the project by its path from the root. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/** Every file below some folders whose name ends so. */
export function sources(folders: readonly string[], ending: RegExp): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => ending.test(name))
      .map((name) => ({ name: path.join(folder, name), text: readFileSync(path.join(projectRoot, folder, name), 'utf8') })),
  );
}

/** Names of the files for which something holds. */
export const where = (files: readonly Source[], holds: (text: string) => boolean): string[] =>
  files.filter((file) => holds(file.text)).map((file) => file.name);
