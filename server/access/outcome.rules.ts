/** What is wrong with one field of a command: a text key with its values; the field '' means the command as a whole. */
export interface Refusal {
  readonly field: string;
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A command that was done, or the rules that refused it. */
export type Outcome<T = unknown> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Refusal[] };

/** Done. */
export function accepted<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** Refused by one rule. */
export function refused(field: string, key: string, values?: Readonly<Record<string, string | number>>): Outcome<never> {
  return { ok: false, problems: [values === undefined ? { field, key } : { field, key, values }] };
}
