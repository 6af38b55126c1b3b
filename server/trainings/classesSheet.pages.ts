import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { SheetTable, SheetValue } from '../platform/files/xlsxWriter.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { daysWords, hoursWords, stageBadge } from './words.pages.js';

interface Column {
  /** Of `trainings.field`. */
  readonly head: string;
  readonly width: number;
  readonly value: (of: TrainingClass, ctx: Ctx, today: CivilDay) => SheetValue;
}

/** The columns of the year plan (documents.md §1.1) that the product keeps, with what became of it. */
const columns: readonly Column[] = [
  { head: 'name', width: 36, value: (of) => of.name },
  { head: 'tier', width: 8, value: (of, { t }) => t(`trainings.tier.${of.tier}`).trim() },
  { head: 'purpose', width: 10, value: (of, { t }) => t(`trainings.purpose.${of.purpose}`) },
  { head: 'audience', width: 24, value: (of, { t }) => of.audienceGroups.map((group) => t(`workers.audienceGroup.${group}`)).join('、') },
  { head: 'capacity', width: 8, value: (of) => of.capacity },
  { head: 'taken', width: 8, value: (of) => of.takenSeats },
  { head: 'days', width: 8, value: (of) => Number(daysWords(of)) },
  { head: 'hours', width: 8, value: (of) => Number(hoursWords(of.creditMinutes)) },
  { head: 'firstDay', width: 12, value: (of) => of.firstDay },
  { head: 'lastDay', width: 12, value: (of) => of.lastDay },
  { head: 'place', width: 26, value: (of) => of.place },
  { head: 'organiser', width: 20, value: (of) => of.organiser },
  { head: 'institution', width: 20, value: (of) => of.institution },
  { head: 'teacher', width: 10, value: (of) => of.teacherName },
  { head: 'state', width: 12, value: (of, { t }, today) => stageBadge(t, of, today).label },
  { head: 'noticeNo', width: 20, value: (of) => of.noticeNo },
];

/** The list as a workbook. */
export function classesSheet(ctx: Ctx, rows: readonly TrainingClass[], today: CivilDay): SheetTable {
  const { t } = ctx;
  const sums: Partial<Record<string, SheetValue>> = {
    name: t('trainings.export.classes', { n: rows.length }),
    capacity: rows.reduce((sum, of) => sum + of.capacity, 0),
    taken: rows.reduce((sum, of) => sum + of.takenSeats, 0),
  };
  return {
    name: t('trainings.export.sheet'),
    title: t('trainings.export.title', { area: ctx.area.name, year: ctx.year }),
    notes: [t('trainings.export.note', { day: today, by: ctx.actor.name, n: rows.length })],
    headers: [['no', ...columns.map((column) => column.head)].map((head) => ({ text: t(`trainings.field.${head}`) }))],
    columns: [{ width: 6 }, ...columns.map(({ width }) => ({ width }))],
    rows: rows.map((of, index) => [index + 1, ...columns.map((column) => column.value(of, ctx, today))]),
    totals: [[t('trainings.total'), ...columns.map((column) => sums[column.head] ?? null)]],
  };
}
