import type { Actor } from '../platform/audit.js';
import type { Clock } from '../platform/clock.js';
import type { Secrets } from '../platform/crypto.js';
import { newId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import type { Scope } from '../platform/scope.js';
import { Abandon, type Transact, type Tx } from '../platform/transactions.js';
import { isStranded, noCounts, type ImportBatch, type ImportCounts } from './batch.rules.js';
import type { ImportLinesStore } from './importLines.store.js';
import type { Chunk, ImportsStore, StoredRow } from './imports.store.js';
import type { CheckedRow, CommitResult, ImportAbout, ImportKind, SheetRow } from './kinds.js';
import { countRows, linesOf, missingLines } from './resultLines.service.js';

/** Who sets a run going: the work is done with this person's scope and written under this name. */
export interface RunBy {
  readonly scope: Scope;
  readonly actor: Actor;
}

interface RunsDeps {
  readonly store: ImportsStore;
  readonly lines: ImportLinesStore;
  readonly secrets: Secrets;
  readonly kinds: readonly ImportKind[];
  readonly transact: Transact;
  readonly clock: Clock;
  readonly log: Log;
}

const leaseMilliseconds = 60_000;

/**
 * Checks and commits, beside the request that started them: one run per file, held by a lease that each chunk renews. When the
 * process dies, the next look at the page starts the work again; a commit that was cut off has written nothing.
 */
export function makeImportRuns(deps: RunsDeps) {
  const { store, lines, clock } = deps;
  const running = new Map<string, Promise<void>>();
  const lease = (): Date => new Date(clock.now().getTime() + leaseMilliseconds);

  function aboutOf(batch: ImportBatch, by: RunBy): ImportAbout {
    return {
      importId: batch.id,
      scope: by.scope,
      areaId: batch.areaId,
      areaPath: batch.divisionPath,
      asOf: batch.asOf,
      today: clock.today(),
    };
  }

  function kindOf(batch: ImportBatch): ImportKind {
    const kind = deps.kinds.find((one) => one.name === batch.kind);
    if (kind === undefined) throw new Error(`no import kind ${batch.kind}`);
    return kind;
  }

  function opened(row: StoredRow): SheetRow {
    const cells = Object.entries(row.cells).map(([key, cell]) => [key, typeof cell === 'string' ? cell : deps.secrets.open(cell)] as const);
    return { ...row, cells: Object.fromEntries(cells) };
  }

  async function check(batch: ImportBatch, by: RunBy, runId: string): Promise<void> {
    const kind = kindOf(batch);
    const checker = await kind.begin(aboutOf(batch, by));
    let counts: ImportCounts = noCounts;
    let done = 0;
    let seq = 0;
    for await (const chunk of store.chunks(batch.id)) {
      const checked = await checker.check(chunk.rows.map(opened));
      await store.storeChecked(chunk, checked);
      const added = linesOf(checked, { importId: batch.id, runId, seq }, batch.columns);
      await lines.add(added);
      seq += added.length;
      done += chunk.rows.length;
      counts = countRows(counts, checked);
      if (!(await store.move(batch.id, { state: 'checking', runId }, { done, leaseUntil: lease() }))) return;
    }
    const missing = await checker.finish();
    await lines.add(missingLines(missing, { importId: batch.id, runId, seq }));
    await lines.clear(batch.id, runId);
    const result = {
      state: 'checked',
      counts: { ...counts, missing: missing.length },
      done,
      checkedAt: clock.now(),
      leaseUntil: null,
    } as const;
    await store.move(batch.id, { state: 'checking', runId }, result);
  }

  async function* checkedRows(batch: ImportBatch, tx: Tx): AsyncGenerator<readonly CheckedRow[], void, undefined> {
    for await (const chunk of store.chunks(batch.id, tx)) yield toWrite(chunk);
  }

  async function commit(batch: ImportBatch, by: RunBy, runId: string): Promise<void> {
    const result = await deps.transact(by.actor, async (tx): Promise<CommitResult> => {
      const outcome = await kindOf(batch).commit(tx, aboutOf(batch, by), checkedRows(batch, tx));
      if (!outcome.ok) throw new Abandon<CommitResult>(outcome);
      const { added, changed, requested } = outcome;
      const fields = { state: 'committed', result: { added, changed, requested }, committedAt: tx.now, leaseUntil: null } as const;
      if (!(await store.move(batch.id, { state: 'committing', runId }, fields, tx)))
        throw new Abandon<CommitResult>({ ok: false, moved: 0 });
      await store.dropRows(batch.id, tx);
      tx.audit({
        action: 'import.committed',
        object: { kind: 'import', id: batch.id },
        divisionPath: batch.divisionPath,
        count: added + changed + requested,
      });
      return outcome;
    });
    if (result.ok) return;
    const note = { key: 'imports.note.moved', values: { count: result.moved } };
    await store.move(batch.id, { state: 'committing', runId }, { state: 'checking', done: 0, note, runId: null, leaseUntil: null });
    await resume({ ...batch, state: 'checking' }, by);
  }

  /** Work that broke off by a fault of ours: a check is given up, a commit goes back to the checked file; nothing was written. */
  async function failed(batch: ImportBatch, runId: string, error: unknown): Promise<void> {
    deps.log.error({ err: error, importId: batch.id, state: batch.state }, 'import run failed');
    const note = { key: batch.state === 'checking' ? 'imports.note.checkFailed' : 'imports.note.commitFailed', values: {} };
    const state = batch.state === 'checking' ? 'failed' : 'checked';
    await store.move(batch.id, { state: batch.state, runId }, { state, note, runId: null, leaseUntil: null });
  }

  async function resume(batch: ImportBatch, by: RunBy): Promise<void> {
    if (batch.state !== 'checking' && batch.state !== 'committing') return;
    const runId = newId();
    if (!(await store.claim(batch.id, { state: batch.state, runId, now: clock.now(), leaseUntil: lease() }))) return;
    try {
      await (batch.state === 'checking' ? check(batch, by, runId) : commit(batch, by, runId));
    } catch (error) {
      await failed(batch, runId, error);
    }
  }

  function run(batch: ImportBatch, by: RunBy): Promise<void> {
    const present = running.get(batch.id);
    if (present !== undefined) return present;
    const work = resume(batch, by).finally(() => running.delete(batch.id));
    running.set(batch.id, work);
    return work;
  }

  return {
    /** Does what a file waits for, unless it is being done already; settled when this process has nothing more to do on it. */
    run,

    /** The same, but waits no longer than an answer may take; the work goes on beside it. */
    async runFor(batch: ImportBatch, by: RunBy, milliseconds: number): Promise<void> {
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
      await Promise.race([run(batch, by), enough]);
      clearTimeout(timer);
    },

    /** Whether a file waits for a run that no living process does. */
    isStranded: (batch: ImportBatch): boolean => isStranded(batch, clock.now()) && !running.has(batch.id),

    /** Waits for everything under way in this process (shutdown, tests). */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

export type ImportRuns = ReturnType<typeof makeImportRuns>;

function toWrite(chunk: Chunk): readonly CheckedRow[] {
  return (chunk.checked ?? []).filter((row) => row.outcome === 'new' || row.outcome === 'changed' || row.outcome === 'request');
}
