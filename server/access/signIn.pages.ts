import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import { codeDays } from './codes.rules.js';
import { passwordLength } from './passwords.rules.js';
import type { Attempt, SignInLimits } from './signIn.service.js';

/** The sign-in page; `next` is the checked local address to go to afterwards. */
export function signInPage(ctx: Ctx, limits: SignInLimits, at: { next: string; login: string; problems: readonly Problem[] }) {
  return {
    title: ctx.t('access.signIn.title'),
    form: formModel(['login', 'password'], { login: at.login }, at.problems, ctx.t),
    next: at.next,
    help: ctx.t('access.signIn.help', { failures: limits.failures, minutes: limits.lockMinutes }),
  };
}

/** The page that takes a one-time code and a new password. */
export function activationPage(ctx: Ctx, at: { login: string; problems: readonly Problem[] }) {
  return {
    title: ctx.t('access.activation.title'),
    form: formModel(['login', 'code', 'newPassword', 'repeatPassword'], { login: at.login }, at.problems, ctx.t),
    help: ctx.t('access.activation.help', { days: codeDays }),
    passwordHint: ctx.t('access.password.hint', passwordLength),
  };
}

/** Where an attempt comes from. */
export function attemptFrom(ctx: Ctx): Attempt {
  return { address: ctx.req.ip ?? '', requestId: ctx.actor.requestId };
}
