import type { Problem } from '../platform/http/forms.js';
import type { AssessmentResult, Enrolment } from '../trainings/trainingClass.rules.js';
import type { Body } from './rollCall.forms.js';

/** One result to be written. */
export interface ScoreChange {
  readonly id: string;
  readonly result: AssessmentResult;
  readonly score: number | null;
}

type Scores =
  { readonly ok: true; readonly changes: readonly ScoreChange[] } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Results of an assessment as typed: 合格 or 不合格 per person, and a score if there is one. Only what was changed in the form is a change. */
export function scoresOf(body: Body, places: readonly Enrolment[]): Scores {
  const typed = places.filter((place) => body[`result-${place.id}`] !== undefined).map((place) => ({ place, ...typedOf(body, place) }));
  const problems = typed.flatMap((one) => findProblem(one.place, one) ?? []);
  if (problems.length > 0) return { ok: false, problems };
  const changed = typed.filter((one) => `${one.result}:${one.score}` !== textOf(body[`was-${one.place.id}`]));
  return {
    ok: true,
    changes: changed.map(({ place, result, score }) => ({ id: place.id, result, score: score === '' ? null : Number(score) })),
  };
}

/** Result and score as the form says that it was opened on them. */
export function scoreText(place: Pick<Enrolment, 'assessment' | 'score'>): string {
  return `${place.assessment}:${place.score === null ? '' : String(place.score)}`;
}

/** Result and score of a person as typed. */
export function typedOf(body: Body, place: Pick<Enrolment, 'id'>): { readonly result: AssessmentResult; readonly score: string } {
  const result = textOf(body[`result-${place.id}`]);
  return { result: result === 'PASSED' || result === 'FAILED' ? result : 'NONE', score: textOf(body[`score-${place.id}`]) };
}

function findProblem(place: Enrolment, { result, score }: { result: AssessmentResult; score: string }): Problem | null {
  const isScore = score === '' || (/^\d{1,3}$/.test(score) && Number(score) <= 100);
  if (!isScore)
    return { field: `score-${place.id}`, key: 'attendance.score.outOfRange', values: { name: place.name, typed: score.slice(0, 10) } };
  if (result === 'NONE' && score !== '')
    return { field: `result-${place.id}`, key: 'attendance.score.noResult', values: { name: place.name } };
  return null;
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}
