import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { makeStoreFolder } from './dataFolder.js';
import { announce, keepClosed, leaveFolder, liveOwner, takeFolder } from './ownerLock.js';
import type { SlowOperation } from './commands/slowOperations.js';
import type { Durability } from './storage/environment.js';
import type { Loopback, WorkerMessage, WorkerOptions } from './worker.js';

/** How to open the store. */
export interface StoreOptions {
  readonly dataDir: string;
  /** `memory` leaves writing to the system: for tests, whose data may be lost with the machine. Ships as `disk`. */
  readonly durability?: Durability;
  /** False for work that nobody else may see: whoever starts on the folder waits until it is over. Ships as true. */
  readonly announced?: boolean;
  /** Told of every operation that takes at least `slowMs`, which ships as 100 as in MongoDB. */
  readonly onSlowOperation?: (operation: SlowOperation) => void;
  readonly slowMs?: number;
  /** Seconds between two removals of expired documents; 0 leaves it to the command `runTtlPass`. Ships as 60. */
  readonly ttlSeconds?: number;
}

/** A store that this process owns. */
export interface EmbeddedMongo {
  /** The address of one database, for the driver. */
  uri(dbName: string): string;
  stop(): Promise<void>;
}

/** The address space of a unix socket; longer paths are cut by the system without an error. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Opens the store in a data folder inside a worker thread and listens on a unix socket (0600); resolves when it can be used.
 * @throws FolderInUse when another live process owns the folder
 */
export const startEmbeddedMongo = (options: StoreOptions): Promise<EmbeddedMongo> => startStore(options, undefined);

/** If another live process owns the folder: its address, else null. An owner that is still opening is waited for. */
export async function findRunningStore(dataDir: string): Promise<{ uri(dbName: string): string; pid: number } | null> {
  const folder = path.resolve(dataDir);
  for (;;) {
    const owner = await liveOwner(folder);
    if (owner === null) return null;
    if (owner.ready) return { uri: (dbName) => addressOf(owner.address, dbName), pid: owner.pid };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A store that also listens on loopback, for standard tools. */
export interface ServedStore extends EmbeddedMongo {
  /** `127.0.0.1:port`, if it was asked for. */
  readonly loopback: string | undefined;
}

/** The same with a second door on loopback; used by `db serve`. */
export async function startStore(options: StoreOptions, loopback: Loopback | undefined): Promise<ServedStore> {
  const folder = path.resolve(options.dataDir);
  const { socket, remove } = socketPath(folder);
  let isGivenBack: boolean;
  try {
    isGivenBack = await takeFolder(folder, socket);
  } catch (error) {
    // The socket in the folder itself is the owner's.
    if (!socket.startsWith(folder)) remove();
    throw error;
  }
  const leave = (): void => {
    remove();
    leaveFolder(folder);
  };
  try {
    return await openInWorker({ ...defaults, ...options, dataDir: folder }, { socket, loopback, isGivenBack }, leave);
  } catch (error) {
    leave();
    throw error;
  }
}

const defaults = { durability: 'disk', ttlSeconds: 60, announced: true, slowMs: 100 } as const;

type Opening = StoreOptions & Required<Pick<StoreOptions, keyof typeof defaults>>;
type Doors = Pick<WorkerOptions, 'socket' | 'loopback' | 'isGivenBack'>;

async function openInWorker(opening: Opening, doors: Doors, leave: () => void): Promise<ServedStore> {
  const { dataDir, durability, ttlSeconds, slowMs, announced, onSlowOperation } = opening;
  const worker = startWorker({ dataDir, durability, ttlSeconds, slowMs: onSlowOperation && slowMs, ...doors });
  worker.on('message', (message: WorkerMessage) => {
    if ('slow' in message) onSlowOperation?.(message.slow);
  });
  const ready = await nextMessage(worker);
  if (!('ready' in ready)) throw new Error('failed' in ready ? ready.failed : 'the store stopped while it was opened');
  const letIn = announced ? undefined : keepClosed(dataDir);
  if (announced) announce(dataDir, doors.socket);
  worker.on('error', rethrow);
  const stop = async (): Promise<void> => {
    await stopWorker(worker);
    letIn?.();
    leave();
  };
  return { uri: (dbName) => addressOf(doors.socket, dbName), loopback: ready.loopback, stop };
}

/** The address in the form that drivers read. */
function addressOf(socket: string, dbName: string): string {
  return `mongodb://${encodeURIComponent(socket)}/${dbName}?directConnection=true&replicaSet=rs0`;
}

/** `DATA_DIR/store/store.sock`, or a fresh folder under the temp directory when that is too long (decision 25). */
function socketPath(folder: string): { socket: string; remove: () => void } {
  const socket = path.join(makeStoreFolder(folder), 'store.sock');
  if (Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH)
    return {
      socket,
      remove: () => {
        rmSync(socket, { force: true });
      },
    };
  const fresh = mkdtempSync(path.join(tmpdir(), 'store-'));
  return {
    socket: path.join(fresh, 'store.sock'),
    remove: () => {
      rmSync(fresh, { recursive: true, force: true });
    },
  };
}

function startWorker(options: WorkerOptions): Worker {
  const extension = path.extname(import.meta.url);
  const entry = new URL(`./worker${extension}`, import.meta.url).href;
  return new Worker(new URL('./boot.mjs', import.meta.url), { workerData: { entry, options }, execArgv: [] });
}

async function stopWorker(worker: Worker): Promise<void> {
  const stopped = nextMessage(worker);
  worker.postMessage('stop');
  await stopped;
  worker.off('error', rethrow);
  await worker.terminate();
}

/** A database that has died inside a running process must not go unnoticed. */
function rethrow(error: unknown): void {
  throw error;
}

/** The next message on the store's own state. */
function nextMessage(worker: Worker): Promise<WorkerMessage> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    const listener = (message: WorkerMessage): void => {
      if ('slow' in message) return;
      worker.off('error', reject);
      worker.off('message', listener);
      resolve(message);
    };
    worker.on('message', listener);
  });
}
