import { dayOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import { kept } from '../workers/words.pages.js';
import { isActive } from './enrolment.rules.js';
import { slotDay, slotHalf } from './slots.rules.js';
import type { Enrolment, TrainingClass } from './trainingClass.rules.js';
import { longDay, noticeSections, papers, plainDay, plainSpan, type Paper } from './noticeText.pages.js';
import { datesWords, hoursWords } from './words.pages.js';

/** What the notice is made from. */
export interface NoticeFacts {
  readonly of: TrainingClass;
  readonly today: CivilDay;
  /** Places that the account sees. */
  readonly places: readonly Enrolment[];
  readonly divisions: readonly { readonly id: string; readonly name: string }[];
  /** Active places of each quota, whoever's people: numbers only. */
  readonly used: ReadonlyMap<string | null, number>;
  readonly leaveHalfDays: number;
  readonly qualifies: boolean;
}

/** States of a class whose notice must not be taken for one that holds. */
const marked = ['DRAFT', 'POSTPONED', 'CANCELLED'] as const;

/** People with a confirmed place, by division and pinyin. */
function listed(at: NoticeFacts): Enrolment[] {
  const order = new Map(at.divisions.map((one, index) => [one.id, index]));
  const rank = (place: Enrolment): number => order.get(place.quotaDivisionId ?? '') ?? at.divisions.length;
  const confirmed = at.places.filter((place) => isActive(place.state) && place.state !== 'NOMINATED');
  return [...confirmed].sort((a, b) => rank(a) - rank(b) || (a.sortPinyin < b.sortPinyin ? -1 : 1));
}

/** Numbers of the papers: a reference can never name another number than the paper bears (documents.md §1.3 a). */
function numbered(at: NoticeFacts): ReadonlyMap<Paper, number> {
  const there: Record<Paper, boolean> = {
    quota: at.of.quotas.length > 0,
    list: listed(at).length > 0,
    timetable: at.of.sessions.length > 0,
  };
  return new Map(papers.filter((paper) => there[paper]).map((paper, index) => [paper, index + 1]));
}

/** The notice with its papers, to be printed on A4 (documents.md §1.3). */
export function noticePage(ctx: Ctx, at: NoticeFacts) {
  const { t } = ctx;
  const { of } = at;
  const numbers = numbered(at);
  const title = t('trainings.notice.title');
  const people = listed(at);
  const head = (paper: Paper): string => (numbers.has(paper) ? t('trainings.notice.attachment', { n: numbers.get(paper) }) : '');
  return {
    title,
    crumbs: [
      { href: kept(ctx, `/classes/${of.id}`), label: of.name },
      { href: null, label: title },
    ],
    exportHref: kept(ctx, `/classes/${of.id}/notice/export`),
    docTitle: t('trainings.notice.docTitle', { name: of.name }),
    number: of.noticeNo,
    mark: marked.some((state) => state === of.state) ? t(`trainings.notice.mark.${of.state}`) : '',
    to:
      at.divisions.length === 0
        ? t('trainings.notice.to')
        : t('trainings.notice.toDivisions', { names: at.divisions.map((one) => one.name).join('、') }),
    basis: t('trainings.notice.basis', { year: of.year, span: plainSpan(ctx, of), name: of.name }),
    sections: noticeSections(ctx, at, numbers),
    attachments: [...numbers].map(([paper, n]) => t('trainings.notice.attachmentLine', { n, title: t(`trainings.notice.${paper}Title`) })),
    sign: of.organiser,
    signDay: plainDay(ctx, of.publishedAt === null ? at.today : dayOf(of.publishedAt)),
    foot: of.noticeNo === '' ? t('shell.product') : t('trainings.notice.number', { no: of.noticeNo }),
    quota: numbers.has('quota') ? { head: head('quota'), rows: quotaRows(at), total: of.capacity, used: of.takenSeats } : null,
    list: numbers.has('list')
      ? {
          head: head('list'),
          note: listNote(ctx, at, people.length),
          rows: people.map((place, index) => ({
            number: index + 1,
            name: place.name,
            unit: place.unitText,
            post: t(`workers.post.${place.post}`),
          })),
        }
      : null,
    timetable: numbers.has('timetable') ? { head: head('timetable'), rows: timetableRows(ctx, of) } : null,
  };
}

function quotaRows(at: NoticeFacts) {
  return at.divisions.map(({ id, name }, index) => ({
    number: index + 1,
    name,
    seats: at.of.quotas.find((quota) => quota.divisionId === id)?.seats ?? 0,
    used: at.used.get(id) ?? 0,
  }));
}

function timetableRows(ctx: Ctx, of: TrainingClass) {
  const { t } = ctx;
  return of.sessions.map((session) => ({
    day: longDay(ctx, slotDay(session.slot)),
    half: t(`trainings.half.${slotHalf(session.slot)}`),
    title: session.title,
    form: t(`trainings.sessionForm.${session.form}`),
    lecturer: session.lecturer,
    hours: session.counted ? hoursWords(session.creditMinutes) : '—',
  }));
}

function listNote(ctx: Ctx, at: NoticeFacts, n: number): string {
  return ctx.t('trainings.notice.listNote', { span: datesWords(ctx.t, at.of), place: at.of.place === '' ? '—' : at.of.place, n });
}

/** Name list and seats as one workbook. */
export function noticeSheets(ctx: Ctx, at: NoticeFacts): SheetTable[] {
  const { t } = ctx;
  const { of } = at;
  const people = listed(at);
  const head = (...keys: string[]) => [keys.map((key) => ({ text: t(key) }))];
  const list: SheetTable = {
    name: t('trainings.notice.listTitle'),
    title: `${of.name}${t('trainings.notice.listTitle')}`,
    notes: [listNote(ctx, at, people.length)],
    headers: head(
      'trainings.notice.no',
      'trainings.field.person',
      'trainings.field.unit',
      'trainings.field.post',
      'trainings.field.postClass',
      'trainings.notice.note',
    ),
    columns: [6, 12, 36, 20, 10, 24].map((width) => ({ width })),
    rows: people.map((place, index) => [
      index + 1,
      place.name,
      place.unitText,
      t(`workers.post.${place.post}`),
      t(`workers.postClass.${place.postClass}`),
      '',
    ]),
  };
  if (of.quotas.length === 0) return [list];
  const rows = quotaRows(at);
  const quota: SheetTable = {
    name: t('trainings.notice.quotaTitle'),
    title: `${of.name}${t('trainings.notice.quotaTitle')}`,
    notes: [t('trainings.notice.quotaNote', { n: of.capacity })],
    headers: head(
      'trainings.notice.no',
      'trainings.notice.division',
      'trainings.notice.quota',
      'trainings.notice.used',
      'trainings.notice.note',
    ),
    columns: [6, 20, 12, 12, 24].map((width) => ({ width })),
    rows: rows.map((row) => [row.number, row.name, row.seats, row.used, '']),
    totals: [[t('trainings.total'), null, of.capacity, of.takenSeats, null]],
  };
  return [list, quota];
}
