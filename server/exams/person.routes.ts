import type { PersonPartSource, TimelineEntry } from '../workers/person.pages.js';
import { kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { attemptNote, examCard } from './card.pages.js';

/** What exams say about a person: the subjects on the way, and every year sat in the history. */
export function examsPersonPart(deps: Deps): PersonPartSource {
  return async (ctx, worker) => {
    if (!ctx.can('exam.read')) return {};
    const judged = (await deps.examStandings.judgementsOf([worker.id], deps.clock.today())).get(worker.id);
    if (judged === undefined) return {};
    const addHref = ctx.can('exam.record') ? `/exams/new?worker=${worker.id}` : null;
    const card = examCard(ctx.t, judged, { historyHref: kept(ctx, `/exams/people/${worker.id}`), addHref });
    const calendar = await deps.examCalendar.years();
    const years = [...new Set(judged.attempts.map((attempt) => attempt.year))];
    const timeline = years.map((year): TimelineEntry => {
      const own = judged.attempts.filter((attempt) => attempt.year === year);
      const line = calendar.find((one) => one.year === year);
      const words = own.map((attempt) => `${ctx.t(`exams.subject.${attempt.subject}`)} ${attemptNote(ctx.t, attempt)}`);
      return {
        day: line?.resultsOn ?? line?.lastDay ?? `${String(year)}-12-31`,
        title: ctx.t('exams.timeline', { year }),
        text: words.join(ctx.t('exams.and')),
        tone: own.some((attempt) => attempt.passed === true) ? 'ok' : 'bad',
        badge: null,
      };
    });
    return { timeline, side: card === null ? [] : [{ view: 'exams/personBlock', model: card }] };
  };
}
