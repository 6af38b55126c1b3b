import { open, type RootDatabase, type RootDatabaseOptionsWithPath } from 'lmdb';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../errors.js';
import { spaces } from './keyspace.js';
import { mustBeSound } from './pages/sound.js';
import { encoder, keyEncoder } from './lmdbBytes.js';

/** One stored pair. The bytes are the caller's own copies. */
export interface Pair {
  readonly key: Buffer;
  readonly value: Uint8Array;
}

/** Half-open stretch of keys: `start` is in it, `end` is not. */
export interface KeyRange {
  readonly start: Uint8Array;
  readonly end: Uint8Array;
}

/** Something to read from: the newest commit, an open batch, or a snapshot. */
export interface Reader {
  get(key: Uint8Array): Uint8Array | undefined;
  pairs(range: KeyRange, reverse?: boolean): Iterable<Pair>;
  keys(range: KeyRange, reverse?: boolean): Iterable<Buffer>;
}

/** A reader that stays as of the moment it was taken until it is released. */
export interface Snapshot extends Reader {
  release(): void;
}

/** `disk`: every commit is synced before it is acknowledged; `memory`: left to the system's page cache (tests). */
export type Durability = 'disk' | 'memory';

/** The format this code reads and writes; a file of a newer one is refused. */
const FORMAT_VERSION = 1;

/** lmdb keeps two pages that say where everything begins. */
const META_PAGES = 2;

interface TreeStatistics {
  readonly entryCount: number;
  readonly treeBranchPageCount: number;
  readonly treeLeafPageCount: number;
  readonly overflowPages: number;
}

interface FileStatistics {
  readonly pageSize: number;
  readonly lastPageNumber: number;
  readonly root: TreeStatistics;
  /** The list of free pages, a tree of its own. */
  readonly free: TreeStatistics;
}

const pagesOf = (tree: TreeStatistics): number => tree.treeBranchPageCount + tree.treeLeafPageCount + tree.overflowPages;

type Lmdb = RootDatabase<Uint8Array, Uint8Array>;
type Transaction = ReturnType<Lmdb['useReadTransaction']>;

/** One lmdb file: ordered bytes to bytes, one writer, many snapshots. */
export class Environment implements Reader {
  /** In the order in which they were taken. */
  private readonly snapshots = new Set<LmdbSnapshot>();

  private constructor(
    private readonly db: Lmdb,
    readonly file: string,
  ) {}

