import { daysBetween, type CivilDay } from '../platform/civilDays.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { choices } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { placeOf, queryOf } from '../coverage/links.pages.js';
import { placeAt, type NamedPlace } from '../workers/words.pages.js';
import { clearedWords, dueWords, flagWords, severityBadge, type ClassNames } from './flagWords.pages.js';
import { flagRules, severities, type FlagAddressee, type FlagRule } from './flags.rules.js';
import type { RuleCount } from './gaps.service.js';
import { ageBands, type StoredFlag } from './storedFlag.rules.js';

/** Who has to act, in the order of the filter. */
export const addressees: readonly FlagAddressee[] = ['COUNTY', 'CITY', 'CLASS_TEACHER', 'WORKER'];

/** Everything the list of flags is made from. */
export interface FlagsGround {
  readonly counts: readonly RuleCount[];
  readonly rule: FlagRule | null;
  readonly isCleared: boolean;
  readonly cleared: number;
  readonly places: ReadonlyMap<string, NamedPlace>;
  readonly classes: ClassNames;
  readonly divisions: readonly { readonly value: string; readonly label: string }[];
  readonly paging: Paging;
  readonly today: CivilDay;
}

function subjectHref(ctx: Ctx, flag: StoredFlag): string | null {
  if (flag.workerId === null) return ctx.can('target.read') ? `/targets${queryOf(placeOf(ctx))}` : null;
  return ctx.can('worker.read') ? `/workers/${flag.workerId}${queryOf(placeOf(ctx))}` : null;
}

function postWords({ t }: Ctx, { post }: StoredFlag): string {
  return post === null ? '' : t(`workers.post.${post}`);
}

/** One flag of the list. */
export function flagLine(ctx: Ctx, flag: StoredFlag, ground: Pick<FlagsGround, 'places' | 'classes' | 'today'>) {
  const { t } = ctx;
  const words = flagWords(ctx, flag, ground.classes);
  const until = flag.clearedOn ?? ground.today;
  return {
    href: subjectHref(ctx, flag),
    name: flag.name,
    post: postWords(ctx, flag),
    county: placeAt(flag.divisionPath, ground.places, 'county'),
    community: placeAt(flag.divisionPath, ground.places, 'community'),
    rule: t(`gaps.rule.${flag.ruleId}`),
    why: words.why,
    more: words.more,
    badge: flag.open ? severityBadge(ctx, flag) : { kind: 'ok', icon: 'circle-check', label: t('gaps.badge.cleared') },
    clears: flag.open ? words.clears : clearedWords(ctx, flag, ground.classes),
    clearsHref: words.classId !== null && ctx.can('training.read') ? `/classes/${words.classId}${queryOf(placeOf(ctx))}` : null,
    addressee: t(`gaps.addressee.${flag.addressee}`),
    raisedOn: flag.raisedOn,
    age: t('gaps.age', { n: daysBetween(flag.raisedOn, until) }),
    ...(flag.open ? dueWords(ctx, flag.dueOn, ground.today) : { due: flag.clearedOn?.slice(5) ?? '', dueNote: '' }),
  };
}
export type FlagListLine = ReturnType<typeof flagLine>;

function tabsOf(ctx: Ctx, ground: FlagsGround) {
  const { t } = ctx;
  const total = ground.counts.reduce((sum, count) => sum + count.total, 0);
  const href = (values: Record<string, string>): string => `/flags${queryOf({ ...placeOf(ctx), ...values })}`;
  const known = new Map(ground.counts.map((count) => [count.ruleId, count.total]));
  return [
    { href: href({}), label: t('gaps.flags.all'), count: total, current: ground.rule === null && !ground.isCleared },
    ...flagRules
      .filter((rule) => known.has(rule))
      .map((rule) => ({
        href: href({ rule }),
        label: t(`gaps.rule.${rule}`),
        count: known.get(rule) ?? 0,
        current: ground.rule === rule && !ground.isCleared,
      })),
    { href: href({ state: 'cleared' }), label: t('gaps.flags.cleared'), count: ground.cleared, current: ground.isCleared },
  ];
}

