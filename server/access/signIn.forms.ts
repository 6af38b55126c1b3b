import { z } from 'zod';
import { optionalText, text } from '../platform/http/fields.js';
import type { Problem } from '../platform/http/forms.js';
import { passwordLength, passwordProblem } from './passwords.rules.js';

/** A password is taken as it was typed, spaces included. */
const password = (key: string) => z.string(`${key}.missing`).min(1, `${key}.missing`).max(1000, `${key}.missing`);

/** The sign-in form. */
export const signInForm = z.object({
  login: text('access.signIn.login', 100),
  password: password('access.signIn.password'),
  next: optionalText('access.signIn.next'),
});

/** Activation, and a forgotten password: by one-time code. */
export const activationForm = z.object({
  login: text('access.signIn.login', 100),
  code: text('access.activation.code', 40),
  newPassword: password('access.password.new'),
  repeatPassword: password('access.password.repeat'),
});

/** The own password. */
export const ownPasswordForm = z.object({
  password: password('access.password.current'),
  newPassword: password('access.password.new'),
  repeatPassword: password('access.password.repeat'),
});

/** What is wrong with a new password that was typed twice; empty when nothing is. */
export function newPasswordProblems(typed: { newPassword: string; repeatPassword: string }, login: string): readonly Problem[] {
  const weakness = passwordProblem(typed.newPassword, login);
  if (weakness !== null) return [{ field: 'newPassword', key: `access.password.new.${weakness}`, values: passwordLength }];
  return typed.newPassword === typed.repeatPassword ? [] : [{ field: 'repeatPassword', key: 'access.password.repeat.differs' }];
}
