import { dayOf, daysBetween, lastDayOf, timeOf, yearOf, type CivilDay } from '../platform/civilDays.js';
import { inlineBar } from '../platform/charts/inlineBar.js';
import type { Ctx } from '../platform/http/context.js';
import { grouped } from '../platform/text/numbers.js';
import { monthChart, pathChart } from './boardChart.pages.js';
import { childLines, divisionLine, postClassLines, rateText, tierLines, type ChildDivision } from './boardTables.pages.js';
import { showRate, type CoveragePolicy } from './coverage.rules.js';
import type { Board } from './coverage.service.js';
import { coverageCrumbs, linked, listHref, placeOf, queryOf } from './links.pages.js';
import type { OnboardingPolicy } from './onboarding.rules.js';
import type { RollUp } from './rollup.rules.js';

/** Open flags of a rule by age, as the gaps feature counted them. */
export interface FlagLine {
  readonly label: string;
  readonly addressee: string;
  readonly ages: readonly { readonly value: number; readonly href: string; readonly isOld: boolean }[];
  readonly total: { readonly value: number; readonly href: string };
}

/** Everything a board is made from. */
export interface BoardGround {
  readonly board: Board;
  readonly children: readonly ChildDivision[];
  readonly people: object | null;
  readonly flags: readonly FlagLine[] | null;
  readonly policy: CoveragePolicy;
  readonly onboardingPolicy: OnboardingPolicy;
  readonly today: CivilDay;
}

/** When the numbers were computed: to the minute while the year runs, its last day afterwards. */
export function asOfText(ctx: Ctx, board: Pick<Board, 'asOf' | 'computedAt'>, today: CivilDay): string {
  if (board.asOf === null || board.computedAt === null) return '';
  if (ctx.year !== yearOf(today)) return board.asOf;
  return `${dayOf(board.computedAt)} ${timeOf(board.computedAt)}`;
}

/** The definition of the two numbers in words, from the policy in force. */
export function definitionText(ctx: Ctx, policy: CoveragePolicy) {
  const { t } = ctx;
  const statuses = policy.inService.statuses.map((status) => t(`workers.serviceStatus.${status}`)).join(t('coverage.or'));
  const [month = '', day = ''] = policy.graceDate.split('-');
  const tierNames = policy.qualifyingTiers.map((tier) => t(`coverage.tierName.${tier}`)).join(t('coverage.comma'));
  return {
    statuses,
    grace: t('coverage.definition.graceDay', { month: Number(month), day: Number(day) }),
    tiers: tierNames,
    onboarding: t(policy.countsOnboarding ? 'coverage.definition.onboardingCounts' : 'coverage.definition.onboardingNot'),
  };
}

function headlineOf(ctx: Ctx, rollUp: RollUp) {
  const { t } = ctx;
  return {
    label: t('coverage.headline.label'),
    value: showRate(rollUp.trained, rollUp.due) ?? '—',
    unit: rollUp.due === 0 ? '' : '%',
    part: {
      before: t('coverage.headline.trained'),
      text: grouped(rollUp.trained),
      href: listHref(ctx, 'trained'),
      after: t('coverage.person'),
    },
    whole: { before: t('coverage.headline.due'), text: grouped(rollUp.due), href: listHref(ctx, 'due'), after: t('coverage.person') },
    inService: linked(ctx, rollUp.inService, 'inService'),
    exempt: linked(ctx, rollUp.exempt, 'exempt'),
    joinedAfterGrace: linked(ctx, rollUp.joinedAfterGrace, 'joinedAfterGrace'),
  };
}

/** What follows from the headline: where the year will end, and where help is needed. */
function outlookOf(ctx: Ctx, ground: BoardGround) {
  const { rollUp, children: counts } = ground.board;
  const worst = [...ground.children]
    .filter((child) => (counts.get(child.id)?.unarranged ?? 0) > 0)
    .sort((a, b) => (counts.get(b.id)?.unarranged ?? 0) - (counts.get(a.id)?.unarranged ?? 0))
    .slice(0, 3);
  const isOver = yearOf(ground.today) > ctx.year;
  const kind = rollUp.untrained === 0 ? 'ok' : rollUp.unarranged === 0 ? 'info' : 'warn';
  return {
    kind,
    icon: kind === 'warn' ? 'alert-triangle' : 'circle-check',
    isOver,
    end: rateText(rollUp.trained + rollUp.arranged, rollUp.due),
    unarranged: linked(ctx, rollUp.unarranged, 'unarranged'),
    untrained: linked(ctx, rollUp.untrained, 'untrained'),
    mostly:
      worst.length === 0 || worst.length === ground.children.length ? '' : worst.map((child) => child.name).join(ctx.t('coverage.comma')),
  };
}

