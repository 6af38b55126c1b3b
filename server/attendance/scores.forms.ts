import type { Problem } from '../platform/http/forms.js';
import type { AssessmentResult, Enrolment } from '../trainings/trainingClass.rules.js';

type Body = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One result to be written. */
export interface ScoreChange {
  readonly id: string;
  readonly result: AssessmentResult;
  readonly score: number | null;
}

/** Results of an assessment as typed: 合格 or 不合格 per person, and a score if there is one. Only what differs is a change. */
export function scoresOf(body: Body, places: readonly Enrolment[]): { ok: true; changes: readonly ScoreChange[] } | { ok: false; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const changes: ScoreChange[] = [];
  for (const place of places) {
    const typed = textOf(body[`score-${place.id}`]);
    const result = resultOf(textOf(body[`result-${place.id}`]));
    const score = typed === '' ? null : Number(typed);
    if (typed !== '' && !(/^\d{1,3}$/.test(typed) && Number(typed) <= 100)) problems.push({ field: `score-${place.id}`, key: 'attendance.score.outOfRange', values: { name: place.name, typed } });
    else if (result === 'NONE' && score !== null) problems.push({ field: `result-${place.id}`, key: 'attendance.score.noResult', values: { name: place.name } });
    else if (result !== place.assessment || score !== place.score) changes.push({ id: place.id, result, score });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, changes };
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

function resultOf(value: string): AssessmentResult {
  return value === 'PASSED' || value === 'FAILED' ? value : 'NONE';
}
