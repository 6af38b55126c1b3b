import { dayOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { choices, type Problem } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { grouped } from '../platform/text/numbers.js';
import { momentText } from './account.pages.js';
import { stateBadge, type DivisionChoice, type Places } from './accounts.pages.js';
import type { Account } from './accounts.rules.js';
import { chipsOf } from './chips.pages.js';
import { codeDays, sheetMost } from './codes.rules.js';

/** Which workers are shown: those who never signed in, or all (for a forgotten password). */
export const codeWants = ['invited', 'all'] as const;

/** The page where a county chooses whom to give one-time codes. */
export function codesPage(
  ctx: Ctx,
  slice: Slice<Account>,
  at: {
    paging: Paging;
    now: Date;
    places: Places;
    divisions: readonly DivisionChoice[];
    counts: { invited: number; all: number };
    problems: readonly Problem[];
  },
) {
  const title = ctx.t('access.codes.title');
  const want = ctx.query['want'] === 'all' ? 'all' : 'invited';
  const division = ctx.query['division'] ?? '';
  const chips = chipsOf(ctx, [
    { name: 'q', label: ctx.query['q'] ?? '' },
    { name: 'division', label: at.divisions.find((one) => one.value === division)?.label ?? '' },
  ]);
  return {
    title,
    crumbs: [
      { href: '/', label: ctx.t('access.own.home') },
      { href: null, label: title },
    ],
    facts: ctx.t('access.codes.facts', { area: ctx.area.name, invited: grouped(at.counts.invited), days: codeDays }),
    summary: at.problems.map((problem) => ({ href: '#form', text: ctx.t(problem.key, problem.values), offer: null })),
    tabs: codeWants.map((one) => ({
      href: tabHref(ctx, one),
      label: ctx.t(`access.codes.want.${one}`),
      count: at.counts[one],
      current: one === want,
    })),
    want,
    division,
    text: ctx.query['q'] ?? '',
    divisions: choices(at.divisions, division),
    chips,
    empty: emptyOf(ctx, chips.length > 0),
    canTakeAll: want === 'invited' && slice.total > 0 && slice.total <= sheetMost,
    allLabel: ctx.t('access.codes.all', { n: grouped(slice.total) }),
    rows: slice.rows.map((account) => rowOf(ctx, account, at)),
    pager: pagerModel(at.paging, slice.total),
  };
}

/** Nobody under some conditions says nothing of those who were left out. */
function emptyOf({ t }: Ctx, isNarrowed: boolean) {
  if (isNarrowed) return { kind: '', title: t('access.codes.noMatch'), text: t('access.accounts.noneText') };
  return { kind: 'ok', title: t('access.codes.none'), text: t('access.codes.noneText') };
}

function rowOf(ctx: Ctx, account: Account, at: { now: Date; places: Places }) {
  return {
    id: account.id,
    name: account.name,
    place: at.places.get(account.divisionPath.at(-1) ?? '') ?? '—',
    login: account.loginName ?? ctx.t('access.codes.byPhone'),
    badge: stateBadge(ctx, account, at.now),
    codeUntil: account.codeExpiresAt !== null && account.codeExpiresAt > at.now ? dayOf(account.codeExpiresAt) : '—',
    lastSignIn: momentText(account.lastSignInAt),
  };
}

function tabHref(ctx: Ctx, want: string): string {
  const kept = Object.entries(ctx.query).filter(([name]) => name === 'area' || name === 'year' || name === 'division');
  return `/codes?${new URLSearchParams([...kept, ['want', want]]).toString()}`;
}
