import { parentPort, workerData } from 'node:worker_threads';
import { Dispatcher } from './commands/dispatch.js';
import { Engine } from './engine.js';
import { dropUnfinished } from './storage/indexBuild.js';
import type { Durability } from './storage/environment.js';
import { makeCredentials } from './wire/scram.js';
import { listen, type Listen } from './wire/server.js';

/** What the main thread hands over. */
export interface WorkerOptions {
  readonly dataDir: string;
  readonly durability: Durability;
  readonly ttlSeconds: number;
  readonly listen: Listen;
  readonly signIn: { readonly user: string; readonly password: string } | undefined;
}

/** What it hears back. */
export type WorkerMessage = { readonly ready: string } | { readonly failed: string } | { readonly stopped: true };

const options = (workerData as { options: WorkerOptions }).options;
const say = (message: WorkerMessage): void => parentPort?.postMessage(message);

async function run(): Promise<void> {
  const engine = new Engine(options);
  dropUnfinished(engine);
  const dispatcher = new Dispatcher(engine);
  const { signIn } = options;
  const credentials = signIn === undefined ? undefined : makeCredentials(signIn.user, signIn.password);
  const listener = await listen(dispatcher, options.listen, credentials);
  parentPort?.once('message', () => {
    const stop = async (): Promise<void> => {
      await dispatcher.close();
      await listener.close();
      await engine.close();
      say({ stopped: true });
      parentPort?.close();
    };
    void stop();
  });
  say({ ready: listener.address });
}

run().catch((error: unknown) => {
  say({ failed: error instanceof Error ? error.message : String(error) });
});
