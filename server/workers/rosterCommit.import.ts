import type { CheckedRow, CommitResult, ImportAbout } from '../imports/kinds.js';
import type { AuditChange } from '../platform/audit.js';
import { reaches } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { NewPost } from './careers.rules.js';
import type { RosterDeps } from './rosterDeps.import.js';
import type { ChangePayload, NewPayload, RequestPayload, RosterPayload } from './rosterPayload.import.js';
import type { RosterCareer } from './rosterDiff.import.js';
import { readIdNumber } from './idNumber.rules.js';
import type { NewPerson } from './people.service.js';
import { asAuditChange, detailChanges, yearsTouched, type Worker } from './worker.rules.js';
import type { Place } from './neighbours.service.js';

interface Batch {
  readonly added: readonly NewPayload[];
  readonly changes: readonly ChangePayload[];
  readonly requests: readonly RequestPayload[];
}

interface Ground {
  readonly tx: Tx;
  readonly about: ImportAbout;
  readonly reason: string;
  readonly places: ReadonlyMap<string, Place>;
}

/** Any age passes here: the check has judged it, and the number itself was right. */
const anyAge = { min: 0, max: 200 };

/** Writes the checked rows of a roster; whoever changed since the check is counted, and then the caller writes nothing. */
export function makeRosterCommit(deps: RosterDeps) {
  const postOf = (ground: Ground, of: Pick<NewPayload, 'divisionId' | 'post' | 'postClass'>, source: NewPost['source']): NewPost => {
    const place = ground.places.get(of.divisionId);
    if (place === undefined) throw new Error(`no division ${of.divisionId}`);
    return {
      divisionId: place.id,
      divisionPath: place.path,
      divisionCode: place.code,
      post: of.post,
      postClass: of.postClass,
      kind: 'REGULAR',
      source,
    };
  };

  async function addNew(ground: Ground, rows: readonly NewPayload[]): Promise<number> {
    const known = await deps.store.byIdIndexes(
      rows.map((row) => row.idIndex),
      ground.tx,
    );
    if (known.size > 0) return known.size;
    const people = rows.map((row): NewPerson => {
      const reading = readIdNumber(deps.people.open(row.idSealed), ground.tx.today, anyAge);
      if (!reading.ok) throw new Error('a checked ID number is no longer one');
      return {
        details: row.details,
        idNumber: reading.facts,
        phone: row.phoneSealed === null ? null : deps.people.open(row.phoneSealed),
        post: postOf(ground, row, row.details.entrySource),
        statuses: [{ status: row.status, from: row.from }],
        postSince: row.postSince,
        reason: ground.reason,
        importId: ground.about.importId,
      };
    });
    await deps.registration.addPeople(ground.tx, people);
    return 0;
  }

  async function changeDetails(ground: Ground, worker: Worker, row: ChangePayload): Promise<Worker> {
    if (Object.keys(row.details).length === 0 && row.phoneSealed === null) return worker;
    const phone = row.phoneSealed === null ? {} : deps.people.phoneFields(deps.people.open(row.phoneSealed));
    const fields = { ...deps.people.detailFieldsOf({ ...worker, ...row.details }), ...phone, importId: ground.about.importId };
    await deps.store.change(ground.tx, ground.about.scope, worker, fields);
    return { ...worker, ...fields, version: worker.version + 1 };
  }

  async function changeCareer(ground: Ground, worker: Worker, career: RosterCareer): Promise<Worker | null> {
    const { day, post, status } = career;
    const next = post === undefined ? {} : { post: post === null ? null : postOf(ground, post, worker.entrySource) };
    const change = { day, reason: ground.reason, importId: ground.about.importId, ...next, ...(status === undefined ? {} : { status }) };
    const outcome = await deps.careers.write(ground.tx, ground.about.scope, worker, change);
    return outcome.ok ? outcome.worker : null;
  }

  async function changeOne(ground: Ground, worker: Worker, row: ChangePayload): Promise<boolean> {
    const detailed = await changeDetails(ground, worker, row);
    const after = row.career === null ? detailed : await changeCareer(ground, detailed, row.career);
    if (after === null) return false;
    if (row.career === null) await deps.accounts.followWorker(ground.tx, after);
    ground.tx.audit({
      action: 'worker.changed',
      object: { kind: 'worker', id: worker.id },
      divisionPath: worker.divisionPath,
      reason: ground.reason,
      changes: auditOf(worker, row, after),
    });
    return true;
  }

  async function changeKnown(ground: Ground, rows: readonly ChangePayload[]): Promise<number> {
    const workers = await deps.store.byIds(
      ground.about.scope,
      rows.map((row) => row.workerId),
      ground.tx,
    );
    const same = (row: ChangePayload): Worker | null => {
      const worker = workers.get(row.workerId);
      return worker?.version === row.version ? worker : null;
    };
    const moved = rows.filter((row) => same(row) === null).length;
    if (moved > 0) return moved;
    for (const row of rows) {
      const worker = same(row);
      if (worker === null || !(await changeOne(ground, worker, row))) return 1;
    }
    const ids = rows.filter((row) => row.career === null).map((row) => row.workerId);
    if (ids.length > 0) ground.tx.emit({ name: 'worker.changed', workerIds: ids, years: yearsTouched(ground.tx.today, ground.tx.today) });
    return 0;
  }

  async function askFor(ground: Ground, rows: readonly RequestPayload[]): Promise<number> {
    const workers = await deps.store.byIds(
      deps.transfers.everywhere,
      rows.map((row) => row.workerId),
      ground.tx,
    );
    for (const row of rows) {
      const worker = workers.get(row.workerId);
      if (worker === undefined || reaches(ground.about.scope, worker.divisionPath)) return 1;
      const outcome = await deps.transfers.request(ground.tx, ground.about.scope, {
        ...row,
        reason: ground.reason,
        importId: ground.about.importId,
      });
      if (!outcome.ok) return 1;
    }
    return 0;
  }

  return async (tx: Tx, about: ImportAbout, batches: AsyncIterable<readonly CheckedRow[]>): Promise<CommitResult> => {
    const places = new Map((await deps.places.subtree(about.areaId)).map((place) => [place.id, place]));
    const ground: Ground = { tx, about, places, reason: `花名册导入（统计截止 ${about.asOf}）` };
    const done = { added: 0, changed: 0, requested: 0 };
    for await (const rows of batches) {
      const batch = batchOf(rows);
      const moved =
        (await addNew(ground, batch.added)) + (await changeKnown(ground, batch.changes)) + (await askFor(ground, batch.requests));
      if (moved > 0) return { ok: false, moved };
      done.added += batch.added.length;
      done.changed += batch.changes.length;
      done.requested += batch.requests.length;
    }
    return { ok: true, ...done };
  };
}

/** What the trail keeps of one changed person. */
function auditOf(before: Worker, row: ChangePayload, after: Worker): AuditChange[] {
  const phone = row.phoneSealed === null ? [] : [{ field: 'phone', from: before.phoneMasked, to: after.phoneMasked }];
  const career = (['divisionId', 'post', 'postClass', 'status'] as const).filter((field) => before[field] !== after[field]);
  return [
    ...detailChanges(before, row.details).map(asAuditChange),
    ...phone,
    ...career.map((field) => ({ field, from: before[field], to: after[field] })),
  ];
}

function batchOf(rows: readonly CheckedRow[]): Batch {
  const payloads = rows.map((row) => row.payload as RosterPayload);
  return {
    added: payloads.filter((one) => one.sort === 'new'),
    changes: payloads.filter((one) => one.sort === 'change'),
    requests: payloads.filter((one) => one.sort === 'request'),
  };
}
