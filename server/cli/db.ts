import { backup } from './db/backup.js';
import { check } from './db/check.js';
import { UsageError, type DbCommand } from './db/command.js';
import { docs } from './db/docs.js';
import { serve } from './db/serve.js';

/** What a technician can do with the store, in the order of the usage. */
const commands: Readonly<Record<string, DbCommand>> = { serve, backup, check, docs };

const line = ({ usage, what }: DbCommand): string => `  npm run db -- ${usage}\n      ${what}`;

async function main([name = '', ...args]: string[]): Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(Object.values(commands).map(line).join('\n'));
  try {
    await command.run(args);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message}\n${line(command)}`);
    throw error;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
