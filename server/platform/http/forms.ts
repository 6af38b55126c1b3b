import type { ZodType } from 'zod';
import type { Translate } from '../i18n/translator.js';
import type { Ctx } from './context.js';

/** What is wrong with one field of a form: a text key with its values; the field '' means the form as a whole. */
export interface Problem {
  readonly field: string;
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Where a way out is offered ("其他空闲场地"). */
  readonly offer?: { readonly href: string; readonly label: string };
}

/** The outcome of reading a form. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a form by its schema. Messages of the schema are text keys (`training.startDay.missing`), optionally with values
 * after a bar as JSON (`training.seats.tooMany|{"most":60}`).
 */
export function parseForm<T>(schema: ZodType<T>, ctx: Pick<Ctx, 'body'>): Parsed<T> {
  const result = schema.safeParse(ctx.body);
  if (result.success) return { ok: true, value: result.data };
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const issue of result.error.issues) {
    const field = issue.path.map(String).join('.');
    if (seen.has(field)) continue;
    seen.add(field);
    problems.push(problemFrom(field, issue.message));
  }
  return { ok: false, problems };
}

function problemFrom(field: string, message: string): Problem {
  const bar = message.indexOf('|');
  if (bar < 0) return { field, key: message };
  return { field, key: message.slice(0, bar), values: JSON.parse(message.slice(bar + 1)) as Record<string, string | number> };
}

/** One field as a template prints it. */
export interface FieldModel {
  readonly name: string;
  readonly id: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly error: string;
}

/** A whole form as a template prints it: every field, and the summary of what is wrong. */
export interface FormModel<Name extends string> {
  readonly fields: Readonly<Record<Name, FieldModel>>;
  readonly summary: readonly { readonly href: string; readonly text: string; readonly offer: { href: string; label: string } | null }[];
  readonly hasProblems: boolean;
}

type Typed = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The model of a form: what was typed (or the stored values) and the problems beside their fields. */
export function formModel<Name extends string>(
  names: readonly Name[],
  typed: Typed,
  problems: readonly Problem[],
  t: Translate,
): FormModel<Name> {
  const textOf = (problem: Problem): string => t(problem.key, problem.values);
  const entries = names.map((name) => {
    const raw = typed[name];
    const values = raw === undefined ? [] : typeof raw === 'string' ? [raw] : raw;
    const error = problems.find((problem) => problem.field === name);
    return [name, { name, id: `f-${name}`, value: values[0] ?? '', values, error: error === undefined ? '' : textOf(error) }] as const;
  });
  const summary = problems.map((problem) => ({
    href: problem.field === '' ? '#form' : `#f-${problem.field.split('.')[0] ?? ''}`,
    text: textOf(problem),
    offer: problem.offer ?? null,
  }));
  return { fields: Object.fromEntries(entries) as unknown as Record<Name, FieldModel>, summary, hasProblems: problems.length > 0 };
}

/** The choices of a select or radio group with the current one marked. */
export function choices(
  options: readonly { readonly value: string; readonly label: string }[],
  current: string | readonly string[],
): readonly { value: string; label: string; current: boolean }[] {
  const chosen = typeof current === 'string' ? [current] : current;
  return options.map((option) => ({ ...option, current: chosen.includes(option.value) }));
}
