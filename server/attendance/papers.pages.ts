import type { CivilDay } from '../platform/civilDays.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import type { Enrolment } from '../trainings/trainingClass.rules.js';
import { classFacts, slotWords } from '../trainings/words.pages.js';
import { kept } from '../workers/words.pages.js';
import { personRow, ruleWords } from './closing.pages.js';
import type { ClosingView, Judged } from './closing.service.js';
import { attendanceProblems } from './completion.rules.js';
import type { Roll } from './rolls.service.js';

const rowsPerBlock = 25;
const blocksPerPage = 2;
const perPage = rowsPerBlock * blocksPerPage;

/** 签到表: two blocks of 25 rows a page, a page more when there are more people (documents.md §2.1). */
export function signInSheetPage(ctx: Ctx, roll: Roll) {
  const { t } = ctx;
  const { trainingClass: of, session, places } = roll;
  const pages = Math.max(1, Math.ceil(places.length / perPage));
  return {
    title: t('attendance.sheet.title', { name: of.name }),
    crumbs: [
      { href: kept(ctx, `/classes/${of.id}`), label: of.name },
      { href: null, label: '' },
    ],
    facts: [
      { label: t('attendance.sheet.time'), text: `${session.slot.slice(0, 5)}${slotWords(t, session.slot)}` },
      { label: t('attendance.sheet.topic'), text: session.title },
      { label: t('attendance.sheet.lecturer'), text: session.lecturer },
      { label: t('attendance.sheet.place'), text: of.place },
    ].filter((fact) => fact.text !== ''),
    code: t('attendance.sheet.code', { code: session.id }),
    expected: places.length,
    blocks: Array.from({ length: blocksPerPage }, (_, block) => block),
    sheets: Array.from({ length: pages }, (_, index) => ({
      page: t('attendance.sheet.page', { page: index + 1, pages }),
      isLast: index === pages - 1,
      rows: Array.from({ length: rowsPerBlock }, (_row, row) =>
        Array.from({ length: blocksPerPage }, (_block, block) => cell(ctx, places, index * perPage + block * rowsPerBlock + row)),
      ),
    })),
  };
}

/** An empty line keeps its number, for who comes without being listed. */
function cell(ctx: Ctx, places: readonly Enrolment[], number: number) {
  const place = places[number];
  return {
    number: number + 1,
    name: place?.name ?? '',
    unit: place === undefined ? '' : `${place.unitText} ${ctx.t(`workers.post.${place.post}`)}`,
  };
}

const columns = [
  'no',
  'name',
  'unit',
  'expected',
  'attended',
  'late',
  'leftEarly',
  'leave',
  'absent',
  'leaveShare',
  'rate',
  'hours',
  'completion',
  'note',
] as const;

const share = (part: number, of: number): string => (of === 0 ? '—' : `${((part / of) * 100).toFixed(1)}%`);

/** One line of 考勤统计表; the share of leave is red when it is over what the rule allows. */
function statisticsRow(ctx: Ctx, view: ClosingView, one: Judged, no: number) {
  const { summary, ...row } = personRow(ctx, view, one);
  const isOver = attendanceProblems(summary, view.policy).some(
    (problem) => problem.kind === 'LEAVE_OVER_SHARE' || problem.kind === 'LEAVE_OVER_HALF_DAYS',
  );
  return {
    ...row,
    no,
    unit: `${row.unit} ${row.post}`,
    expected: summary.halfDays,
    attended: summary.attendedHalfDays,
    late: summary.lateTimes,
    leftEarly: summary.leftEarlyTimes,
    leave: summary.leaveHalfDays,
    absent: summary.absentHalfDays,
    leaveShare: share(summary.leaveMinutes, summary.totalMinutes),
    isOver,
    rate: share(summary.attendedHalfDays, summary.halfDays),
    completion: row.badge.label,
  };
}

/** 考勤统计表 (documents.md §2.3) as a page for print. */
export function statisticsPage(ctx: Ctx, view: ClosingView, today: CivilDay) {
  const of = view.trainingClass;
  const { t } = ctx;
  const rows = view.people.map((one, index) => statisticsRow(ctx, view, one, index + 1));
  return {
    title: t('attendance.statistics.of', { name: of.name }),
    crumbs: [
      { href: kept(ctx, `/classes/${of.id}/completion`), label: of.name },
      { href: null, label: '' },
    ],
    exportHref: kept(ctx, `/classes/${of.id}/attendance/export`),
    organiser: of.organiser,
    today,
    facts: classFacts(t, of),
    rule: t('attendance.statistics.rule', { rule: ruleWords(ctx, view) }),
    heads: columns.map((key) => t(`attendance.statistics.${key}`)),
    rows,
    filler: of.teacherName,
    foot: t('shell.product'),
  };
}

/** The same as a workbook. */
export function statisticsSheet(ctx: Ctx, view: ClosingView, today: CivilDay): SheetTable {
  const model = statisticsPage(ctx, view, today);
  const number = { width: 8, align: 'right' } as const;
  return {
    name: ctx.t('attendance.statistics.title'),
    title: model.title,
    notes: [[model.organiser, model.facts, today].join(' · '), model.rule],
    headers: [model.heads.map((text) => ({ text }))],
    columns: [
      { width: 6 },
      { width: 10 },
      { width: 30 },
      number,
      number,
      number,
      number,
      number,
      number,
      { ...number, width: 12 },
      { ...number, width: 9 },
      { ...number, width: 9 },
      { width: 10 },
      { width: 44 },
    ],
    rows: model.rows.map((row) => [
      row.no,
      row.name,
      row.unit,
      row.expected,
      row.attended,
      row.late,
      row.leftEarly,
      row.leave,
      row.absent,
      row.leaveShare,
      row.rate,
      Number(row.hours),
      row.completion,
      row.why,
    ]),
  };
}
