/** A transaction as others meet it: something that holds documents until it ends. */
export interface Holder {
  /** Resolves when it has committed or was abandoned. */
  readonly ended: Promise<void>;
  /** The number of the last commit that its snapshot contains. */
  readonly since: number;
}

/** Thrown by a write outside any transaction that meets a held document: wait for `holder.ended`, then try again. */
export class Held extends Error {
  constructor(readonly holder: Holder) {
    super('the document is held by a transaction');
  }
}

/** Below this many keys nobody looks which of them are still of interest. */
const PRUNE_ABOVE = 10_000;

/** Who holds which key, and which keys were committed since the oldest open transaction took its snapshot. */
export class Conflicts {
  private readonly holders = new Map<string, Holder>();
  private readonly committed = new Map<string, number>();
  private readonly open = new Set<Holder>();
  private pruneAbove = PRUNE_ABOVE;
  /** Number of the newest commit. */
  commits = 0;

  begin(holder: Holder): void {
    this.open.add(holder);
  }

  /** Lets go of everything a transaction held. */
  end(holder: Holder, held: Iterable<string>): void {
    this.open.delete(holder);
    for (const key of held) this.holders.delete(key);
    if (this.open.size === 0) this.committed.clear();
  }

  /** No transaction is open: nothing is held, and nobody has to be told what changes. */
  get isIdle(): boolean {
    return this.open.size === 0;
  }

  holderOf(key: string): Holder | undefined {
    return this.holders.get(key);
  }

  hold(key: string, holder: Holder): void {
    this.holders.set(key, holder);
  }

  /** Notes that the batch under way changes a key. */
  changed(key: string): void {
    if (this.isIdle) return;
    this.committed.set(key, this.commits + 1);
    if (this.committed.size > this.pruneAbove) this.prune();
  }

  /** True when a commit that the transaction cannot see has changed the key. */
  changedSince(key: string, holder: Holder): boolean {
    return (this.committed.get(key) ?? 0) > holder.since;
  }

  private prune(): void {
    const oldest = Math.min(...[...this.open].map((h) => h.since));
    for (const [key, commit] of this.committed) if (commit <= oldest) this.committed.delete(key);
    // What stays is looked at again only when it has doubled: a large transaction would else look at all it wrote for every key.
    this.pruneAbove = Math.max(PRUNE_ABOVE, this.committed.size * 2);
  }
}