function filtersOf(ctx: Ctx, ground: FlagsGround) {
  const { t, query } = ctx;
  const address = (without: string): string => `/flags${queryOf({ ...query, page: '', [without]: '' })}`;
  const options = {
    severity: severities.map((value) => ({ value, label: t(`gaps.badge.${value}`) })),
    age: ageBands.map((value) => ({ value, label: t(`gaps.ageBand.${value}`) })),
    addressee: addressees.map((value) => ({ value, label: t(`gaps.addressee.${value}`) })),
    division: ground.divisions,
  };
  const labels = Object.entries(options).map(([name, list]) => ({
    name,
    label: list.find((one) => one.value === query[name])?.label.trim() ?? '',
  }));
  const chosen = [{ name: 'q', label: (query['q'] ?? '').trim() }, ...labels].filter((one) => one.label !== '');
  return {
    search: query['q'] ?? '',
    severities: choices(options.severity, query['severity'] ?? ''),
    ages: choices(options.age, query['age'] ?? ''),
    addressees: choices(options.addressee, query['addressee'] ?? ''),
    divisions: choices(options.division, query['division'] ?? ''),
    chips: chosen.map(({ name, label }) => ({ label, href: address(name) })),
    isNarrowed: chosen.length > 0,
  };
}

function whatOf({ t }: Ctx, ground: FlagsGround): string {
  if (ground.isCleared) return t('gaps.flags.cleared');
  return ground.rule === null ? t('gaps.flags.all') : t(`gaps.rule.${ground.rule}`);
}

/** 预警工单: every flag with its rule, its evidence and what clears it. */
export function flagsPage(ctx: Ctx, slice: Slice<StoredFlag>, ground: FlagsGround) {
  const { t } = ctx;
  return {
    title: t('gaps.flags.title', { area: ctx.area.name }),
    crumbs: [
      { href: `/${queryOf(placeOf(ctx))}`, label: t('shell.menu.desk') },
      { href: null, label: t('shell.menu.flags') },
    ],
    facts: t(`gaps.flags.sorted.${ground.paging.sort}`, { what: whatOf(ctx, ground), total: slice.total }),
    exportHref: slice.total > 0 ? `/flags/export${queryOf({ ...ctx.query, page: '' })}` : null,
    total: slice.total,
    tabs: tabsOf(ctx, ground),
    rule: ground.rule ?? '',
    state: ground.isCleared ? 'cleared' : '',
    isCleared: ground.isCleared,
    about: ground.rule === null ? '' : t(`gaps.about.${ground.rule}`),
    untrainedHref: ground.rule === 'T-COV' && !ground.isCleared ? `/untrained${queryOf(placeOf(ctx))}` : null,
    ...filtersOf(ctx, ground),
    rows: slice.rows.map((flag) => flagLine(ctx, flag, ground)),
    pager: pagerModel(ground.paging, slice.total),
    clearHref: `/flags${queryOf({ ...placeOf(ctx), rule: ground.rule ?? '', state: ground.isCleared ? 'cleared' : '' })}`,
  };
}

/** The list as a workbook. */
export function flagsSheet(ctx: Ctx, lines: readonly FlagListLine[], today: CivilDay): SheetTable {
  const { t } = ctx;
  const heads = ['no', 'rule', 'county', 'community', 'name', 'post', 'why', 'more', 'state', 'clears', 'addressee', 'raisedOn', 'due'];
  return {
    name: t('shell.menu.flags'),
    title: t('gaps.flags.title', { area: ctx.area.name }),
    notes: [t('gaps.untrained.exportNote', { asOf: today, total: lines.length, by: ctx.actor.name })],
    headers: [heads.map((head) => ({ text: t(`gaps.column.${head}`) }))],
    columns: [6, 16, 12, 14, 10, 18, 30, 26, 10, 30, 10, 12, 8].map((width) => ({ width })),
    rows: lines.map((line, index) => [
      index + 1,
      line.rule,
      line.county,
      line.community,
      line.name,
      line.post,
      line.why,
      line.more,
      line.badge.label,
      line.clears,
      line.addressee,
      line.raisedOn,
      line.due,
    ]),
  };
}
