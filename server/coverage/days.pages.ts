import type { CivilDay } from '../platform/civilDays.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { pathChart, type ChartModel } from './boardChart.pages.js';
import { divisionLine, rateText, type ChildDivision } from './boardTables.pages.js';
import { showRate } from './coverage.rules.js';
import type { Board } from './coverage.service.js';
import type { DivisionDay } from './divisionYears.store.js';
import { coverageCrumbs, placeOf, queryOf } from './links.pages.js';
import { emptyRollUp, type RollUp } from './rollup.rules.js';

/** What papers of a board are made from. */
export interface PaperGround {
  readonly board: Board;
  readonly children: readonly ChildDivision[];
  readonly asOf: string;
}

/** How a division stood on past days: kept counts, whose persons were not kept. */
export function daysPage(ctx: Ctx, slice: Slice<DivisionDay>, at: { paging: Paging; day: string }) {
  const { t } = ctx;
  return {
    title: t('coverage.days.title', { area: ctx.area.name, year: ctx.year }),
    crumbs: coverageCrumbs(ctx, t('coverage.days.crumb')),
    facts: t('coverage.days.facts'),
    day: at.day,
    rows: slice.rows.map(({ day, rollUp }) => ({
      day,
      due: rollUp.due,
      trained: rollUp.trained,
      untrained: rollUp.untrained,
      unarranged: rollUp.unarranged,
      exempt: rollUp.exempt,
      rate: rateText(rollUp.trained, rollUp.due),
      onboardingDone: rollUp.onboarding.done,
      onboardingAsked: rollUp.onboarding.asked,
    })),
    pager: pagerModel(at.paging, slice.total),
    boardHref: `/coverage${queryOf(placeOf(ctx))}`,
  };
}

/** The A4 sheet of a board, in the order of division codes as an office files it. */
export function paperPage(
  ctx: Ctx,
  ground: PaperGround & { definition: { statuses: string; grace: string; tiers: string; onboarding: string }; today: CivilDay },
) {
  const { t } = ctx;
  const { rollUp } = ground.board;
  const path: ChartModel = pathChart(ctx, rollUp, ground.today);
  const lines = ground.children.map((child) =>
    divisionLine(ctx, ground.board.children.get(child.id) ?? emptyRollUp, { name: child.name, areaCode: child.areaCode, isLink: false }),
  );
  return {
    title: t('coverage.paper.title', { area: ctx.area.name, year: ctx.year }),
    crumbs: coverageCrumbs(ctx, t('coverage.paper.crumb')).filter((_, index) => index > 0),
    unit: ctx.area.name,
    asOf: ground.asOf,
    heading: t(`coverage.childHead.${ctx.area.level}`),
    lines: lines.map((line) => ({ ...line, rate: line.rate.replace('%', '') })),
    total: {
      ...divisionLine(ctx, rollUp, { name: '', areaCode: ctx.area.code, isLink: false }),
      rate: showRate(rollUp.trained, rollUp.due) ?? '—',
    },
    inService: rollUp.inService,
    exempt: rollUp.exempt,
    joinedAfterGrace: rollUp.joinedAfterGrace,
    definition: ground.definition,
    path,
    filler: ctx.actor.name,
    filledOn: ground.today,
  };
}

function sheetRow(name: string, rollUp: RollUp): (string | number)[] {
  const { due, trained, untrained, arranged, unarranged, exempt, joinedAfterGrace, hoursMet, onboarding } = rollUp;
  const rate = showRate(trained, due);
  return [
    name,
    due,
    trained,
    rate === null ? '—' : Number(rate),
    untrained,
    arranged,
    unarranged,
    exempt,
    joinedAfterGrace,
    hoursMet,
    onboarding.asked,
    onboarding.done,
  ];
}

/** The board's table as a workbook. */
export function boardSheet(ctx: Ctx, ground: PaperGround): SheetTable {
  const { t } = ctx;
  const heads = [
    'name',
    'due',
    'trained',
    'rate',
    'untrained',
    'arranged',
    'unarranged',
    'exempt',
    'joinedAfterGrace',
    'hoursMet',
    'onboardingAsked',
    'onboardingDone',
  ];
  const number = { width: 10, align: 'right', format: '0' } as const;
  return {
    name: t('coverage.paper.crumb'),
    title: t('coverage.paper.title', { area: ctx.area.name, year: ctx.year }),
    notes: [t('coverage.paper.note', { asOf: ground.asOf, by: ctx.actor.name })],
    headers: [heads.map((head) => ({ text: t(`coverage.paper.${head}`) }))],
    columns: [{ width: 18 }, number, number, { width: 10, align: 'right', format: '0.0' }, ...Array.from({ length: 8 }, () => number)],
    rows: ground.children.map((child) => sheetRow(child.name, ground.board.children.get(child.id) ?? emptyRollUp)),
    totals: [sheetRow(t('coverage.paper.total'), ground.board.rollUp)],
  };
}
