import type { Document } from 'bson';

/**
 * A command to a fresh store that holds `seed` in `app.c` and the index `a_1`, with what its reply must contain or the code
 * of its refusal. What it covers is read off the command itself.
 */
export interface CommandVector {
  readonly name: string;
  readonly db?: 'admin';
  readonly command: Document;
  readonly reply: Document;
}

export const seed: readonly Document[] = [
  { _id: 1, a: 1, t: ['x', 'y'] },
  { _id: 2, a: 2, t: ['y'] },
  { _id: 3, a: 3 },
];

export const vector = (name: string, command: Document, reply: Document): CommandVector => ({ name, command, reply: { ok: 1, ...reply } });
export const admin = (name: string, command: Document, reply: Document): CommandVector => ({
  ...vector(name, command, reply),
  db: 'admin',
});
