import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A helper process that has said where it listens. */
export interface Helper {
  readonly uri: string;
  /** Sends a word and gives the next message. */
  ask(word: string): Promise<unknown>;
  stop(): Promise<void>;
}

const start = (file: string, args: readonly string[]): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: ['--import', 'tsx'] });

async function message(child: ChildProcess): Promise<unknown> {
  const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])])) as unknown[];
  if (first === undefined) throw new Error(`a helper process ended with code ${String(child.exitCode)}`);
  return first;
}

/** Starts `host.ts` or `stub.ts` and waits until it can be used. */
export async function startHelper(file: './host.ts' | './stub.ts', argument: string): Promise<Helper> {
  const child = start(file, [argument]);
  const { uri } = (await message(child)) as { uri: string };
  const ask = (word: string): Promise<unknown> => {
    child.send(word);
    return message(child);
  };
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.send('stop');
    await ended;
  };
  return { uri, ask, stop };
}

/** Runs a script of its own to the end and gives what it sent. */
export async function runOnce(file: string, args: readonly string[]): Promise<unknown> {
  const child = start(file, args);
  const ended = once(child, 'exit');
  const sent = await message(child);
  await ended;
  return sent;
}
