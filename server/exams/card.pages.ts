import type { Translate } from '../platform/i18n/translator.js';
import { levels, type Level } from '../certificates/level.rules.js';
import type { ExamAttempt } from './attempt.rules.js';
import { subjectsOf, type Subject } from './passes.rules.js';
import type { ExamJudgement } from './standings.service.js';

/** A state as `partials/badge` prints it. */
interface Badge {
  readonly kind: 'ok' | 'info' | 'warn' | 'bad' | 'calm' | 'line';
  readonly icon: string;
  readonly label: string;
}

/** One subject of the level a person is on the way to. */
export interface SubjectRow {
  readonly tone: 'ok' | 'bad' | 'calm';
  readonly icon: string;
  readonly subject: string;
  /** 2026 年 72 分; what is known of the last time. */
  readonly note: string;
  readonly score: string;
  readonly badge: Badge;
  /** 2027 年考试仍算, 2027 年须通过. */
  readonly until: string;
  readonly href: string | null;
}

/** Exam subjects and what can be sat next, for the person page. */
export interface ExamCard {
  readonly title: string;
  readonly level: string;
  readonly rows: readonly SubjectRow[];
  /** What has to be passed next, or that everything is passed; '' when there is nothing to say. */
  readonly outlook: string;
  readonly eligibility: readonly { readonly label: string; readonly text: string }[];
  readonly historyHref: string;
  readonly addHref: string | null;
}

/** The words of one attempt: 2026 年 72 分. */
export function attemptNote(t: Translate, attempt: ExamAttempt): string {
  const { year, score, mark } = attempt;
  if (!attempt.sat) return t('exams.note.absent', { year });
  if (score === null) return t('exams.note.noScore', { year });
  return mark !== null && attempt.passed === false
    ? t('exams.note.belowMark', { year, score, mark })
    : t('exams.note.score', { year, score });
}

/** The badge of one attempt. */
export function attemptBadge(t: Translate, attempt: Pick<ExamAttempt, 'sat' | 'passed'>): Badge {
  if (!attempt.sat) return { kind: 'line', icon: 'minus', label: t('exams.result.absent') };
  if (attempt.passed === null) return { kind: 'calm', icon: 'hourglass', label: t('exams.result.undecided') };
  return attempt.passed
    ? { kind: 'ok', icon: 'check', label: t('exams.result.passed') }
    : { kind: 'bad', icon: 'x', label: t('exams.result.failed') };
}

function standingWords(
  t: Translate,
  judged: ExamJudgement,
  at: { level: Level; subject: Subject; attempt: ExamAttempt },
): Pick<SubjectRow, 'tone' | 'icon' | 'badge' | 'until'> {
  const { level, subject, attempt } = at;
  const standing = judged.standings[level];
  const must = t('exams.must', { year: judged.nextExam });
  const passed = { tone: 'ok', icon: 'circle-check' } as const;
  const ok = { kind: 'ok', icon: 'check', label: t('exams.result.passed') } as const;
  const voided = standing.voided.find((one) => one.subject === subject && one.year === attempt.year);
  if (voided !== undefined)
    return { tone: 'bad', icon: 'circle-x', badge: { kind: 'bad', icon: 'ban', label: t(`exams.void.${voided.reason}`) }, until: must };
  if (standing.kind === 'QUALIFIED') return { ...passed, badge: ok, until: '' };
  const carried = standing.carried.find((one) => one.subject === subject);
  if (carried !== undefined) return { ...passed, badge: ok, until: t('exams.countsUntil', { year: carried.countsUntil }) };
  if (attempt.passed === true)
    return { tone: 'bad', icon: 'circle-x', badge: { kind: 'warn', icon: 'clock', label: t('exams.result.lapsed') }, until: must };
  return {
    tone: attempt.sat ? 'bad' : 'calm',
    icon: attempt.sat ? 'circle-x' : 'circle-dashed',
    badge: attemptBadge(t, attempt),
    until: must,
  };
}

/** The attempt that matters: the last pass, else the last time. */
function decisive(attempts: readonly ExamAttempt[], subject: Subject): ExamAttempt | undefined {
  const own = attempts.filter((attempt) => attempt.subject === subject);
  return [...own].reverse().find((attempt) => attempt.passed === true) ?? own.at(-1);
}

function subjectRow(t: Translate, judged: ExamJudgement, at: { level: Level; subject: Subject }): SubjectRow {
  const { level, subject } = at;
  const attempt = decisive(judged.attempts, subject);
  const name = t(`exams.subject.${subject}`);
  if (attempt === undefined) {
    const badge = { kind: 'line', icon: 'minus', label: t('exams.result.none') } as const;
    return {
      tone: 'calm',
      icon: 'circle-dashed',
      subject: name,
      note: t('exams.note.none'),
      score: '—',
      badge,
      until: t('exams.must', { year: judged.nextExam }),
      href: null,
    };
  }
  const href = `/exams/attempts/${attempt.id}`;
  return {
    subject: name,
    note: attemptNote(t, attempt),
    score: attempt.score === null ? '—' : String(attempt.score),
    href,
    ...standingWords(t, judged, { level, subject, attempt }),
  };
}

/** What has to be passed next, in one sentence. */
export function outlookOf(t: Translate, judged: ExamJudgement, level: Level): string {
  const standing = judged.standings[level];
  if (standing.kind === 'QUALIFIED')
    return t(
      judged.certificates.some((one) => one.level === level && one.managementNo !== null && one.voidedOn === null)
        ? 'exams.outlook.certified'
        : 'exams.outlook.qualified',
      { year: standing.year },
    );
  const subjects = standing.mustPass.map((subject) => t(`exams.subject.${subject}`)).join(t('exams.and'));
  if (standing.isLastChance) {
    const carried = standing.carried.map((one) => t(`exams.subject.${one.subject}`)).join(t('exams.and'));
    return t('exams.outlook.lastChance', { year: standing.nextExam, subjects, carried });
  }
  return t('exams.outlook.open', { year: standing.nextExam, subjects });
}

/** Whether and when each level can be sat: for levels above the one held. */
export function eligibilityLines(t: Translate, judged: ExamJudgement): { label: string; text: string }[] {
  const higher = levels.slice(judged.level === null ? 0 : levels.indexOf(judged.level) + 1);
  return higher.map((level) => {
    const found = judged.eligibility[level];
    const label = t(`certificates.level.${level}`);
    if (!judged.educationKnown) return { label, text: t('exams.eligibility.unknown') };
    if (found.ok) return { label, text: t('exams.eligibility.ok', { year: judged.nextExam, rule: found.rule }) };
    if (found.earliestExamYear === null) return { label, text: t('exams.eligibility.never') };
    return { label, text: t('exams.eligibility.earliest', { year: found.earliestExamYear, short: found.shortfallYears ?? 0 }) };
  });
}

/** The card of a judged person; null when every level is held. */
export function examCard(t: Translate, judged: ExamJudgement, of: { historyHref: string; addHref: string | null }): ExamCard | null {
  const level = judged.aim;
  if (level === null) return null;
  const name = t(`certificates.level.${level}`);
  const hasAny = judged.attempts.some((attempt) => attempt.level === level);
  return {
    title: t('exams.card.title', { level: name }),
    level: name,
    rows: hasAny ? subjectsOf[level].map((subject) => subjectRow(t, judged, { level, subject })) : [],
    outlook: hasAny ? outlookOf(t, judged, level) : '',
    eligibility: eligibilityLines(t, judged),
    historyHref: of.historyHref,
    addHref: of.addHref,
  };
}
