import type { Level } from '../certificates/level.rules.js';
import type { ExamAttempt } from '../exams/attempt.rules.js';
import { registrationPhase } from '../exams/examYears.rules.js';
import { subjectsOf, type CarriedPass, type Subject } from '../exams/passes.rules.js';
import type { ExamJudgement } from '../exams/standings.service.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { Badge } from '../workers/words.pages.js';

/** One subject of the level a worker is on the way to. */
interface SubjectRow {
  readonly name: string;
  readonly detail: string;
  readonly tone: 'ok' | 'bad' | 'calm';
  readonly icon: string;
  readonly badge: Badge;
  readonly note: string;
}

/** The exam that a worker is on the way to: each subject, and until which exam year its pass counts; null when there is none, or none begun. */
export function examCard(ctx: Ctx, judgement: ExamJudgement | undefined, at: { readonly today: CivilDay; readonly onlyBegun: boolean }) {
  const level = judgement?.aim ?? null;
  if (judgement === undefined || level === null) return null;
  const standing = judgement.standings[level];
  if (standing.kind === 'QUALIFIED') return null;
  const { t } = ctx;
  const attempts = judgement.attempts.filter((attempt) => attempt.level === level);
  if (attempts.length === 0 && (at.onlyBegun || !judgement.open.includes(level))) return null;
  return {
    title: t('home.exams.card', { level: t(`home.levelName.${level}`), short: t(`home.level.${level}`) }),
    rows: subjectsOf[level].map((subject) =>
      subjectRow(ctx, subject, { attempts, carried: standing.carried, nextExam: standing.nextExam }),
    ),
    note: noteOf(ctx, judgement, { level, today: at.today, isUnderWay: standing.carried.length > 0 }),
  };
}

interface SubjectGround {
  readonly attempts: readonly ExamAttempt[];
  readonly carried: readonly CarriedPass[];
  readonly nextExam: number;
}

function subjectRow(ctx: Ctx, subject: Subject, { attempts, carried, nextExam }: SubjectGround): SubjectRow {
  const { t } = ctx;
  const name = t(`home.subject.${subject}`);
  const pass = carried.find((one) => one.subject === subject);
  const last = [...attempts].reverse().find((attempt) => attempt.subject === subject);
  const detail = last === undefined ? t('home.exams.never') : resultWords(ctx, last);
  if (pass !== undefined) {
    return {
      name,
      detail,
      tone: 'ok',
      icon: 'circle-check',
      badge: { kind: 'ok', icon: 'check', label: t('home.exams.passed') },
      note: t('home.exams.countsUntil', { year: pass.countsUntil }),
    };
  }
  const must = carried.length > 0 ? t('home.exams.must', { year: nextExam }) : '';
  if (last === undefined)
    return {
      name,
      detail,
      tone: 'calm',
      icon: 'circle-dashed',
      badge: { kind: 'calm', icon: 'circle-dashed', label: t('home.exams.open') },
      note: must,
    };
  const label = last.passed === true ? t('home.exams.lapsed') : last.passed === null ? t('home.exams.undecided') : t('home.exams.failed');
  return {
    name,
    detail,
    tone: 'bad',
    icon: 'circle-x',
    badge: { kind: last.passed === null ? 'calm' : 'bad', icon: 'x', label },
    note: must,
  };
}

/** `2026 年 54 分，60 分合格`. */
export function resultWords(ctx: Ctx, attempt: ExamAttempt): string {
  const { t } = ctx;
  if (!attempt.sat) return t('home.exams.absent', { year: attempt.year });
  if (attempt.score === null) return t('home.exams.year', { year: attempt.year });
  const mark = attempt.passed === false && attempt.mark !== null ? t('home.exams.mark', { mark: attempt.mark }) : '';
  return t('home.exams.score', { year: attempt.year, score: attempt.score }) + mark;
}

/** Whether the next exam may be sat, as far as the roster knows; who carries passes was let in already. */
function noteOf(
  ctx: Ctx,
  judgement: ExamJudgement,
  at: { readonly level: Level; readonly today: CivilDay; readonly isUnderWay: boolean },
): string {
  const { t } = ctx;
  const year = judgement.nextExam;
  const found = judgement.eligibility[at.level];
  if (judgement.entries.some((entry) => entry.year === year && entry.level === at.level)) return t('home.exams.entered', { year });
  if (registrationPhase(judgement.line, at.today) === 'OVER') return t('home.exams.over', { year });
  if (at.isUnderWay) return '';
  if (!judgement.educationKnown) return t('home.exams.educationUnknown');
  if (found.ok) return t('home.exams.eligible', { year });
  return found.earliestExamYear === null ? t('home.exams.notEligible') : t('home.exams.eligibleFrom', { year: found.earliestExamYear });
}

/** Every result, newest exam first. */
export function resultRows(ctx: Ctx, attempts: readonly ExamAttempt[]) {
  const { t } = ctx;
  return [...attempts]
    .sort((a, b) => b.year - a.year || (a.subject < b.subject ? -1 : 1))
    .map((attempt) => ({
      name: t('home.ofLevel', { subjects: t(`home.subject.${attempt.subject}`), level: t(`home.level.${attempt.level}`) }),
      detail: resultWords(ctx, attempt),
      badge: resultBadge(ctx, attempt),
    }));
}

function resultBadge({ t }: Ctx, attempt: ExamAttempt): Badge {
  if (attempt.passed === null) return { kind: 'calm', icon: 'hourglass', label: t('home.exams.undecided') };
  return attempt.passed
    ? { kind: 'ok', icon: 'check', label: t('home.exams.passed') }
    : { kind: 'bad', icon: 'x', label: t('home.exams.failed') };
}
