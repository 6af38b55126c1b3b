import type { WorkerYearRow } from '../coverage/people.rules.js';
import { untrainedBadge } from '../gaps/untrained.pages.js';
import type { Ctx } from '../platform/http/context.js';
import type { Worker } from '../workers/worker.rules.js';
import { kept, type Badge } from '../workers/words.pages.js';

/** One untrained person on the desk: who, where, why, and whether something is arranged. */
export interface DeskPerson {
  readonly name: string;
  readonly href: string;
  readonly community: string;
  readonly post: string;
  readonly why: string;
  readonly badge: Badge;
  readonly arranged: string;
}

/** What the rows of the desk say beside the year of a person; `reasons` are those of the open coverage flags. */
export interface DeskNames {
  readonly workers: ReadonlyMap<string, Worker>;
  readonly divisions: ReadonlyMap<string, string>;
  readonly classes: ReadonlyMap<string, string>;
  readonly reasons: ReadonlyMap<string, string>;
  /** Who waits for the answer to an exemption. */
  readonly waiting: ReadonlySet<string>;
}

/** The class that will cover an untrained person, if there is one. */
export function arrangedClass(row: WorkerYearRow): { readonly classId: string; readonly endsOn: string } | null {
  const { coverage } = row.standing;
  return coverage.kind === 'UNTRAINED' ? coverage.arranged : null;
}

/** An untrained person as a row of the desk. */
export function deskPerson(ctx: Ctx, row: WorkerYearRow, names: DeskNames): DeskPerson {
  const { t } = ctx;
  const arranged = arrangedClass(row);
  const reason = names.reasons.get(row.workerId);
  return {
    name: names.workers.get(row.workerId)?.name ?? '',
    href: kept(ctx, `/workers/${row.workerId}`),
    community: names.divisions.get(row.divisionId ?? '') ?? '',
    post: row.post === null ? '' : t(`workers.post.${row.post}`),
    why: reason === undefined ? '' : t(`home.desk.why.${reason}`),
    badge: untrainedBadge(ctx, { isArranged: arranged !== null, isPending: names.waiting.has(row.workerId) }),
    arranged:
      arranged === null ? '' : t('home.task.arranged', { name: names.classes.get(arranged.classId) ?? '', day: arranged.endsOn.slice(5) }),
  };
}
