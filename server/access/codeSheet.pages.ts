import type { Deps } from '../wiring.js';
import { dayOf, type CivilDay } from '../platform/civilDays.js';
import { param, signedIn, type Ctx } from '../platform/http/context.js';
import { page, type Reply } from '../platform/http/reply.js';
import type { Places } from './accounts.pages.js';
import type { CodeSheet } from './codes.service.js';

/** The answer that shows a sheet of codes, once; afterwards a page that says so. */
export async function showSheet(deps: Pick<Deps, 'codes' | 'divisionsStore' | 'clock'>, ctx: Ctx, back: string): Promise<Reply> {
  const sheet = await deps.codes.takeSheet(param(ctx, 'sheet'), signedIn(ctx).id);
  if (sheet === null) return page('access/sheetGone', sheetGonePage(ctx, back), 404);
  const places = await deps.divisionsStore.names(sheet.lines.map((line) => line.divisionId));
  return page('access/sheet', codeSheetPage(ctx, sheet, { places, back, today: deps.clock.today() }));
}

function sheetGonePage(ctx: Ctx, back: string) {
  const title = ctx.t('access.sheet.goneTitle');
  return {
    title,
    crumbs: [
      { href: back, label: ctx.t('access.sheet.back') },
      { href: null, label: title },
    ],
    back,
  };
}

/** The sheet of codes on A4, shown once. */
function codeSheetPage(ctx: Ctx, sheet: CodeSheet, at: { places: Places; back: string; today: CivilDay }) {
  const title = ctx.t('access.sheet.title');
  return {
    title,
    crumbs: [
      { href: at.back, label: ctx.t('access.sheet.back') },
      { href: null, label: title },
    ],
    unit: ctx.t('access.sheet.unit', { unit: ctx.area.name }),
    issued: ctx.t('access.sheet.issued', { day: at.today }),
    until: ctx.t('access.sheet.until', { day: dayOf(sheet.expiresAt), n: sheet.lines.length }),
    once: ctx.t('access.sheet.once'),
    steps: [1, 2, 3].map((step) => ctx.t(`access.sheet.step${String(step)}`)),
    lines: sheet.lines.map((line, index) => ({
      number: index + 1,
      name: line.name,
      place: at.places.get(line.divisionId) ?? '',
      login: line.loginName ?? ctx.t('access.codes.byPhone'),
      code: `${line.code.slice(0, 4)} ${line.code.slice(4)}`,
    })),
  };
}
