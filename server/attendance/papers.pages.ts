import type { CivilDay } from '../platform/civilDays.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { slotWords } from '../trainings/words.pages.js';
import type { ClosingView } from './closing.service.js';
import { closingPage } from './closing.pages.js';
import type { Roll } from './rollCall.service.js';

const rowsPerBlock = 25;
const blocksPerPage = 2;

/** 签到表: two blocks of 25 rows a page, a page more when there are more people (documents.md §2.1). */
export function signInSheetPage(ctx: Ctx, roll: Roll) {
  const { trainingClass: of, session, places } = roll;
  const perPage = rowsPerBlock * blocksPerPage;
  const pages = Math.max(1, Math.ceil(places.length / perPage));
  return {
    title: ctx.t('attendance.sheet.title', { name: of.name }),
    crumbs: [{ href: `/classes/${of.id}`, label: of.name }, { href: null, label: '' }],
    facts: [slotWords(ctx.t, session.slot), session.title, session.lecturer, of.place].filter((part) => part !== '').join(' · '),
    code: ctx.t('attendance.sheet.code', { code: session.id.slice(-8).toUpperCase() }),
    expected: places.length,
    sheets: Array.from({ length: pages }, (_, index) => ({
      page: ctx.t('attendance.sheet.page', { page: index + 1, pages }),
      rows: Array.from({ length: rowsPerBlock }, (_row, row) => Array.from({ length: blocksPerPage }, (_block, block) => {
        const number = index * perPage + block * rowsPerBlock + row;
        const place = places[number];
        return { number: place === undefined ? '' : String(number + 1), name: place?.name ?? '', unit: place === undefined ? '' : `${place.unitText} ${ctx.t(`workers.post.${place.post}`)}` };
      })),
    })),
  };
}

const columns = ['no', 'name', 'unit', 'expected', 'attended', 'late', 'leave', 'absent', 'rate', 'hours', 'completion', 'note'] as const;

function statisticsRows(ctx: Ctx, view: ClosingView) {
  return closingPage(ctx, view, []).people.map((one, index) => ({
    ...one,
    no: index + 1,
    rate: one.halfDays === 0 ? '—' : `${((one.attended / one.halfDays) * 100).toFixed(1)}%`,
    completion: one.badge.label,
  }));
}

/** 考勤统计表 (documents.md §2.3) as a page for print. */
export function statisticsPage(ctx: Ctx, view: ClosingView, today: CivilDay) {
  const of = view.trainingClass;
  return {
    title: `${of.name} ${ctx.t('attendance.statistics.title')}`,
    crumbs: [{ href: `/classes/${of.id}`, label: of.name }, { href: null, label: '' }],
    exportHref: `/classes/${of.id}/attendance/export`,
    organiser: of.organiser,
    today,
    rule: closingPage(ctx, view, []).rule,
    heads: columns.map((key) => ctx.t(`attendance.statistics.${key}`)),
    rows: statisticsRows(ctx, view),
  };
}

/** The same as a workbook. */
export function statisticsSheet(ctx: Ctx, view: ClosingView, today: CivilDay): SheetTable {
  const model = statisticsPage(ctx, view, today);
  return {
    name: ctx.t('attendance.statistics.title'),
    title: model.title,
    notes: [`${model.organiser}　${today}`, model.rule],
    headers: [model.heads.map((text) => ({ text }))],
    columns: [{ width: 6 }, { width: 10 }, { width: 26 }, ...Array.from({ length: 6 }, () => ({ width: 8, align: 'right' as const })), { width: 9, align: 'right' as const }, { width: 10 }, { width: 40 }],
    rows: model.rows.map((row) => [row.no, row.name, row.unit, row.halfDays, row.attended, row.late, row.leave, row.absent, row.rate, Number(row.hours), row.completion, row.why]),
  };
}
