import { newId } from '../platform/ids.js';
import { systemScope } from '../platform/scope.js';
import type { Transact, Tx } from '../platform/transactions.js';
import { systemActor } from '../platform/transactions.js';
import type { Subscriber } from '../platform/outbox.js';
import type { ClassesService } from '../trainings/classes.service.js';
import { isActive } from '../trainings/enrolment.rules.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import type { ExternalService } from '../trainings/external.service.js';
import type { Enrolment, TimetableSession } from '../trainings/trainingClass.rules.js';
import type { SessionMark } from './completion.rules.js';
import { bucketOf, reversalsOf, sumByBucket, type BucketMinutes, type HoursCredit } from './hours.rules.js';
import type { LedgerRow, LedgerStore } from './ledger.store.js';
import type { MarkRow, MarksStore, RollCall } from './marks.store.js';

interface AttendanceDeps {
  readonly marks: MarksStore;
  readonly ledger: LedgerStore;
  readonly classes: ClassesService;
  readonly enrolments: EnrolmentsService;
  readonly external: Pick<ExternalService, 'creditsOf'>;
  readonly transact: Transact;
}

/** How a session's roll stands; persons. */
export interface SessionCounts {
  readonly expected: number;
  readonly present: number;
  readonly leave: number;
  readonly absent: number;
  readonly submitted: RollCall | null;
}

/** One person's marks in a class that goes on, as the attendance flag asks for them. */
export interface RunningFacts {
  readonly workerId: string;
  readonly classId: string;
  readonly classState: Enrolment['classState'];
  readonly lastDay: Enrolment['lastDay'];
  readonly sessions: readonly TimetableSession[];
  readonly marks: readonly SessionMark[];
  readonly ownerPath: readonly string[];
}

/** Old attendance taken over as it was. */
export interface HistoricAttendance {
  readonly marks: readonly MarkRow[];
  readonly rollCalls: readonly RollCall[];
  readonly ledger: readonly LedgerRow[];
}

const facts = systemScope('attendance facts of named persons and classes for the floors above');

/** Attendance and hours as the floors above and other pages read them. */
export function makeAttendanceService(deps: AttendanceDeps) {
  const { marks, ledger, classes, enrolments } = deps;

  async function creditsOf(workerIds: readonly string[]): Promise<ReadonlyMap<string, readonly LedgerRow[]>> {
    const found = new Map<string, LedgerRow[]>(workerIds.map((id) => [id, []]));
    for (const row of await ledger.ofWorkers(workerIds)) found.get(row.workerId)?.push(row);
    return found;
  }

  return {
    /** Every line of the ledger of some people, reversals included; their sum is what counts. @returns by worker id */
    creditsOf,

    /** Minutes of a year by bucket, by worker id. */
    async hoursFor(workerIds: readonly string[], year: number): Promise<ReadonlyMap<string, BucketMinutes>> {
      return new Map([...(await creditsOf(workerIds))].map(([id, lines]) => [id, sumByBucket(lines, year)]));
    },

    /** How the roll of each session of a class stands, by session id. The caller has checked the class. */
    async countsFor(classId: string): Promise<ReadonlyMap<string, SessionCounts>> {
      const of = await classes.byId(facts, classId);
      const rows = await marks.ofClasses([classId]);
      const rollCalls = await marks.rollCallsOf([classId]);
      const expected = (await enrolments.ofClass(facts, classId)).filter((place) => isActive(place.state)).length;
      return new Map(
        of.sessions.map((session) => {
          const own = rows.filter((row) => row.sessionId === session.id);
          const count = (mark: MarkRow['mark']): number => own.filter((row) => row.mark === mark).length;
          return [
            session.id,
            {
              expected,
              present: count('PRESENT'),
              leave: count('APPROVED_LEAVE'),
              absent: count('ABSENT'),
              submitted: rollCalls.get(session.id) ?? null,
            },
          ];
        }),
      );
    },

    /** The marks in force of a class by enrolment id. The caller has checked the class. */
    async marksOf(classId: string): Promise<ReadonlyMap<string, readonly MarkRow[]>> {
      const byPlace = new Map<string, MarkRow[]>();
      for (const row of await marks.ofClasses([classId])) byPlace.set(row.enrolmentId, [...(byPlace.get(row.enrolmentId) ?? []), row]);
      return byPlace;
    },

    /** Marks of some people in classes that go on; by worker id. */
    async runningFactsOf(workerIds: readonly string[]): Promise<ReadonlyMap<string, readonly RunningFacts[]>> {
      const places = (await enrolments.ofWorkers(facts, workerIds)).filter(
        (place) => place.classState === 'IN_PROGRESS' && isActive(place.state),
      );
      const running = await classes.byIds(
        facts,
        places.map((place) => place.classId),
      );
      const rows = await marks.ofClasses([...running.keys()]);
      const found = new Map<string, RunningFacts[]>(workerIds.map((id) => [id, []]));
      for (const place of places) {
        const of = running.get(place.classId);
        if (of === undefined) continue;
        const own = rows.filter((row) => row.enrolmentId === place.id);
        found.get(place.workerId)?.push({
          workerId: place.workerId,
          classId: of.id,
          classState: of.state,
          lastDay: of.lastDay,
          sessions: of.sessions,
          marks: own,
          ownerPath: of.ownerPath,
        });
      }
      return found;
    },

    /** Takes over old attendance as it was: no rule is asked, no event is told. */
    async addHistoric(tx: Tx, rows: HistoricAttendance): Promise<void> {
      for (let at = 0; at < rows.marks.length; at += 1000) await marks.add(tx, rows.marks.slice(at, at + 1000));
      await marks.addRollCalls(tx, rows.rollCalls);
      for (let at = 0; at < rows.ledger.length; at += 1000) await ledger.add(tx, rows.ledger.slice(at, at + 1000));
    },
  };
}

