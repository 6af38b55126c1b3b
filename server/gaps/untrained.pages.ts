import type { CivilDay } from '../platform/civilDays.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { choices } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { asOfText } from '../coverage/board.pages.js';
import type { Board } from '../coverage/coverage.service.js';
import { placeOf, queryOf } from '../coverage/links.pages.js';
import { isInvited } from '../trainings/rows.rules.js';
import type { TrainingClass } from '../trainings/trainingClass.rules.js';
import { posts } from '../workers/posts.rules.js';
import { placeAt, type Badge, type NamedPlace } from '../workers/words.pages.js';
import type { Worker } from '../workers/worker.rules.js';
import { dueWords, flagWords, type ClassNames } from './flagWords.pages.js';
import { coverageReasons, type StoredFlag } from './storedFlag.rules.js';

/** A class that somebody of the list could still be put into. */
export interface Offer {
  readonly of: TrainingClass;
  readonly left: number;
}

/** The tabs of the list. */
export const untrainedTabs = ['all', 'unarranged', 'pending', 'arranged'] as const;
export type UntrainedTab = (typeof untrainedTabs)[number];

/** Everything the county's list is made from. */
export interface UntrainedGround {
  readonly board: Board;
  readonly tab: UntrainedTab;
  readonly counts: Readonly<Record<UntrainedTab, number>>;
  readonly offers: readonly Offer[];
  /** Who has asked to be exempt and waits for the answer. */
  readonly pending: ReadonlySet<string>;
  readonly workers: ReadonlyMap<string, Worker>;
  readonly places: ReadonlyMap<string, NamedPlace>;
  readonly classes: ClassNames;
  readonly divisions: readonly { readonly value: string; readonly label: string }[];
  readonly lastCompletedOn: CivilDay | null;
  readonly paging: Paging;
  readonly today: CivilDay;
}

/** How an untrained person stands: placed, waiting for the answer to an exemption, or nothing. */
export function untrainedBadge({ t }: Ctx, of: { isArranged: boolean; isPending: boolean }): Badge {
  if (of.isArranged) return { kind: 'info', icon: 'calendar-event', label: t('coverage.badge.arranged') };
  if (of.isPending) return { kind: 'warn', icon: 'hourglass', label: t('gaps.untrained.pending') };
  return { kind: 'bad', icon: 'ban', label: t('coverage.badge.unarranged') };
}

/** How this person leaves the list, and where that is done. */
function wayOut(ctx: Ctx, flag: StoredFlag, ground: UntrainedGround): { clears: string; clearsHref: string | null } {
  const { t } = ctx;
  const place = queryOf(placeOf(ctx));
  const words = flagWords(ctx, flag, ground.classes);
  if (words.classId !== null) return { clears: words.clears, clearsHref: `/classes/${words.classId}${place}` };
  if (ground.pending.has(flag.workerId ?? ''))
    return { clears: t('gaps.untrained.awaitsExemption'), clearsHref: ctx.can('exemption.request') ? `/exemptions${place}` : null };
  const offer = ground.offers.find((one) => isInvited(one.of, flag));
  if (offer === undefined) return { clears: words.clears, clearsHref: null };
  return {
    clears: t('gaps.untrained.couldJoin', { day: offer.of.firstDay.slice(5), name: offer.of.name, left: offer.left }),
    clearsHref: `/classes/${offer.of.id}/nominations${place}`,
  };
}

function placesIn({ divisionPath }: StoredFlag, { places }: UntrainedGround): { county: string; township: string; community: string } {
  const at = (level: string): string => placeAt(divisionPath, places, level);
  return { county: at('county'), township: at('township'), community: at('community') };
}

