import { StoreError } from '../errors.js';
import type { CursorReply } from '../wire/cursorReply.js';
import type { Raw } from '../wire/rawBson.js';
import type { Operation } from './operation.js';
import { pull, type Limit } from './slices.js';

/** MongoDB's idle limit of a cursor. */
const IDLE_MS = 10 * 60_000;
const SWEEP_MS = 30_000;

/** Replies stay below the size of a message. */
const BATCH_BYTES = 16 * 1024 * 1024;

/** Where a cursor comes from. */
export interface CursorOrigin {
  /** As latin1 text. */
  readonly session: string | undefined;
  readonly operation: Operation;
}

/** A result that is handed out in parts; holds its snapshot until it is read to the end or closed. */
export class Cursor {
  private pending: Raw | undefined;
  private finished = false;
  lastUsed = Date.now();

  constructor(
    readonly ns: string,
    private readonly items: Iterator<Raw | undefined>,
    private readonly release: () => void,
    private readonly origin: CursorOrigin,
  ) {}

  /** What the command that opened it has read. */
  get operation(): Operation {
    return this.origin.operation;
  }

  /** Session that alone may go on with it, as latin1 text. */
  get session(): string | undefined {
    return this.origin.session;
  }

  /** Puts the next part into a reply: at most `most` documents. */
  async next(most: number, reply: CursorReply, limit: Limit): Promise<void> {
    const accept = (raw: Raw): boolean => {
      if (reply.count > 0 && reply.size + raw.length > BATCH_BYTES) {
        this.pending = raw;
        return false;
      }
      reply.add(raw);
      return reply.count < most;
    };
    const held = this.pending;
    this.pending = undefined;
    if (held !== undefined && !accept(held)) return;
    if (most > 0 && (await pull(this.items, accept, limit))) this.close();
    else this.peek();
    this.lastUsed = Date.now();
  }

  /** One more step, so that a result which ends with this part is not asked for again. */
  private peek(): void {
    if (this.pending !== undefined) return;
    const step = this.items.next();
    if (step.done === true) this.close();
    else this.pending = step.value;
  }

  get isFinished(): boolean {
    return this.finished;
  }

  close(): void {
    if (this.finished) return;
    this.finished = true;
    this.items.return?.();
    this.release();
  }
}

/** The cursors that clients may go on with. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private nextId = BigInt(Date.now()) << 20n;
  private readonly sweeper = setInterval(() => {
    this.closeIdle(Date.now() - IDLE_MS);
  }, SWEEP_MS);

  constructor() {
    this.sweeper.unref();
  }

  /** Keeps a cursor and gives its number; a finished one needs none. */
  keep(cursor: Cursor): bigint {
    if (cursor.isFinished) return 0n;
    this.nextId += 1n;
    this.open.set(this.nextId, cursor);
    return this.nextId;
  }

  /** Takes a cursor out for use; put it back with `putBack`. */
  take(id: bigint, ns: string, session: string | undefined): Cursor {
    const cursor = this.open.get(id);
    if (cursor === undefined) throw new StoreError(`cursor id ${String(id)} not found`, 43, 'CursorNotFound');
    if (cursor.ns !== ns) {
      throw new StoreError(
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`,
        13,
        'Unauthorized',
      );
    }
    if (cursor.session !== undefined && cursor.session !== session) {
      throw new StoreError(`Cannot run getMore on cursor ${String(id)}, which was created in another session`, 50738, 'Location50738');
    }
    this.open.delete(id);
    return cursor;
  }

  putBack(id: bigint, cursor: Cursor): bigint {
    if (cursor.isFinished) return 0n;
    this.open.set(id, cursor);
    return id;
  }

  /** Closes one; false when it is not known. */
  kill(id: bigint): boolean {
    const cursor = this.open.get(id);
    cursor?.close();
    return this.open.delete(id);
  }

  /** Number of open cursors. */
  get size(): number {
    return this.open.size;
  }

  /** Closes those that nobody has used since. */
  closeIdle(since: number): void {
    for (const [id, cursor] of this.open) if (cursor.lastUsed < since) this.kill(id);
  }

  closeAll(): void {
    for (const id of [...this.open.keys()]) this.kill(id);
  }

  close(): void {
    clearInterval(this.sweeper);
    this.closeAll();
  }
}