export type AttendanceService = ReturnType<typeof makeAttendanceService>;

/**
 * Writes the hours of classes held elsewhere (decision 12): whatever the ledger says of the class becomes what its completed
 * places are worth now; nothing changes when it already is.
 */
export function makeExternalHours(deps: AttendanceDeps): Subscriber {
  async function settle(classId: string): Promise<void> {
    const of = await classesById(deps, classId);
    if (of?.external !== true) return;
    const forms = new Map(of.sessions.map((session) => [session.id, session.form]));
    const places = await deps.external.creditsOf(classId);
    await deps.transact(systemActor('attendance.externalHours'), async (tx) => {
      const standing = netLines(await deps.ledger.ofClass(classId, tx));
      const wanted = places.flatMap((place) =>
        mergeLines(
          place.workerId,
          place.credits.map((one) => ({ year: one.year, bucket: bucketOf(forms.get(one.sessionId) ?? 'LECTURE'), minutes: one.minutes })),
        ),
      );
      const gone = standing.filter((row) => !wanted.some((line) => sameLine(line, row)));
      const fresh = wanted.filter((line) => !standing.some((row) => sameLine(line, row)));
      const rows: LedgerRow[] = [
        ...gone.flatMap((row) => reversalsOf([row]).map((line) => ({ ...line, id: newId(), workerId: row.workerId, at: tx.now }))),
        ...fresh.map((line) => ({ ...line, id: newId(), classId, reverses: null, at: tx.now })),
      ];
      await deps.ledger.add(tx, rows);
      if (rows.length > 0)
        tx.emit({
          name: 'hours.changed',
          objectId: classId,
          workerIds: rows.map((row) => row.workerId),
          years: rows.map((row) => row.year),
        });
    });
  }

  return {
    name: 'attendance.externalHours',
    events: ['class.closed'],
    async handle(events) {
      for (const classId of new Set(events.flatMap((event) => event.objectId ?? []))) await settle(classId);
    },
  };
}

type Line = HoursCredit & { readonly workerId: string };

async function classesById(deps: AttendanceDeps, classId: string) {
  return (await deps.classes.byIds(facts, [classId])).get(classId);
}

function netLines(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const reversed = new Set(rows.map((row) => row.reverses));
  return rows.filter((row) => row.reverses === null && !reversed.has(row.id));
}

function mergeLines(workerId: string, lines: readonly HoursCredit[]): Line[] {
  const merged = new Map<string, Line>();
  for (const line of lines) {
    const key = `${String(line.year)} ${line.bucket}`;
    merged.set(key, { ...line, workerId, minutes: (merged.get(key)?.minutes ?? 0) + line.minutes });
  }
  return [...merged.values()].filter((line) => line.minutes > 0);
}

function sameLine(one: Line, other: Line): boolean {
  return one.workerId === other.workerId && one.year === other.year && one.bucket === other.bucket && one.minutes === other.minutes;
}
