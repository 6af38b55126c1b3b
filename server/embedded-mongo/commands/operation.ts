import type { Examined } from '../planner/scan.js';
import type { Source } from '../planner/source.js';

/** How much one command has read and given, and by which plans. */
export class Operation {
  /** Documents in the reply of a cursor; undefined when it was none. */
  nreturned: number | undefined;
  private examined: Examined = { keys: 0, docs: 0 };
  private before: Examined = { keys: 0, docs: 0 };
  private readonly plans = new Set<string>();

  /** Counts what is read from a source, also by the commands that go on with it. */
  uses(source: Source): Source {
    source.examined = this.examined;
    this.plans.add(source.summary);
    return source;
  }

  /** Goes on with what an earlier command began: the plans are the same, what was read then does not count. */
  continues(earlier: Operation): void {
    this.examined = earlier.examined;
    this.before = { ...earlier.examined };
    for (const plan of earlier.plans) this.plans.add(plan);
  }

  /** Entries of indexes that were looked at. */
  get keysExamined(): number {
    return this.examined.keys - this.before.keys;
  }

  /** Documents that were looked at. */
  get docsExamined(): number {
    return this.examined.docs - this.before.docs;
  }

  /** The plans in a few words; '' when nothing was searched. */
  get planSummary(): string {
    return [...this.plans].join(', ');
  }
}
