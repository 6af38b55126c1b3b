import { dayOf, timeOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import type { Account } from './accounts.rules.js';
import { passwordLength } from './passwords.rules.js';

/** `11-24 14:05` of an instant in Asia/Shanghai, `—` for none; with the year when `from` is another one. */
export function momentText(at: Date | null): string {
  return at === null ? '—' : `${dayOf(at)} ${timeOf(at)}`;
}

/** The own account: who I am here, my password, the display. */
export function ownAccountPage(ctx: Ctx, account: Account, at: { places: ReadonlyMap<string, string>; problems: readonly Problem[] }) {
  const title = ctx.t('access.own.title');
  const phone = account.grants.length > 0 && account.grants.every((grant) => grant.role === 'worker' || grant.role === 'classTeacher');
  return {
    title,
    crumbs: phone
      ? []
      : [
          { href: '/', label: ctx.t('access.own.home') },
          { href: null, label: title },
        ],
    phone,
    facts: [
      { label: ctx.t('access.own.name'), text: account.name, href: null },
      { label: ctx.t('access.own.login'), text: account.loginName ?? ctx.t('access.codes.byPhone'), href: null },
      { label: ctx.t('access.own.roles'), text: rolesText(ctx, account, at.places), href: null },
      { label: ctx.t('access.own.lastSignIn'), text: momentText(account.lastSignInAt), href: null },
    ],
    form: formModel(['password', 'newPassword', 'repeatPassword'], {}, at.problems, ctx.t),
    passwordHint: ctx.t('access.password.hint', passwordLength),
  };
}

/** `繁峙县 · 县级经办、…` */
export function rolesText(ctx: Ctx, account: Account, places: ReadonlyMap<string, string>): string {
  const each = account.grants.map((grant) => `${places.get(grant.divisionId) ?? ''} · ${ctx.t(`shell.roles.${grant.role}`)}`);
  return each.length === 0 ? ctx.t('access.accounts.noRole') : each.join(ctx.t('access.listComma'));
}
