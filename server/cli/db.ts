import { FolderInUse } from '../embedded-mongo/ownerLock.js';
import { backup } from './db/backup.js';
import { check } from './db/check.js';
import { UsageError, type DbCommand } from './db/command.js';
import { compact } from './db/compact.js';
import { copy } from './db/copy.js';
import { docs } from './db/docs.js';
import { restore } from './db/restore.js';
import { serve } from './db/serve.js';
import { stats } from './db/stats.js';

/** What a technician can do with the store, in the order of the usage. */
const commands: Readonly<Record<string, DbCommand>> = { serve, backup, restore, check, compact, stats, copy, docs };

const line = ({ usage, what }: DbCommand): string => `  npm run db -- ${usage}\n      ${what}`;

async function main([name = '', ...args]: string[]): Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(Object.values(commands).map(line).join('\n'));
  try {
    await command.run(args, console.log);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message}\n${line(command)}`);
    throw error;
  }
}

function said(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof FolderInUse ? `${message}; stop that process first, then run this again` : message;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(said(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