/** One person of the list. */
export function untrainedLine(ctx: Ctx, flag: StoredFlag, ground: UntrainedGround) {
  const { t } = ctx;
  const id = flag.workerId ?? '';
  const worker = ground.workers.get(id);
  const { why, more } = flagWords(ctx, flag, ground.classes);
  const canExempt = ctx.can('exemption.request') && flag.subState !== 'ARRANGED' && !ground.pending.has(id);
  return {
    id,
    href: ctx.can('worker.read') ? `/workers/${id}${queryOf(placeOf(ctx))}` : null,
    name: flag.name,
    idMasked: worker?.idMasked ?? '',
    ...placesIn(flag, ground),
    post: flag.post === null ? '—' : t(`workers.post.${flag.post}`),
    why,
    more: more === '' ? t('gaps.since', { day: flag.raisedOn.slice(5) }) : more,
    badge: untrainedBadge(ctx, { isArranged: flag.subState === 'ARRANGED', isPending: ground.pending.has(id) }),
    ...wayOut(ctx, flag, ground),
    exemptHref: canExempt ? `/workers/${id}/exemption${queryOf(placeOf(ctx))}` : null,
    ...dueWords(ctx, flag.dueOn, ground.today),
  };
}
export type UntrainedLine = ReturnType<typeof untrainedLine>;

function filtersOf(ctx: Ctx, ground: UntrainedGround) {
  const { t, query } = ctx;
  const address = (without: string): string => `/untrained${queryOf({ ...query, page: '', [without]: '' })}`;
  const options = {
    division: ground.divisions,
    post: posts.map((value) => ({ value, label: t(`workers.post.${value}`) })),
    reason: coverageReasons.map((value) => ({ value, label: t(`gaps.reason.${value}`) })),
  };
  const asked = (name: string): string => (query[name] ?? '').trim();
  const labels = Object.entries(options).map(([name, list]) => ({
    name,
    label: list.find((one) => one.value === asked(name))?.label.trim() ?? '',
  }));
  const chosen = [{ name: 'q', label: asked('q') }, ...labels].filter((one) => one.label !== '');
  return {
    search: asked('q'),
    divisions: choices(options.division, asked('division')),
    posts: choices(options.post, asked('post')),
    reasons: choices(options.reason, asked('reason')),
    chips: chosen.map(({ name, label }) => ({ label, href: address(name) })),
    isNarrowed: chosen.length > 0,
    clearHref: `/untrained${queryOf({ ...placeOf(ctx), tab: ground.tab === 'all' ? '' : ground.tab })}`,
  };
}

function tabsOf(ctx: Ctx, ground: UntrainedGround) {
  const { t } = ctx;
  const tabs = untrainedTabs.map((name) => ({
    href: `/untrained${queryOf({ ...placeOf(ctx), tab: name === 'all' ? '' : name })}`,
    label: t(`gaps.untrained.tab.${name}`),
    count: ground.counts[name],
    current: ground.tab === name,
  }));
  const trained = {
    href: `/coverage/people${queryOf({ ...placeOf(ctx), show: 'trained' })}`,
    label: t('gaps.untrained.tab.trained'),
    count: ground.board.rollUp.trained,
    current: false,
  };
  return ctx.can('coverage.read') ? [...tabs, trained] : tabs;
}

/** The free seats that fit this list, in one sentence; null when nobody needs one. */
function offerNotice(ctx: Ctx, { offers, counts }: UntrainedGround) {
  const { t } = ctx;
  if (counts.unarranged === 0) return null;
  const [first] = offers;
  if (first === undefined)
    return {
      kind: 'warn',
      icon: 'alert-triangle',
      text: t('gaps.untrained.noOffer', { n: counts.unarranged }),
      more: '',
      href: null,
      link: '',
    };
  const list = offers
    .slice(0, 3)
    .map(({ of, left }) => t('gaps.untrained.offer', { day: of.firstDay.slice(5), name: of.name, left }))
    .join(t('gaps.and'));
  return {
    kind: 'info',
    icon: 'armchair',
    text: t('gaps.untrained.offers', { list }),
    more: t('gaps.untrained.offerFor', { n: counts.unarranged }),
    href: ctx.can('training.nominate') ? `/classes/${first.of.id}/nominations${queryOf(placeOf(ctx))}` : null,
    link: t('gaps.untrained.nominateNow'),
  };
}

