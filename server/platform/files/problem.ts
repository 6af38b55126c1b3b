/** Why a file was not taken: a text key (`files.*`) and its values. Never an exception, since people send every kind of file. */
export interface FileProblem {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A refused file. */
export interface Refused {
  readonly ok: false;
  readonly problem: FileProblem;
}

/** Refuses a file with a text of `files.json`. */
export function refuse(key: string, values: FileProblem['values'] = {}): Refused {
  return { ok: false, problem: { key: `files.${key}`, values } };
}
