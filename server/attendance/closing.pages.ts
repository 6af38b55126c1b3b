import { dayOf, timeOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { countedSessions } from '../trainings/classes.rules.js';
import { slotDay, slotHalf } from '../trainings/slots.rules.js';
import type { TimetableSession } from '../trainings/trainingClass.rules.js';
import { problemWords } from '../trainings/words.pages.js';
import { kept, type Badge } from '../workers/words.pages.js';
import { closingProblem, type ClosingView, type Judged } from './closing.service.js';
import type { Closing } from './closings.store.js';
import { isAttended, makeUpHalfDaysNeeded, type AttendanceSummary, type CompletionProblem } from './completion.rules.js';
import { creditsOf, showHours } from './hours.rules.js';
import type { Body } from './rollCall.forms.js';
import { sessionPath } from './rollCall.pages.js';
import { scoreText, typedOf } from './scores.forms.js';

/** What the completion page shows beside the class's head. */
export interface CompletionFacts {
  readonly view: ClosingView;
  readonly closings: readonly Closing[];
  readonly problems: readonly Problem[];
  /** The assessment form that was refused. */
  readonly typed: Body | null;
}

/** The table of a class's completion: who completes, who does not and why, and what closing still waits for. */
export function completionPage(ctx: Ctx, { view, closings, problems, typed }: CompletionFacts) {
  const { t } = ctx;
  const { trainingClass: of, people } = view;
  const editable = of.state === 'IN_PROGRESS' || of.state === 'PUBLISHED';
  const missing = closingProblem(view);
  return {
    classId: of.id,
    assessed: of.assessment && editable,
    assessedAtAll: of.assessment,
    people: people.map((one) => ({
      ...personRow(ctx, view, one),
      ...assessmentFields(typed, one),
      missed: editable ? missedLinks(ctx, view, one) : [],
    })),
    numbers: numbersOf(ctx, view),
    openRolls: openRolls(ctx, view),
    rule: ruleWords(ctx, view),
    waits: editable && missing !== null ? problemWords(t, missing) : '',
    closeHref: editable && missing === null ? kept(ctx, `/classes/${of.id}/closing`) : null,
    reopenHref: of.state === 'CLOSED' ? kept(ctx, `/classes/${of.id}/reopening`) : null,
    statisticsHref: kept(ctx, `/classes/${of.id}/attendance`),
    history: closings.map((one) => historyWords(ctx, one)),
    summary: problems.map((problem) => ({
      href: problem.field === '' ? '#form' : `#${problem.field}`,
      text: problemWords(t, problem),
      offer: null,
    })),
  };
}

/** How a person stands on the page: nobody is told not to complete while only the result of the assessment is to be entered. */
type Standing = Judged['completion']['kind'] | 'TO_ASSESS';

function standingOf({ completion, place }: Judged): Standing {
  if (completion.kind !== 'NOT_COMPLETED' || place.assessment !== 'NONE') return completion.kind;
  return completion.problems.every((problem) => problem.kind === 'ASSESSMENT_NOT_TAKEN') ? 'TO_ASSESS' : completion.kind;
}

/** How many complete, do not, and are still open. */
function numbersOf(ctx: Pick<Ctx, 't'>, view: ClosingView) {
  const count = (kind: Standing): number => view.people.filter((one) => standingOf(one) === kind).length;
  const stat = (kind: Standing, tone: 'bad' | 'warn' | null) => ({
    label: ctx.t(`attendance.completion.${kind}`),
    value: String(count(kind)),
    unit: ctx.t('attendance.people'),
    tone: count(kind) > 0 ? tone : null,
  });
  return [
    stat('COMPLETED', null),
    stat('NOT_COMPLETED', 'bad'),
    stat('MARKS_MISSING', 'warn'),
    ...(view.trainingClass.assessment ? [stat('TO_ASSESS', 'warn')] : []),
  ];
}

function historyWords(ctx: Ctx, one: Closing): string {
  const when = (at: Date): string => `${dayOf(at)} ${timeOf(at)}`;
  const closed = ctx.t('attendance.history.closed', {
    at: when(one.at),
    by: one.byName,
    n: one.results.filter((result) => result.state === 'COMPLETED').length,
  });
  return one.reopenedAt === null
    ? closed
    : `${closed}${ctx.t('attendance.history.reopened', { at: when(one.reopenedAt), by: one.reopenedBy ?? '', reason: one.reopenReason })}`;
}

/** 请假累计不超过 1/7；3 天以内的班最多请假 1 个半天… as the policy in force says. */
export function ruleWords(ctx: Pick<Ctx, 't'>, { policy }: ClosingView): string {
  const share = (of: { part: number; of: number }): string => `${String(of.part)}/${String(of.of)}`;
  const rows = policy.lengthRows.map((row) => ctx.t('attendance.rule.length', { days: row.upToDays, n: row.maxLeaveHalfDays }));
  const parts = [
    ctx.t('attendance.rule.leave', { share: share(policy.leaveShare) }),
    ...rows,
    ctx.t(policy.maxUnapprovedHalfDays === 0 ? 'attendance.rule.noAbsence' : 'attendance.rule.absent', { n: policy.maxUnapprovedHalfDays }),
    ctx.t('attendance.rule.least', { share: share(policy.leastAttendedShare) }),
  ];
  return parts.join(ctx.t('attendance.rule.between'));
}

/** `11-24 下午`. */
function shortSlot(ctx: Pick<Ctx, 't'>, session: TimetableSession): string {
  return `${slotDay(session.slot).slice(5)} ${ctx.t(`trainings.half.${slotHalf(session.slot)}`)}`;
}

function openRolls(ctx: Ctx, { trainingClass: of, openSessionIds }: ClosingView) {
  const open = countedSessions(of.sessions).filter((session) => openSessionIds.includes(session.id));
  return open.map((session) => ({ href: kept(ctx, `${sessionPath(of, session)}/roll-call`), label: shortSlot(ctx, session) }));
}

/** One person as the completion page and the papers print it. */
export function personRow(ctx: Pick<Ctx, 't'>, view: ClosingView, one: Judged) {
  const { completion, marks, place } = one;
  const { summary } = completion;
  const credits = creditsOf(view.trainingClass.sessions, marks, {
    completed: completion.kind === 'COMPLETED',
    requireCompletion: view.requireCompletion,
  });
  return {
    id: place.id,
    name: place.name,
    unit: place.unitText,
    post: ctx.t(`workers.post.${place.post}`),
    summary,
    hours: showHours(credits.reduce((sum, line) => sum + line.minutes, 0)),
    score: place.score === null ? '' : String(place.score),
    assessment: ctx.t(`attendance.assessment.${place.assessment}`),
    badge: badgeOf(ctx, one),
    why: whyOf(ctx, view, one),
  };
}

function badgeOf(ctx: Pick<Ctx, 't'>, one: Judged): Badge {
  const kind = standingOf(one);
  const looks = {
    TO_ASSESS: { kind: 'calm', icon: 'pencil' },
    COMPLETED: { kind: 'ok', icon: 'circle-check' },
    NOT_COMPLETED: { kind: 'bad', icon: 'alert-triangle' },
    MARKS_MISSING: { kind: 'calm', icon: 'circle-dashed' },
  } as const;
  return { ...looks[kind], label: ctx.t(`attendance.completion.${kind}`) };
}

/** Why somebody does not complete, with the numbers and the way out. */
function whyOf(ctx: Pick<Ctx, 't'>, view: ClosingView, one: Judged): string {
  const { completion, marks } = one;
  if (standingOf(one) === 'TO_ASSESS') return '';
  if (completion.kind === 'MARKS_MISSING') return ctx.t('attendance.why.MARKS_MISSING', { n: completion.summary.unmarked.length });
  if (completion.kind === 'COMPLETED') return '';
  const problems = completion.problems.map((problem) => problemSentence(ctx, problem, completion.summary));
  const needed = makeUpHalfDaysNeeded(view.trainingClass.sessions, marks, view.policy);
  return [...problems, needed > 0 ? ctx.t('attendance.why.makeUp', { n: needed }) : ''].join('');
}

function problemSentence(ctx: Pick<Ctx, 't'>, problem: CompletionProblem, { halfDays }: AttendanceSummary): string {
  switch (problem.kind) {
    case 'LEAVE_OVER_SHARE':
      return ctx.t('attendance.why.LEAVE_OVER_SHARE', {
        leave: showHours(problem.leaveMinutes),
        total: showHours(problem.totalMinutes),
        share: `${String(problem.part)}/${String(problem.of)}`,
      });
    case 'LEAVE_OVER_HALF_DAYS':
      return ctx.t('attendance.why.LEAVE_OVER_HALF_DAYS', { n: problem.leaveHalfDays, of: halfDays, max: problem.max });
    case 'ABSENT':
      return ctx.t(problem.max === 0 ? 'attendance.why.ABSENT_AT_ALL' : 'attendance.why.ABSENT', {
        n: problem.absentHalfDays,
        of: halfDays,
        max: problem.max,
      });
    case 'TOO_LITTLE_ATTENDED':
      return ctx.t('attendance.why.TOO_LITTLE_ATTENDED', {
        attended: showHours(problem.attendedMinutes),
        total: showHours(problem.totalMinutes),
      });
    case 'ASSESSMENT_FAILED':
    case 'ASSESSMENT_NOT_TAKEN':
      return ctx.t(`attendance.why.${problem.kind}`);
  }
}

function assessmentFields(typed: Body | null, { place }: Judged) {
  const { result, score } =
    typed === null ? { result: place.assessment, score: place.score === null ? '' : String(place.score) } : typedOf(typed, place);
  return { was: scoreText(place), typedScore: score, passed: result === 'PASSED', failed: result === 'FAILED' };
}

/** Half-days that were missed or not marked, each leading to its correction or make-up. */
function missedLinks(ctx: Ctx, { trainingClass: of, openSessionIds }: ClosingView, { place, marks }: Judged) {
  if (!ctx.can('attendance.correct')) return [];
  const markOf = new Map(marks.map((mark) => [mark.sessionId, mark]));
  const sessions = countedSessions(of.sessions).filter((session) => !openSessionIds.includes(session.id));
  return sessions.flatMap((session) => {
    const mark = markOf.get(session.id);
    if (mark !== undefined && isAttended(mark)) return [];
    const word = mark === undefined ? ctx.t('attendance.roll.blank') : ctx.t(`attendance.short.${mark.mark}`);
    const path = kept(ctx, `${sessionPath(of, session)}/places/${place.id}/correction`);
    return [
      { href: mark === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}madeUp=1`, label: `${shortSlot(ctx, session)} ${word}` },
    ];
  });
}
