import path from 'node:path';
import { Cursors } from './commands/cursors.js';
import { Conflicts } from './sessions/conflicts.js';
import { Sessions } from './sessions/sessions.js';
import { Catalogue, type Index } from './storage/catalogue.js';
import { Environment, type Durability } from './storage/environment.js';
import { Garbage } from './storage/garbage.js';
import { TtlMonitor } from './storage/ttl.js';
import { WriteQueue } from './storage/writeQueue.js';

/** How a store is opened. */
export interface EngineOptions {
  readonly dataDir: string;
  readonly durability: Durability;
  /** Seconds between two removals of expired documents; 0 leaves it to the command `runTtlPass`. */
  readonly ttlSeconds: number;
}

/** The parts of one open store, made once and handed to every command. */
export class Engine {
  readonly env: Environment;
  readonly catalogue: Catalogue;
  readonly conflicts = new Conflicts();
  readonly writes: WriteQueue;
  readonly sessions: Sessions;
  readonly cursors = new Cursors();
  /** Indexes that are being built. One of the catalogue that is `building` and not here was left behind. */
  readonly builds = new Set<Index>();
  readonly garbage: Garbage;
  readonly ttl: TtlMonitor;
  readonly startedAt = new Date();

  constructor(options: EngineOptions) {
    this.env = Environment.open(path.join(options.dataDir, 'store'), options.durability);
    this.catalogue = new Catalogue(this.env);
    this.writes = new WriteQueue(this.env, this.catalogue, this.conflicts, () => {
      this.afterFailedCommit();
    });
    this.sessions = new Sessions(this.env, this.conflicts, this.writes, this.catalogue);
    this.garbage = new Garbage(this.env, this.writes);
    this.ttl = new TtlMonitor(this, options.ttlSeconds);
  }

  /**
   * What a commit that failed has left in memory is thrown away. Cursors and transactions read older commits and go on.
   * @throws Error when the file cannot be read any more: the process ends, and the next start begins from the last commit
   */
  private afterFailedCommit(): void {
    this.catalogue.reload();
  }

  async close(): Promise<void> {
    this.ttl.stop();
    this.garbage.stop();
    this.sessions.close();
    this.cursors.close();
    await this.writes.drained();
    await this.env.close();
  }
}
