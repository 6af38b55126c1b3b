import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const program = ['--import', 'tsx', path.join(import.meta.dirname, 'crashChild.ts')];
const stdio: StdioOptions = ['pipe', 'pipe', 'inherit'];

/** A process that will own a store, has its programs loaded and waits. `around` is put before its command line. */
export function spawnOwner(dataDir: string, around: readonly string[] = []): ChildProcess {
  const [command = process.execPath, ...args] = around;
  return spawn(command, around.length === 0 ? [...program, dataDir] : [...args, process.execPath, ...program, dataDir], { stdio });
}

/** Lets it open the store; gives the address. */
export async function openStore(owner: ChildProcess): Promise<string> {
  owner.stdin!.write('open\n');
  const [first] = (await once(owner.stdout!, 'data')) as [Buffer];
  return first.toString().trim();
}

/** Ends a process at once, as a power cut would end it. */
export async function kill(owner: ChildProcess): Promise<void> {
  const exited = once(owner, 'exit');
  owner.kill('SIGKILL');
  await exited;
}

/** Lets events pass, to come to another moment. */
export async function turns(number: number): Promise<void> {
  for (let n = 0; n < number; n += 1) await new Promise((resolve) => setImmediate(resolve));
}
