import { dayOf, timeOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { choices, formModel, type Problem } from '../platform/http/forms.js';
import { levels, type Level } from '../certificates/level.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import { crumbsOf, kept, placeLine, type NamedPlace } from '../workers/words.pages.js';
import type { ExamAttempt, ExamEntry } from './attempt.rules.js';
import { attemptBadge, attemptNote, eligibilityLines, examCard } from './card.pages.js';
import { eligibilityAnswers, outcomes } from './exams.forms.js';
import { subjectsOf, type Subject } from './passes.rules.js';
import type { ExamJudgement } from './standings.service.js';

type Places = ReadonlyMap<string, NamedPlace>;

/** The way to a page under the exam list. */
export function examCrumbs(ctx: Ctx, label: string) {
  return crumbsOf(ctx, { href: kept(ctx, '/exams'), label: ctx.t('exams.title') }, { href: null, label });
}

/** First step of entering results: whose they are. */
export function chooseWorkerPage(ctx: Ctx, of: { people: readonly Worker[]; total: number; places: Places; search: string }) {
  const title = ctx.t('exams.new.title');
  return {
    title,
    crumbs: examCrumbs(ctx, title),
    search: of.search,
    searched: of.search !== '',
    action: '/exams/new',
    chips: [],
    rows: of.people.map((worker) => ({
      href: kept(ctx, '/exams/new') + (kept(ctx, '').includes('?') ? '&' : '?') + `worker=${worker.id}`,
      name: worker.name,
      masked: worker.idMasked,
      place: placeLine(worker.divisionPath, of.places),
      post: ctx.t(`workers.post.${worker.post}`),
    })),
    more: of.total > of.people.length ? ctx.t('exams.new.more', { total: of.total, shown: of.people.length }) : '',
    emptyText: ctx.t('exams.new.nobody', { search: of.search }),
  };
}

function subjectRows(ctx: Ctx, subjects: readonly Subject[], problems: readonly Problem[]) {
  const { t } = ctx;
  const names = subjects.flatMap((subject) => [subject, `${subject}_outcome`]);
  const form = formModel(names, ctx.body, problems, t);
  return subjects.map((subject) => {
    const score = form.fields[subject];
    const outcome = form.fields[`${subject}_outcome`];
    const options = outcomes.map((value) => ({ value, label: t(`exams.outcome.${value}`) }));
    return { label: t(`exams.subject.${subject}`), score, outcome, options: choices(options, outcome?.value ?? '') };
  });
}

function answerOptions(ctx: Ctx, current: string) {
  return eligibilityAnswers.map((value) => ({
    value,
    label: ctx.t(`exams.eligibilityAnswer.${value}`),
    hint: ctx.t(`exams.eligibilityAnswer.${value}Hint`),
    current: value === current,
  }));
}

function knownResults({ t }: Ctx, judged: ExamJudgement, level: Level) {
  return judged.attempts
    .filter((attempt) => attempt.level === level)
    .map((attempt) => ({
      href: `/exams/attempts/${attempt.id}`,
      label: t(`exams.subject.${attempt.subject}`),
      note: attemptNote(t, attempt),
      badge: attemptBadge(t, attempt),
    }));
}

/** Second step: level by link, year, a line per subject. */
export function resultsPage(
  ctx: Ctx,
  of: {
    worker: Worker;
    judged: ExamJudgement;
    places: Places;
    level: Level;
    years: readonly number[];
    year: number;
    problems: readonly Problem[];
  },
) {
  const { t } = ctx;
  const { worker, judged, level, problems } = of;
  const title = t('exams.new.titleOf', { name: worker.name });
  const subjects = subjectsOf[level];
  const typed = Object.keys(ctx.body).length > 0 ? ctx.body : { year: String(of.year), eligibility: 'RULE' };
  const form = formModel(['year', 'level', 'eligibility', 'source'], typed, problems, t);
  return {
    title,
    crumbs: examCrumbs(ctx, title),
    facts: [placeLine(worker.divisionPath, of.places), t(`workers.post.${worker.post}`)].join(' · '),
    workerId: worker.id,
    level,
    tabs: levels.map((one) => ({
      href: `/exams/new?worker=${worker.id}&level=${one}`,
      label: t(`certificates.level.${one}`),
      count: null,
      current: one === level,
    })),
    form: { fields: form.fields, summary: formModel([], ctx.body, problems, t).summary },
    years: choices(
      of.years.map((year) => ({ value: String(year), label: t('exams.yearOf', { year }) })),
      form.fields.year.value,
    ),
    subjects: subjectRows(ctx, subjects, problems),
    answers: answerOptions(ctx, form.fields.eligibility.value),
    known: knownResults(ctx, judged, level),
    eligibility: eligibilityLines(t, judged),
    back: { href: kept(ctx, `/workers/${worker.id}`), label: t('exams.action.not') },
  };
}

/** One result: what it says and how it came to be decided, and the form that corrects it. */
export function attemptPage(
  ctx: Ctx,
  of: { attempt: ExamAttempt; worker: Worker; history: readonly ExamAttempt[]; problems: readonly Problem[] },
) {
  const { t } = ctx;
  const { attempt, worker, problems } = of;
  const subject = t(`exams.subject.${attempt.subject}`);
  const title = t('exams.attempt.title', { name: worker.name, year: attempt.year, subject });
  const typed = Object.keys(ctx.body).length > 0 ? ctx.body : typedOf(attempt);
  const form = formModel(['eligibility', 'source', 'reason'], typed, problems, t);
  return {
    title,
    crumbs: examCrumbs(ctx, title),
    id: attempt.id,
    subject: attempt.subject,
    badge: attemptBadge(t, attempt),
    facts: factsOf(ctx, attempt),
    isOld: attempt.supersededAt !== null,
    canCorrect: ctx.can('exam.record') && attempt.supersededAt === null,
    form: { fields: form.fields, summary: formModel([], ctx.body, problems, t).summary },
    subjects: subjectRows({ ...ctx, body: typed }, [attempt.subject], problems),
    answers: answerOptions(ctx, form.fields.eligibility.value),
    events: of.history
      .filter((one) => one.subject === attempt.subject && one.year === attempt.year)
      .reverse()
      .map((one) => ({
        day: dayOf(one.decidedAt),
        title: attemptNote(t, one),
        tone: one.supersededAt === null ? 'ok' : 'calm',
        badge: attemptBadge(t, one),
        text: [`${timeOf(one.decidedAt)} ${one.recordedBy}`, one.source, one.reason].filter((part) => part !== '').join(' · '),
      })),
    personHref: kept(ctx, `/exams/people/${worker.id}`),
    personLabel: t('exams.person.all', { name: worker.name }),
  };
}

function typedOf(attempt: ExamAttempt): Record<string, string> {
  const outcome = !attempt.sat ? 'ABSENT' : attempt.official === null ? 'BY_MARK' : attempt.official ? 'PASSED' : 'FAILED';
  const eligibility = attempt.eligibleBy === 'REVIEW' ? (attempt.eligibleThatYear ? 'REVIEW_PASSED' : 'REVIEW_REFUSED') : 'RULE';
  return {
    [attempt.subject]: attempt.score === null ? '' : String(attempt.score),
    [`${attempt.subject}_outcome`]: outcome,
    eligibility,
    source: attempt.source,
  };
}

function factsOf(ctx: Ctx, attempt: ExamAttempt) {
  const { t } = ctx;
  const decision =
    attempt.decision === 'BY_MARK' ? t('exams.decision.BY_MARK', { mark: attempt.mark ?? 0 }) : t(`exams.decision.${attempt.decision}`);
  const eligible = t(`exams.eligible.${attempt.eligibleThatYear ? 'yes' : 'no'}`);
  const by =
    attempt.eligibleBy === 'RULE' && attempt.eligibilityRule !== ''
      ? t('exams.eligible.byRule', { rule: attempt.eligibilityRule })
      : t(`exams.eligible.${attempt.eligibleBy}`);
  const rows: [string, string][] = [
    ['level', t(`certificates.level.${attempt.level}`)],
    ['score', attempt.score === null ? '—' : String(attempt.score)],
    ['decision', decision],
    ['eligible', `${eligible}，${by}`],
    ['decidedOn', attempt.decidedOn],
    ['source', attempt.source === '' ? '—' : attempt.source],
    ['recordedBy', attempt.recordedBy],
  ];
  return rows.map(([field, text]) => ({ label: t(`exams.field.${field}`), text, href: null }));
}

/** Everything about the exams of one person. */
export function personExamsPage(
  ctx: Ctx,
  of: {
    worker: Worker;
    judged: ExamJudgement;
    history: readonly ExamAttempt[];
    entries: readonly ExamEntry[];
    places: Places;
    today: CivilDay;
  },
) {
  const { t } = ctx;
  const { worker, judged } = of;
  const title = t('exams.person.title', { name: worker.name });
  const years = [...new Set(of.history.map((attempt) => attempt.year))].sort((a, b) => b - a);
  return {
    title,
    crumbs: examCrumbs(ctx, title),
    facts: [placeLine(worker.divisionPath, of.places), t(`workers.post.${worker.post}`)].join(' · '),
    addHref: ctx.can('exam.record') ? `/exams/new?worker=${worker.id}` : null,
    card: examCard(t, judged, { historyHref: '', addHref: null }),
    years: years.map((year) => ({
      label: t('exams.yearOf', { year }),
      rows: of.history
        .filter((attempt) => attempt.year === year)
        .map((attempt) => ({
          href: `/exams/attempts/${attempt.id}`,
          subject: t(`exams.subject.${attempt.subject}`),
          level: t(`certificates.level.${attempt.level}`),
          note: attemptNote(t, attempt),
          badge: attemptBadge(t, attempt),
          old: attempt.supersededAt !== null,
          source: attempt.source,
        })),
    })),
    entries: of.entries.map((entry) => ({
      label: t('exams.entry.line', { year: entry.year, level: t(`certificates.level.${entry.level}`), day: entry.enteredOn }),
      level: entry.level,
      canWithdraw: ctx.can('exam.record') && entry.year === judged.nextExam,
    })),
    withdrawAction: `/exams/people/${worker.id}/entry-withdrawal`,
  };
}
