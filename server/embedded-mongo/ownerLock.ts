import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';

/** Who owns a data folder, as its `store.json` says. */
export interface Owner {
  readonly pid: number;
  /** When that process began, in the system's ticks; tells it from a later one with the same number. Null where unknown. */
  readonly began: string | null;
  /** Socket path or loopback address. */
  readonly address: string;
  /** False while the owner is still opening the store. */
  readonly ready: boolean;
}

/** The folder belongs to a live process. */
export class FolderInUse extends Error {
  constructor(
    folder: string,
    readonly owner: Owner,
  ) {
    super(`the data folder ${folder} is in use by process ${String(owner.pid)} at ${owner.address}`);
  }
}

/** An owner that is still opening after so long is taken for dead where process times are unknown. */
const OPENING_MS = 60_000;

const lockFile = (folder: string): string => path.join(folder, 'store.json');

/** Start time of a process: field 22 of `/proc/<pid>/stat`, counted after the name, which may hold spaces. */
function beginOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

/** Takes a folder for this process; false when it was left without being given back: its owner was killed, or the power went. */
export async function takeFolder(folder: string, address: string): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const own: Owner = { pid: process.pid, began: beginOf(process.pid), address, ready: false };
  let isGivenBack = true;
  for (;;) {
    if (writeNew(folder, own)) return isGivenBack;
    const other = readOwner(folder);
    if (other === null) continue;
    if (await isAlive(folder, other)) throw new FolderInUse(folder, other);
    removeStale(folder, other);
    isGivenBack = false;
  }
}

/** Says that clients may connect. */
export function announce(folder: string, address: string): void {
  const own: Owner = { pid: process.pid, began: beginOf(process.pid), address, ready: true };
  const draft = `${lockFile(folder)}.${String(process.pid)}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  renameSync(draft, lockFile(folder));
}

/**
 * Keeps whoever starts meanwhile waiting until the returned function is called: where process times are unknown, a note that
 * has been there for long without being ready is taken for a dead one's.
 */
export function keepClosed(folder: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    utimesSync(lockFile(folder), now, now);
  }, OPENING_MS / 3);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** Gives the folder back. */
export function leaveFolder(folder: string): void {
  rmSync(lockFile(folder), { force: true });
}

/** The live owner of a folder, or null. */
export async function liveOwner(folder: string): Promise<Owner | null> {
  const owner = readOwner(folder);
  return owner !== null && (await isAlive(folder, owner)) ? owner : null;
}

/** Creates the note unless there is one; a link appears with its whole content or not at all. */
function writeNew(folder: string, own: Owner): boolean {
  const draft = `${lockFile(folder)}.${String(process.pid)}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    linkSync(draft, lockFile(folder));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readOwner(folder: string): Owner | null {
  try {
    return ownerIn(readFileSync(lockFile(folder), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Nobody's note: a living owner's is always whole, one that a power cut has left may be empty. */
const NOBODY: Owner = { pid: 0, began: null, address: '', ready: false };

function ownerIn(note: string): Owner {
  try {
    return JSON.parse(note) as Owner;
  } catch {
    return NOBODY;
  }
}

/** Moves a dead owner's note away; if a rival was quicker and the note is already the rival's, puts it back. */
function removeStale(folder: string, stale: Owner): void {
  const aside = `${lockFile(folder)}.stale.${String(process.pid)}`;
  try {
    renameSync(lockFile(folder), aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = ownerIn(readFileSync(aside, 'utf8'));
  if (moved.pid !== stale.pid || moved.began !== stale.began) linkSync(aside, lockFile(folder));
  rmSync(aside, { force: true });
}

async function isAlive(folder: string, owner: Owner): Promise<boolean> {
  if (owner.ready && (await accepts(owner.address))) return true;
  if (!processExists(owner.pid)) return false;
  const begins = beginOf(owner.pid);
  if (owner.began !== null && begins !== null) return owner.began === begins;
  return !owner.ready && Date.now() - statSync(lockFile(folder)).mtimeMs < OPENING_MS;
}

function processExists(pid: number): boolean {
  if (pid === NOBODY.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether somebody listens at an address. */
function accepts(address: string): Promise<boolean> {
  const tcp = /^127\.0\.0\.1:(\d+)$/.exec(address);
  const socket = tcp === null ? connect(address) : connect(Number(tcp[1]), '127.0.0.1');
  return new Promise((resolve) => {
    const done = (result: boolean): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => {
      done(true);
    });
    socket.once('error', () => {
      done(false);
    });
  });
}