function emptyOf(ctx: Ctx, ground: UntrainedGround, isNarrowed: boolean) {
  const { t } = ctx;
  const { due, untrained } = ground.board.rollUp;
  if (isNarrowed || ground.tab !== 'all' || untrained > 0)
    return { kind: '', title: t('gaps.untrained.emptyTab'), text: t('gaps.untrained.emptyTabText') };
  if (due === 0)
    return { kind: '', title: t('gaps.untrained.nobodyDue', { area: ctx.area.name }), text: t('gaps.untrained.nobodyDueText') };
  const text =
    ground.lastCompletedOn === null
      ? t('gaps.untrained.coveredText', { n: due })
      : t('gaps.untrained.coveredSince', { day: ground.lastCompletedOn.slice(5), n: due });
  return { kind: 'ok', title: t('gaps.untrained.covered', { area: ctx.area.name }), text };
}

/** 未训清单: who is left and what to do with each. */
export function untrainedPage(ctx: Ctx, slice: Slice<StoredFlag>, ground: UntrainedGround) {
  const { t } = ctx;
  const { rollUp } = ground.board;
  const title = t('gaps.untrained.title', { area: ctx.area.name, year: ctx.year });
  const filters = filtersOf(ctx, ground);
  const asOf = asOfText(ctx, ground.board, ground.today);
  return {
    title,
    crumbs: [
      { href: `/${queryOf(placeOf(ctx))}`, label: t('shell.menu.desk') },
      { href: null, label: t('shell.menu.untrained') },
    ],
    due: rollUp.due,
    trained: rollUp.trained,
    untrained: rollUp.untrained,
    dueHref: `/coverage/people${queryOf({ ...placeOf(ctx), show: 'due' })}`,
    asOf,
    isPast: ctx.year !== Number(ground.today.slice(0, 4)),
    pastHref: `/coverage/people${queryOf({ ...placeOf(ctx), show: 'untrained' })}`,
    exportHref: slice.total > 0 ? `/untrained/export${queryOf({ ...ctx.query, page: '' })}` : null,
    total: slice.total,
    tabs: tabsOf(ctx, ground),
    tab: ground.tab === 'all' ? '' : ground.tab,
    offer: offerNotice(ctx, ground),
    ...filters,
    canNominate: ctx.can('training.nominate'),
    spansCounties: ctx.area.level === 'city',
    sorted: t(`gaps.untrained.sorted.${ground.paging.sort}`),
    rows: slice.rows.map((flag) => untrainedLine(ctx, flag, ground)),
    pager: pagerModel(ground.paging, slice.total),
    empty: emptyOf(ctx, ground, filters.isNarrowed),
  };
}

/** The list as a workbook. */
export function untrainedSheet(ctx: Ctx, lines: readonly UntrainedLine[], asOf: string): SheetTable {
  const { t } = ctx;
  const heads = ['no', 'county', 'township', 'community', 'name', 'idNumber', 'post', 'why', 'more', 'state', 'clears', 'due', 'remark'];
  return {
    name: t('shell.menu.untrained'),
    title: t('gaps.untrained.title', { area: ctx.area.name, year: ctx.year }),
    notes: [t('gaps.untrained.exportNote', { asOf, total: lines.length, by: ctx.actor.name })],
    headers: [heads.map((head) => ({ text: t(`gaps.column.${head}`) }))],
    columns: [6, 12, 14, 14, 10, 22, 18, 26, 26, 10, 30, 8, 12].map((width) => ({ width })),
    rows: lines.map((line, index) => [
      index + 1,
      line.county,
      line.township,
      line.community,
      line.name,
      line.idMasked,
      line.post,
      line.why,
      line.more,
      line.badge.label,
      line.clears,
      line.due,
      '',
    ]),
  };
}
