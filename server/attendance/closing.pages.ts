import type { Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { problemWords } from '../trainings/words.pages.js';
import type { Badge } from '../workers/words.pages.js';
import type { ClosingView, Judged } from './closing.service.js';
import type { CompletionProblem } from './completion.rules.js';
import { creditsOf, showHours } from './hours.rules.js';

/** The table of a class's completion: who completes, who does not and why. */
export function closingPage(ctx: Ctx, view: ClosingView, problems: readonly Problem[]) {
  const { trainingClass: of, people } = view;
  const completing = people.filter((one) => one.completion.kind === 'COMPLETED').length;
  return {
    classId: of.id,
    assessed: of.assessment,
    editable: of.state === 'IN_PROGRESS' || of.state === 'PUBLISHED',
    closed: of.state === 'CLOSED',
    version: of.version,
    people: people.map((one) => personRow(ctx, view, one)),
    completing,
    total: people.length,
    open: view.openSessionIds.length,
    rule: ruleWords(ctx, view),
    problems: problems.map((problem) => problemWords(ctx.t, problem)),
  };
}

/** 请假累计不超过 1/7；3 天以内的班最多 1 个半天；缺勤 0 个半天；至少上满 1/2. */
function ruleWords(ctx: Ctx, { policy }: ClosingView): string {
  const share = `${String(policy.leaveShare.part)}/${String(policy.leaveShare.of)}`;
  const rows = policy.lengthRows.map((row) => ctx.t('attendance.rule.length', { days: row.upToDays, n: row.maxLeaveHalfDays }));
  const least = `${String(policy.leastAttendedShare.part)}/${String(policy.leastAttendedShare.of)}`;
  return [ctx.t('attendance.rule.leave', { share }), ...rows, ctx.t('attendance.rule.absent', { n: policy.maxUnapprovedHalfDays }), ctx.t('attendance.rule.least', { share: least })].join('；');
}

function personRow(ctx: Ctx, view: ClosingView, one: Judged) {
  const { summary } = one.completion;
  const minutes = creditsOf(view.trainingClass.sessions, one.marks, { completed: one.completion.kind === 'COMPLETED', requireCompletion: false }).reduce((sum, line) => sum + line.minutes, 0);
  return {
    id: one.place.id,
    name: one.place.name,
    unit: one.place.unitText,
    attended: summary.attendedHalfDays,
    leave: summary.leaveHalfDays,
    absent: summary.absentHalfDays,
    late: summary.lateTimes + summary.leftEarlyTimes,
    halfDays: summary.halfDays,
    hours: showHours(minutes),
    score: one.place.score === null ? '' : String(one.place.score),
    passed: one.place.assessment === 'PASSED',
    failed: one.place.assessment === 'FAILED',
    badge: badgeOf(ctx, one),
    why: one.completion.kind === 'NOT_COMPLETED' ? one.completion.problems.map((problem) => problemOf(ctx, problem)).join('；') : '',
  };
}

function badgeOf(ctx: Ctx, one: Judged): Badge {
  const kind = one.completion.kind;
  const look = { COMPLETED: { kind: 'ok', icon: 'circle-check' }, NOT_COMPLETED: { kind: 'bad', icon: 'alert-triangle' }, MARKS_MISSING: { kind: 'calm', icon: 'circle-dashed' } } as const;
  return { ...look[kind], label: ctx.t(`attendance.completion.${kind}`) };
}

/** Why somebody does not complete, in one sentence with its numbers. */
export function problemOf(ctx: Pick<Ctx, 't'>, problem: CompletionProblem): string {
  switch (problem.kind) {
    case 'LEAVE_OVER_SHARE':
      return ctx.t('attendance.why.LEAVE_OVER_SHARE', { leave: showHours(problem.leaveMinutes), total: showHours(problem.totalMinutes), share: `${String(problem.part)}/${String(problem.of)}` });
    case 'LEAVE_OVER_HALF_DAYS':
      return ctx.t('attendance.why.LEAVE_OVER_HALF_DAYS', { n: problem.leaveHalfDays, max: problem.max });
    case 'ABSENT':
      return ctx.t('attendance.why.ABSENT', { n: problem.absentHalfDays, max: problem.max });
    case 'TOO_LITTLE_ATTENDED':
      return ctx.t('attendance.why.TOO_LITTLE_ATTENDED', { attended: showHours(problem.attendedMinutes), total: showHours(problem.totalMinutes) });
    case 'ASSESSMENT_FAILED':
    case 'ASSESSMENT_NOT_TAKEN':
      return ctx.t(`attendance.why.${problem.kind}`);
  }
}
