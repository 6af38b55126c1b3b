import type { Ctx } from '../platform/http/context.js';
import { choices, formModel, type Problem } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { momentText, rolesText } from './account.pages.js';
import { accountStates, stateOf, type Account } from './accounts.rules.js';
import { chipsOf } from './chips.pages.js';
import { grantableRoles } from './permissions.rules.js';

/** Names of divisions by id. */
export type Places = ReadonlyMap<string, string>;

/** A division to choose, with its line of names. */
export interface DivisionChoice {
  readonly value: string;
  readonly label: string;
}

const badges = {
  active: { kind: 'ok', icon: 'circle-check' },
  invited: { kind: 'calm', icon: 'circle-dashed' },
  locked: { kind: 'warn', icon: 'lock' },
  disabled: { kind: 'bad', icon: 'ban' },
} as const;

/** The state of an account as a badge. */
export function stateBadge(ctx: Ctx, account: Account, now: Date) {
  const state = stateOf(account, now);
  return { ...badges[state], label: ctx.t(`access.states.${state}`) };
}

/** The list of office accounts. */
export function accountsPage(ctx: Ctx, slice: Slice<Account>, at: { paging: Paging; now: Date; places: Places }) {
  const title = ctx.t('access.accounts.title');
  const role = ctx.query['role'] ?? '';
  const state = ctx.query['state'] ?? '';
  const roles = grantableRoles.map((value) => ({ value, label: ctx.t(`shell.roles.${value}`) }));
  const states = accountStates.map((value) => ({ value, label: ctx.t(`access.states.${value}`) }));
  return {
    title,
    crumbs: [{ href: null, label: title }],
    facts: ctx.t('access.accounts.facts', { n: slice.total }),
    canCreate: ctx.can('account.manage'),
    search: ctx.query['q'] ?? '',
    roles: choices(roles, role),
    states: choices(states, state),
    chips: chipsOf(ctx, [
      { name: 'q', label: ctx.query['q'] ?? '' },
      { name: 'role', label: roles.find((one) => one.value === role)?.label ?? '' },
      { name: 'state', label: states.find((one) => one.value === state)?.label ?? '' },
    ]),
    rows: slice.rows.map((account) => ({
      id: account.id,
      name: account.name,
      login: account.loginName ?? '',
      place: at.places.get(account.divisionPath.at(-1) ?? '') ?? '—',
      roles: rolesText(ctx, account, at.places),
      badge: stateBadge(ctx, account, at.now),
      lastSignIn: momentText(account.lastSignInAt),
    })),
    pager: pagerModel(at.paging, slice.total),
  };
}

/** The form of a new account. */
export function newAccountPage(ctx: Ctx, at: { divisions: readonly DivisionChoice[]; problems: readonly Problem[] }) {
  const title = ctx.t('access.accounts.new');
  const form = formModel(['name', 'loginName', 'division'], ctx.body, at.problems, ctx.t);
  return { title, crumbs: crumbsTo(ctx, title), form, divisions: choices(at.divisions, form.fields.division.value) };
}

/** One account: facts, roles, what was done with it, and what can be done. */
export function accountPage(ctx: Ctx, account: Account, at: { now: Date; places: Places; history: readonly object[] }) {
  return {
    title: account.name,
    crumbs: crumbsTo(ctx, account.name),
    id: account.id,
    version: account.version,
    badge: stateBadge(ctx, account, at.now),
    disabled: account.disabledAt !== null,
    canManage: ctx.can('account.manage'),
    codeLabel: ctx.t(account.activated ? 'access.accounts.codeAgain' : 'access.accounts.code'),
    facts: [
      { label: ctx.t('access.accounts.loginName.label'), text: account.loginName ?? '—', href: null },
      { label: ctx.t('access.accounts.division.label'), text: at.places.get(account.divisionPath.at(-1) ?? '') ?? '—', href: null },
      { label: ctx.t('access.accounts.roles'), text: rolesText(ctx, account, at.places), href: null },
      { label: ctx.t('access.accounts.createdAt'), text: momentText(account.createdAt), href: null },
      { label: ctx.t('access.accounts.lastSignIn'), text: momentText(account.lastSignInAt), href: null },
      { label: ctx.t('access.accounts.codeUntil'), text: momentText(account.codeExpiresAt), href: null },
    ],
    history: at.history,
  };
}

/** The question before an account is shut. */
export function disablingPage(ctx: Ctx, account: Account, problems: readonly Problem[]) {
  const title = ctx.t('access.accounts.disable.title', { name: account.name });
  return {
    title,
    crumbs: [
      { href: '/accounts', label: ctx.t('access.accounts.title') },
      { href: `/accounts/${account.id}`, label: account.name },
      { href: null, label: title },
    ],
    question: ctx.t('access.accounts.disable.question', { name: account.name }),
    facts: ['ends', 'keeps', 'back'].map((one) => ctx.t(`access.accounts.disable.${one}`, { name: account.name })),
    action: `/accounts/${account.id}/disabling`,
    button: ctx.t('access.accounts.disable.button', { name: account.name }),
    back: { href: `/accounts/${account.id}`, label: ctx.t('access.accounts.disable.not') },
    version: account.version,
    form: formModel(['reason'], ctx.body, problems, ctx.t),
  };
}

function crumbsTo(ctx: Ctx, label: string) {
  return [
    { href: '/accounts', label: ctx.t('access.accounts.title') },
    { href: null, label },
  ];
}
