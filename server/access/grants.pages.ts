import { dayOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { choices, formModel, type Problem } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { momentText, rolesText } from './account.pages.js';
import { stateBadge, type DivisionChoice, type Places } from './accounts.pages.js';
import type { Account, Grant } from './accounts.rules.js';
import { chipsOf } from './chips.pages.js';
import { grantableRoles, type Role } from './permissions.rules.js';

/** Accounts and the roles they hold. */
export function grantsPage(ctx: Ctx, slice: Slice<Account>, at: { paging: Paging; now: Date; places: Places }) {
  const title = ctx.t('access.grants.title');
  const role = ctx.query['role'] ?? '';
  const roles = roleChoices(ctx);
  return {
    title,
    crumbs: [{ href: null, label: title }],
    facts: ctx.t('access.grants.facts', { n: slice.total }),
    search: ctx.query['q'] ?? '',
    roles: choices(roles, role),
    chips: chipsOf(ctx, [
      { name: 'q', label: ctx.query['q'] ?? '' },
      { name: 'role', label: roles.find((one) => one.value === role)?.label ?? '' },
    ]),
    rows: slice.rows.map((account) => ({
      id: account.id,
      name: account.name,
      login: account.loginName ?? '',
      place: placeName(at.places, account.divisionPath.at(-1)),
      roles: rolesText(ctx, account, at.places),
      badge: stateBadge(ctx, account, at.now),
    })),
    pager: pagerModel(at.paging, slice.total),
  };
}

/** The roles of one account, and the form of a further one. */
export function accountGrantsPage(
  ctx: Ctx,
  account: Account,
  at: { places: Places; divisions: readonly DivisionChoice[]; now: Date; problems: readonly Problem[] },
) {
  const form = formModel(['role', 'division'], ctx.query, at.problems, ctx.t);
  return {
    title: ctx.t('access.grants.of', { name: account.name }),
    crumbs: crumbsTo(ctx, account, null),
    id: account.id,
    version: account.version,
    facts: `${account.loginName ?? ''} · ${placeName(at.places, account.divisionPath.at(-1))}`,
    badge: stateBadge(ctx, account, at.now),
    own: ctx.account?.id === account.id,
    rows: account.grants.map((grant) => ({
      id: grant.id,
      role: ctx.t(`shell.roles.${grant.role}`),
      what: ctx.t(`access.grants.what.${grant.role}`),
      place: placeName(at.places, grant.divisionId),
      from: dayOf(grant.from),
    })),
    form,
    roles: choices(roleChoices(ctx), form.fields.role.value),
    divisions: choices(at.divisions, form.fields.division.value),
  };
}

/** The question before a role is given. */
export function givingPage(ctx: Ctx, account: Account, at: { role: Role; division: DivisionChoice; problems: readonly Problem[] }) {
  const values = { name: account.name, role: ctx.t(`shell.roles.${at.role}`), place: at.division.label };
  const title = ctx.t('access.grants.give.title');
  return {
    ...questionParts(ctx, account, { title, problems: at.problems, names: [] }),
    question: ctx.t('access.grants.give.question', values),
    facts: [ctx.t(`access.grants.what.${at.role}`), ctx.t('access.grants.give.reach', values), ctx.t('access.grants.give.ends', values)],
    action: `/grants/${account.id}/giving`,
    button: ctx.t('access.grants.give.button', values),
    role: at.role,
    division: at.division.value,
  };
}

/** The question before a role is taken away. */
export function withdrawalPage(ctx: Ctx, account: Account, at: { grant: Grant; place: string; problems: readonly Problem[] }) {
  const values = { name: account.name, role: ctx.t(`shell.roles.${at.grant.role}`), place: at.place };
  const title = ctx.t('access.grants.withdraw.title');
  return {
    ...questionParts(ctx, account, { title, problems: at.problems, names: ['reason'] }),
    question: ctx.t('access.grants.withdraw.question', values),
    facts: ['loses', 'keeps'].map((one) => ctx.t(`access.grants.withdraw.${one}`, values)),
    action: `/grants/${account.id}/withdrawal`,
    button: ctx.t('access.grants.withdraw.button', values),
    grant: at.grant.id,
  };
}

/** Locked accounts. */
export function lockoutsPage(ctx: Ctx, slice: Slice<Account>, at: { paging: Paging; places: Places; failures: number; minutes: number }) {
  const title = ctx.t('access.lockouts.title');
  return {
    title,
    crumbs: [{ href: null, label: title }],
    facts: ctx.t('access.lockouts.facts', { failures: at.failures, minutes: at.minutes }),
    rows: slice.rows.map((account) => ({
      id: account.id,
      version: account.version,
      name: account.name,
      login: account.loginName ?? ctx.t('access.codes.byPhone'),
      place: placeName(at.places, account.divisionPath.at(-1)),
      until: momentText(account.lockedUntil),
      lastSignIn: momentText(account.lastSignInAt),
    })),
    pager: pagerModel(at.paging, slice.total),
  };
}

function questionParts(ctx: Ctx, account: Account, of: { title: string; problems: readonly Problem[]; names: readonly string[] }) {
  return {
    title: of.title,
    crumbs: crumbsTo(ctx, account, of.title),
    version: account.version,
    back: { href: `/grants/${account.id}`, label: ctx.t('access.grants.not') },
    form: formModel(of.names, ctx.body, of.problems, ctx.t),
  };
}

function crumbsTo(ctx: Ctx, account: Account, last: string | null) {
  const first = { href: '/grants', label: ctx.t('access.grants.title') };
  return last === null
    ? [first, { href: null, label: account.name }]
    : [first, { href: `/grants/${account.id}`, label: account.name }, { href: null, label: last }];
}

function roleChoices(ctx: Ctx) {
  return grantableRoles.map((value) => ({ value, label: ctx.t(`shell.roles.${value}`) }));
}

function placeName(places: Places, id: string | undefined): string {
  return places.get(id ?? '') ?? '—';
}
