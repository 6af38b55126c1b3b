import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Dispatcher } from './commands/dispatch.js';
import { SlowOperations, type SlowOperation } from './commands/slowOperations.js';
import { Engine } from './engine.js';
import { mustBeSound } from './storage/pages/sound.js';
import { dropUnfinished } from './storage/indexBuild.js';
import type { Durability } from './storage/environment.js';
import { makeCredentials } from './wire/scram.js';
import { listen, type Listener } from './wire/server.js';

/** What the main thread hands over. */
export interface WorkerOptions {
  readonly dataDir: string;
  readonly durability: Durability;
  readonly ttlSeconds: number;
  /** From how many milliseconds an operation is reported; undefined for never. */
  readonly slowMs: number | undefined;
  /** False when the last owner was killed or the power went: then every page of the file is looked at before it is opened. */
  readonly isGivenBack: boolean;
  /** Path of the unix socket, which only this user can open. */
  readonly socket: string;
  /** Also on loopback, where every user of the machine can knock: guarded by a password unless there is none. */
  readonly loopback: Loopback | undefined;
}

/** The door for standard tools. */
export interface Loopback {
  /** 0 for any free port. */
  readonly port: number;
  readonly signIn: { readonly user: string; readonly password: string } | undefined;
}

/** What it hears back. */
export type WorkerMessage =
  | { readonly ready: true; readonly loopback: string | undefined }
  | { readonly slow: SlowOperation }
  | { readonly failed: string }
  | { readonly stopped: true };

const options = (workerData as { options: WorkerOptions }).options;
const say = (message: WorkerMessage): void => parentPort?.postMessage(message);

async function run(): Promise<void> {
  if (!options.isGivenBack) mustBeSound(path.join(options.dataDir, 'store', 'store.mdb'), 'all');
  const engine = new Engine(options);
  dropUnfinished(engine);
  const dispatcher = new Dispatcher(engine, slowOperations(options.slowMs));
  const listeners = [await listen(dispatcher, { socket: options.socket }, undefined)];
  if (options.loopback !== undefined) listeners.push(await listenOnLoopback(dispatcher, options.loopback));
  parentPort?.once('message', () => {
    const stop = async (): Promise<void> => {
      await dispatcher.close();
      for (const listener of listeners) await listener.close();
      await engine.close();
      say({ stopped: true });
      parentPort?.close();
    };
    void stop();
  });
  say({ ready: true, loopback: listeners[1]?.address });
}

function slowOperations(fromMs: number | undefined): SlowOperations | undefined {
  if (fromMs === undefined) return undefined;
  return new SlowOperations(fromMs, (slow) => {
    say({ slow });
  });
}

function listenOnLoopback(dispatcher: Dispatcher, { port, signIn }: Loopback): Promise<Listener> {
  return listen(dispatcher, { port }, signIn === undefined ? undefined : makeCredentials(signIn.user, signIn.password));
}

run().catch((error: unknown) => {
  say({ failed: error instanceof Error ? error.message : String(error) });
});
