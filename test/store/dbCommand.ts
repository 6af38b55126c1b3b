import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { DbCommand } from '../../server/cli/db/command.js';

const root = path.resolve(import.meta.dirname, '../..');

/** What a command of `npm run db` has said when it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts `npm run db` with arguments, without npm. */
export const startDb = (...args: string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', 'server/cli/db.ts', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });

/** Runs it to its end. */
export async function runDb(...args: string[]): Promise<Ended> {
  const child = startDb(...args);
  const [out, err, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit') as Promise<[number | null]>]);
  return { code, out, err };
}

/** Runs one command inside the test's own process, which is quicker; gives what it said, or the message of its refusal. */
export async function runHere(command: DbCommand, ...args: string[]): Promise<string> {
  const lines: string[] = [];
  try {
    await command.run(args, (line) => lines.push(line));
  } catch (error) {
    lines.push(`refused: ${error instanceof Error ? error.message : String(error)}`);
  }
  return lines.join('\n');
}
