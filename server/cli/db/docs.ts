import { writeFile } from 'node:fs/promises';
import { databaseDocument } from '../../embedded-mongo/document.js';
import { parsed, type DbCommand } from './command.js';

async function run(args: string[]): Promise<void> {
  parsed(args, {}, 0);
  await writeFile('docs/database.md', databaseDocument());
}

export const docs: DbCommand = { usage: 'docs', what: 'prints the list of what is served into docs/database.md', run };
