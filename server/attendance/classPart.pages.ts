import type { CivilDay } from '../platform/civilDays.js';
import { timeOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { reaches } from '../platform/scope.js';
import type { ClassLink, ClassPart, ClassPartSource, ClassStat, ClassTodo, SessionTally } from '../trainings/classParts.pages.js';
import { countedSessions } from '../trainings/classes.rules.js';
import { isActive } from '../trainings/enrolment.rules.js';
import { slotDay, type Slot } from '../trainings/slots.rules.js';
import { slotAt } from '../trainings/stages.rules.js';
import type { Enrolment, TimetableSession, TrainingClass } from '../trainings/trainingClass.rules.js';
import { slotWords } from '../trainings/words.pages.js';
import { kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { completionPolicy } from './attendance.policies.js';
import type { SessionCounts } from './attendance.service.js';
import { attendanceProblems, summariseAttendance } from './completion.rules.js';
import { sessionPath } from './rollCall.pages.js';

const mostTodos = 5;

/** What attendance hangs into the class page. */
export function attendancePart(deps: Pick<Deps, 'attendance' | 'enrolments' | 'policies' | 'clock'>): ClassPartSource {
  return async (ctx, of): Promise<ClassPart> => {
    if (of.external || of.state === 'DRAFT' || of.state === 'CANCELLED') return {};
    const [counts, over] = await Promise.all([deps.attendance.countsFor(of.id), overOf(deps, ctx, of)]);
    const now = slotAt(deps.clock.today(), timeOf(deps.clock.now()));
    const at: PartFacts = {
      of,
      counts,
      over,
      now,
      today: deps.clock.today(),
      mayMark: mayDo(ctx, of, 'attendance.mark'),
      mayClose: mayDo(ctx, of, 'class.close'),
    };
    const main = mainOf(ctx, at);
    return {
      tallies: talliesOf(at),
      rollCalls: at.mayMark
        ? new Map(countedSessions(of.sessions).map((session) => [session.id, kept(ctx, `${sessionPath(of, session)}/roll-call`)]))
        : new Map(),
      stats: statsOf(ctx, at),
      todos: at.mayMark ? todosOf(ctx, at) : [],
      tabs: at.mayClose
        ? [{ key: 'completion', href: kept(ctx, `/classes/${of.id}/completion`), label: ctx.t('attendance.completion.title'), count: null }]
        : [],
      buttons: buttonsOf(ctx, at),
      ...(main === null ? {} : { main }),
    };
  };
}

interface PartFacts {
  readonly of: TrainingClass;
  readonly counts: ReadonlyMap<string, SessionCounts>;
  /** People over the limits of leave or absence. */
  readonly over: readonly Enrolment[];
  readonly now: Slot;
  readonly today: CivilDay;
  readonly mayMark: boolean;
  readonly mayClose: boolean;
}

/** Whether the account manages the class with a permission, as an office above it or as its teacher. */
function mayDo(ctx: Ctx, of: TrainingClass, permission: string): boolean {
  const scope = ctx.scopeOf(permission);
  if (scope === null) return false;
  return scope.kind === 'classes' ? scope.classIds.includes(of.id) : reaches(scope, of.ownerPath);
}

/** Those whom the account sees and whose leave or absence stands against completion. */
async function overOf(
  deps: Pick<Deps, 'attendance' | 'enrolments' | 'policies'>,
  ctx: Ctx,
  of: TrainingClass,
): Promise<readonly Enrolment[]> {
  const [marks, places, book] = [
    await deps.attendance.marksOf(of.id),
    await deps.enrolments.ofClass(ctx.scope, of.id),
    await deps.policies.load([completionPolicy]),
  ];
  const { value: policy } = book.on(completionPolicy, of.ownerPath, of.lastDay);
  return places.filter(
    (place) => isActive(place.state) && attendanceProblems(summariseAttendance(of.sessions, marks.get(place.id) ?? []), policy).length > 0,
  );
}

function blankOf(counts: SessionCounts | undefined): number {
  if (counts === undefined) return 0;
  return Math.max(0, counts.expected - counts.present - counts.leave - counts.absent);
}

/** Counts of the sessions that began or have marks already; the others have nothing to show. */
function talliesOf({ of, counts, now }: PartFacts): ReadonlyMap<string, SessionTally> {
  const begun = of.sessions.filter(
    (session) => session.slot <= now || blankOf(counts.get(session.id)) < (counts.get(session.id)?.expected ?? 0),
  );
  return new Map(
    begun.flatMap(({ id }) => {
      const one = counts.get(id);
      return one === undefined ? [] : [[id, { ...one, unmarked: blankOf(one), submitted: one.submitted !== null }] as const];
    }),
  );
}

function statsOf(ctx: Ctx, { of, counts, over, mayClose }: PartFacts): ClassStat[] {
  const held = [...counts.values()].filter((one) => one.submitted !== null);
  if (held.length === 0) return [];
  const sum = (of_: (one: SessionCounts) => number): number => held.reduce((total, one) => total + of_(one), 0);
  const marked = sum((one) => one.present + one.leave + one.absent);
  const rate = marked === 0 ? '—' : ((sum((one) => one.present) / marked) * 100).toFixed(1);
  const href = mayClose ? kept(ctx, `/classes/${of.id}/completion`) : null;
  return [
    {
      label: ctx.t('attendance.part.rate'),
      value: rate,
      unit: '%',
      note: ctx.t('attendance.part.rateNote', { n: held.length }),
      href,
      tone: null,
    },
    {
      label: ctx.t('attendance.part.over'),
      value: String(over.length),
      unit: ctx.t('attendance.people'),
      note: ctx.t('attendance.part.overNote'),
      href,
      tone: over.length > 0 ? 'warn' : null,
    },
  ];
}

/** Counted sessions that began and whose roll is not handed in. */
function dueSessions({ of, counts, now }: PartFacts): readonly TimetableSession[] {
  if (of.state !== 'PUBLISHED' && of.state !== 'IN_PROGRESS') return [];
  return countedSessions(of.sessions).filter((session) => session.slot <= now && counts.get(session.id)?.submitted === null);
}

function todosOf(ctx: Ctx, at: PartFacts): ClassTodo[] {
  const { of, over, counts } = at;
  const rolls = dueSessions(at).map((session): ClassTodo => ({
    tone: slotDay(session.slot) < at.today ? 'warn' : 'calm',
    icon: 'clock',
    title: '',
    subject: { href: kept(ctx, `${sessionPath(of, session)}/roll-call`), label: slotWords(ctx.t, session.slot) },
    evidence: ctx.t('attendance.part.blank', { n: blankOf(counts.get(session.id)) }),
    clears: ctx.t('attendance.part.blankClears'),
    due: '',
  }));
  if (of.state === 'CLOSED') return [];
  const people = over.map((place): ClassTodo => ({
    tone: 'warn',
    icon: 'alert-triangle',
    title: '',
    subject: { href: kept(ctx, at.mayClose ? `/classes/${of.id}/completion` : `/classes/${of.id}/people`), label: place.name },
    evidence: ctx.t('attendance.part.overLimit'),
    clears: place.unitText,
    due: '',
  }));
  return [...rolls, ...people].slice(0, mostTodos);
}

function buttonsOf(ctx: Ctx, { of, now, mayMark }: PartFacts): ClassLink[] {
  const counted = countedSessions(of.sessions);
  const session = counted.find((one) => one.slot >= now) ?? counted.at(-1);
  if (!mayMark || session === undefined || of.state === 'POSTPONED') return [];
  return [{ href: kept(ctx, `${sessionPath(of, session)}/sign-in-sheet`), icon: 'printer', label: ctx.t('attendance.sheet.print') }];
}

/** Calling the roll while one is due, then closing the class. */
function mainOf(ctx: Ctx, at: PartFacts): ClassLink | null {
  const { of, counts } = at;
  const session = dueSessions(at).at(-1);
  if (session !== undefined && at.mayMark) {
    const begun = blankOf(counts.get(session.id)) < (counts.get(session.id)?.expected ?? 0);
    return {
      href: kept(ctx, `${sessionPath(of, session)}/roll-call`),
      icon: 'clipboard-check',
      label: ctx.t(begun ? 'attendance.part.goOn' : 'attendance.part.call'),
    };
  }
  const isThere = ctx.req.path.endsWith('/completion');
  return isOver(at) && at.mayClose && !isThere
    ? { href: kept(ctx, `/classes/${of.id}/completion`), icon: 'circle-check', label: ctx.t('attendance.completion.title') }
    : null;
}

/** All half-days have begun, and the class is not closed yet. */
function isOver({ of, now }: PartFacts): boolean {
  const last = countedSessions(of.sessions).at(-1);
  return last !== undefined && last.slot <= now && of.state === 'IN_PROGRESS';
}