  /**
   * Opens (or makes) the store's file in a folder and checks its format.
   * @throws Error that names the file and what to do when it is damaged, of another format or not to be opened
   */
  static open(folder: string, durability: Durability): Environment {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, 'store.mdb');
    mustBeSound(file);
    const db = openOrSay(file, {
      path: file,
      keyEncoder,
      encoder,
      // The batch is the commit: its data must be on the disk when it returns.
      overlappingSync: false,
      noSync: durability === 'memory',
      maxReaders: 2000,
    });
    const env = new Environment(db, file);
    if (env.get(spaces.format) === undefined) {
      env.commit(() => {
        env.put(spaces.format, Buffer.from([FORMAT_VERSION]));
      });
    }
    env.checkFormat();
    return env;
  }

  /** Opens a file of the store, or a copy of one, to look into it. Reading a damaged one may end the process. */
  static openReadOnly(file: string): Environment {
    const db = open<Uint8Array, Uint8Array>({
      path: file,
      noSubdir: true,
      keyEncoding: 'binary',
      encoding: 'binary',
      overlappingSync: false,
      readOnly: true,
    });
    const env = new Environment(db, file);
    env.checkFormat();
    return env;
  }

  private checkFormat(): void {
    const format = this.get(spaces.format)?.[0];
    if (format === undefined) throw new Error('this is not a file of the store: it has no format number');
    if (format !== FORMAT_VERSION) {
      throw new Error(
        `the store's file ${this.file} has format ${String(format)}, this program reads format ${String(FORMAT_VERSION)}: start the program that wrote it; the file was not changed`,
      );
    }
  }

  get(key: Uint8Array): Uint8Array | undefined {
    return this.db.get(key);
  }

  pairs(range: KeyRange, reverse = false): Iterable<Pair> {
    return this.db.getRange(bounds(range, reverse)) as Iterable<Pair>;
  }

  keys(range: KeyRange, reverse = false): Iterable<Buffer> {
    return this.db.getKeys(bounds(range, reverse)) as Iterable<Buffer>;
  }

  /** Fixes the newest commit for reading. Never call it inside `commit`: an open batch would show through. */
  snapshot(): Snapshot {
    const snapshot = new LmdbSnapshot(this.db, this.db.useReadTransaction(), () => this.snapshots.delete(snapshot));
    this.snapshots.add(snapshot);
    return snapshot;
  }

  /**
   * Runs `work` and commits all it put and removed, at once or (when it throws) not at all.
   * @throws StoreError 14031 when the disk takes no more
   */
  commit<T>(work: () => T): T {
    try {
      return this.db.transactionSync(work);
    } catch (error) {
      throw isOutOfSpace(error) ? outOfSpace(error) : error;
    }
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.db.putSync(key, value);
  }

  remove(key: Uint8Array): void {
    this.db.removeSync(key);
  }

  /** Writes a consistent copy of the newest commit while work goes on. */
  backup(file: string): Promise<void> {
    return this.db.backup(file, true);
  }

  /** How large the file is, how much of it is free for new data, and the number of pairs. */
  size(): { pairs: number; bytes: number; freeBytes: number } {
    const { root, free, lastPageNumber, pageSize } = this.db.getStats() as FileStatistics;
    const pages = lastPageNumber + 1;
    const used = META_PAGES + pagesOf(root) + pagesOf(free);
    return { pairs: root.entryCount, bytes: pages * pageSize, freeBytes: (pages - used) * pageSize };
  }

  /** When the oldest snapshot that is still held was taken: what was removed since then cannot be used again yet. */
  get oldestSnapshot(): Date | undefined {
    const [oldest] = this.snapshots;
    return oldest?.takenAt;
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

function openOrSay(file: string, options: RootDatabaseOptionsWithPath): Lmdb {
  try {
    return open<Uint8Array, Uint8Array>(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the store's file ${file} cannot be opened (${reason}): see to it that this user may read and write it`, {
      cause: error,
    });
  }
}

/** What a write to a full disk ends with: EIO (lmdb's word for a write cut short), EFBIG, ENOSPC, EDQUOT. */
const NO_SPACE = new Set([5, 27, 28, 122]);

const isOutOfSpace = (error: unknown): error is Error =>
  error instanceof Error && !(error instanceof StoreError) && NO_SPACE.has((error as { code?: number }).code ?? 0);

const outOfSpace = ({ message }: Error): StoreError =>
  new StoreError(
    `the store cannot write to its disk (${message}): make room on it, nothing of this command was kept; reading goes on`,
    14031,
    'OutOfDiskSpace',
  );

class LmdbSnapshot implements Snapshot {
  private released = false;
  readonly takenAt = new Date();

  constructor(
    private readonly db: Lmdb,
    private readonly transaction: Transaction,
    private readonly onRelease: () => void,
  ) {}

  get(key: Uint8Array): Uint8Array | undefined {
    return this.db.get(key, { transaction: this.transaction });
  }

  pairs(range: KeyRange, reverse = false): Iterable<Pair> {
    return this.db.getRange({ ...bounds(range, reverse), transaction: this.transaction }) as Iterable<Pair>;
  }

  keys(range: KeyRange, reverse = false): Iterable<Buffer> {
    return this.db.getKeys({ ...bounds(range, reverse), transaction: this.transaction }) as Iterable<Buffer>;
  }

  release(): void {
    if (this.released) return;
    this.released = true;
    this.onRelease();
    this.transaction.done();
  }
}

/** lmdb walks downward from `start` to `end`; both ends swap and what was left out is the start. */
function bounds(range: KeyRange, reverse: boolean) {
  if (!reverse) return { start: range.start, end: range.end };
  return { start: range.end, end: range.start, reverse: true, exclusiveStart: true, inclusiveEnd: true };
}