function statsOf(ctx: Ctx, rollUp: RollUp, children: BoardGround['board']['children']) {
  const { t } = ctx;
  const where = [...children.values()].filter((child) => child.unarranged > 0).length;
  const person = t('coverage.person');
  const stat = (name: 'untrained' | 'arranged' | 'unarranged', note: string) => ({
    label: t(`coverage.stat.${name}`),
    value: grouped(rollUp[name]),
    unit: person,
    note,
    href: listHref(ctx, name),
    tone: name === 'unarranged' && rollUp.unarranged > 0 ? 'bad' : '',
  });
  return [
    stat('untrained', t('coverage.stat.untrainedNote')),
    stat('arranged', t('coverage.stat.arrangedNote')),
    stat('unarranged', where > 0 ? t(`coverage.stat.where.${ctx.area.level}`, { n: where }) : t('coverage.stat.nowhere')),
    {
      label: t('coverage.stat.hoursMet'),
      value: showRate(rollUp.hoursMet, rollUp.due) ?? '—',
      unit: rollUp.due === 0 ? '' : '%',
      note: t('coverage.stat.hoursMetNote', { n: grouped(rollUp.hoursMet) }),
      href: listHref(ctx, 'hoursMet'),
      tone: '',
    },
  ];
}

function onboardingOf(ctx: Ctx, { asked, done, doneLate, open, overdue }: RollUp['onboarding'], policy: OnboardingPolicy) {
  return {
    note: ctx.t('coverage.onboarding.within', { n: policy.withinMonths }),
    href: `/onboarding${queryOf(placeOf(ctx))}`,
    asked: linked(ctx, asked, 'onboarding'),
    done: linked(ctx, done, 'onboardingDone'),
    doneLate: linked(ctx, doneLate, 'onboardingLate'),
    open: linked(ctx, open, 'onboardingOpen'),
    overdue: linked(ctx, overdue, 'onboardingOverdue'),
    bar: inlineBar({ total: asked, done, coming: open, late: overdue }),
  };
}

/** The board of the year for any division. */
export function boardPage(ctx: Ctx, ground: BoardGround) {
  const { t } = ctx;
  const { rollUp, children } = ground.board;
  const daysLeft = daysBetween(ground.today, lastDayOf(ctx.year));
  const place = queryOf(placeOf(ctx));
  return {
    title: t('coverage.board.title', { area: ctx.area.name, year: ctx.year }),
    crumbs: coverageCrumbs(ctx, null),
    facts:
      ground.board.asOf === null
        ? t('coverage.board.notYet', { year: ctx.year })
        : t('coverage.board.facts', { asOf: asOfText(ctx, ground.board, ground.today) }),
    hasNumbers: ground.board.asOf !== null,
    sheetHref: ground.people === null ? `/coverage/sheet${place}` : null,
    exportHref: `/coverage/people/export${queryOf({ ...placeOf(ctx), show: 'due' })}`,
    daysHref: `/coverage/days${place}`,
    policiesHref: ctx.can('policy.read') ? `/policies${place}` : null,
    headline: headlineOf(ctx, rollUp),
    meaning: definitionText(ctx, ground.policy),
    outlook: outlookOf(ctx, ground),
    daysLeft: daysLeft >= 0 && yearOf(ground.today) === ctx.year ? t('coverage.board.daysLeft', { n: daysLeft }) : '',
    path: pathChart(ctx, rollUp, ground.today),
    stats: statsOf(ctx, rollUp, children),
    childrenTitle: t(`coverage.children.${ctx.area.level}`),
    childHead: t(`coverage.childHead.${ctx.area.level}`),
    lines: childLines(ctx, ground.children, children),
    total: divisionLine(ctx, rollUp, { name: ctx.area.name, areaCode: ctx.area.code, isLink: false }),
    people: ground.people,
    tiers: tierLines(ctx, rollUp, ground.policy),
    postClasses: postClassLines(ctx, rollUp),
    months: monthChart(ctx, rollUp, ground.today),
    onboarding: onboardingOf(ctx, rollUp.onboarding, ground.onboardingPolicy),
    flags: ground.flags,
    flagsTotal: (ground.flags ?? []).reduce((sum, line) => sum + line.total.value, 0),
    flagsHref: `/flags${place}`,
  };
}
