import type { Ctx } from '../platform/http/context.js';
import { choices } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import type { SheetTable } from '../platform/files/xlsxWriter.js';
import { levels } from '../certificates/level.rules.js';
import { addressWith, crumbsOf, kept, placeAt, placeLine, type NamedPlace } from '../workers/words.pages.js';
import { attemptBadge, outlookOf } from './card.pages.js';
import type { ExamJudgement } from './standings.service.js';
import type { ExamState } from './counts.rules.js';
import type { ExamFilter, WorkerExam } from './standings.store.js';

/** Saved filters of the list: those of a year that is over, and those of the exam to come. */
export const yearTabs = ['sat', 'qualified', 'partial', 'failed'] as const satisfies readonly ExamState[];
export const comingTabs = ['lastChance', 'notEntered', 'entered', 'lapsed', 'unknownEducation'] as const satisfies readonly ExamState[];

/** Everything that the list prints. */
export interface ExamList {
  readonly filter: ExamFilter & { readonly state: ExamState };
  readonly nextExam: number;
  readonly paging: Paging;
  readonly slice: Slice<WorkerExam>;
  readonly counts: ReadonlyMap<ExamState, number>;
  readonly judged: ReadonlyMap<string, ExamJudgement>;
  readonly places: ReadonlyMap<string, NamedPlace>;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly division: { readonly areaCode: string; readonly name: string } | null;
}

/** Exams and results: who sat, who may sit next, whose passes are about to die. */
export function examsPage(ctx: Ctx, list: ExamList) {
  const { t } = ctx;
  const { filter, slice } = list;
  const at = { year: filter.year, next: list.nextExam };
  const levelOptions = levels.map((value) => ({ value, label: t(`certificates.level.${value}`) }));
  return {
    title: t('exams.title'),
    crumbs: crumbsOf(ctx, { href: null, label: t('exams.title') }),
    facts: t('exams.facts', { area: ctx.area.name, ...at }),
    newHref: ctx.can('exam.record') ? kept(ctx, '/exams/new') : null,
    exportHref: slice.total > 0 ? addressWith(ctx, '/exams/export', {}) : null,
    tabs: tabsOf(ctx, list),
    note: t(`exams.stateNote.${filter.state}`, at),
    state: filter.state,
    ...filtersOf(ctx, list, levelOptions),
    canEnter: ctx.can('exam.record') && filter.state === 'notEntered',
    enterLabel: t('exams.action.enter', { year: list.nextExam }),
    enterLevels: choices(levelOptions, filter.level ?? 'ASSISTANT'),
    nextHead: t('exams.column.next', { year: list.nextExam }),
    yearHead: isComing(filter.state) ? t('exams.column.results') : t('exams.column.yearResults', { year: filter.year }),
    rows: slice.rows.map((row) => rowModel(ctx, row, list)),
    pager: pagerModel(list.paging, slice.total),
    emptyTitle: isNarrowed(list) ? t('exams.noMatch') : t(`exams.empty.${filter.state}`, at),
    emptyText: t('exams.emptyText', { area: list.division?.name ?? ctx.area.name }),
    clearHref: kept(ctx, '/exams'),
  };
}

/** Whether anything but the tab keeps people out. */
function isNarrowed({ filter, division }: ExamList): boolean {
  return filter.search !== undefined || filter.level !== undefined || division !== null;
}

function isComing(state: ExamState): boolean {
  return (comingTabs as readonly ExamState[]).includes(state);
}

function tabsOf(ctx: Ctx, list: ExamList) {
  return [...yearTabs, ...comingTabs].map((state) => ({
    href: addressWith(ctx, '/exams', { state }),
    label: ctx.t(`exams.state.${state}`),
    count: list.counts.get(state) ?? 0,
    current: state === list.filter.state,
  }));
}

function filtersOf(ctx: Ctx, list: ExamList, levelOptions: readonly { value: string; label: string }[]) {
  const { filter, division } = list;
  const chips = [
    { name: 'q', label: filter.search ?? '' },
    { name: 'division', label: division?.name ?? '' },
    { name: 'level', label: levelOptions.find((one) => one.value === filter.level)?.label ?? '' },
  ];
  return {
    search: filter.search ?? '',
    divisions: choices(list.options, division?.areaCode ?? ''),
    levels: choices(levelOptions, filter.level ?? ''),
    chips: chips
      .filter((chip) => chip.label !== '')
      .map(({ name, label }) => ({ label, href: addressWith(ctx, '/exams', { [name]: '' }) })),
  };
}

/** The results that a row shows: of the year that is asked for, or of the level the person is on the way to. */
function attemptsShown(judged: ExamJudgement | undefined, list: ExamList) {
  const all = judged?.attempts ?? [];
  if (!isComing(list.filter.state)) return all.filter((attempt) => attempt.year === list.filter.year);
  const lastYear = Math.max(0, ...all.map((attempt) => attempt.year));
  return all.filter((attempt) => attempt.year === lastYear);
}

function rowModel(ctx: Ctx, row: WorkerExam, list: ExamList) {
  const { t } = ctx;
  const judged = list.judged.get(row.workerId);
  const worker = judged?.facts.worker;
  return {
    id: row.workerId,
    href: ctx.can('worker.read') ? kept(ctx, `/workers/${row.workerId}`) : kept(ctx, `/exams/people/${row.workerId}`),
    name: row.name,
    community: placeAt(row.divisionPath, list.places, 'community'),
    above: [placeAt(row.divisionPath, list.places, 'county'), placeAt(row.divisionPath, list.places, 'township')]
      .filter((name) => name !== '')
      .join(' '),
    level: row.level === null ? t('exams.noLevel') : t(`certificates.level.${row.level}`),
    study: worker?.education
      ? t(`workers.educationLevel.${worker.education}`) + (worker.isSocialWorkMajor ? t('exams.socialWork') : '')
      : t('exams.noEducation'),
    results: attemptsShown(judged, list).map((attempt) => ({
      href: `/exams/attempts/${attempt.id}`,
      text: `${t(`exams.subject.${attempt.subject}`)} ${attempt.score === null ? '' : String(attempt.score)}`.trim(),
      badge: attemptBadge(t, attempt),
    })),
    next: nextText(ctx, row, judged),
    entered: row.entered.map((level) => t(`certificates.level.${level}`)).join(t('exams.and')),
  };
}

/** What the coming exam asks of a person, or when the person may sit. */
function nextText(ctx: Ctx, row: WorkerExam, judged: ExamJudgement | undefined): string {
  const { t } = ctx;
  if (judged === undefined || judged.aim === null) return t('exams.allHeld');
  const standing = judged.standings[judged.aim];
  if (standing.kind === 'QUALIFIED' || standing.carried.length > 0 || standing.lapsed.length > 0) return outlookOf(t, judged, judged.aim);
  if (row.eligible.length > 0)
    return t('exams.mayEnter', { levels: row.eligible.map((level) => t(`certificates.level.${level}`)).join(t('exams.and')) });
  const next = row.earliest.find((one) => row.level === null || levels.indexOf(one.level) > levels.indexOf(row.level));
  return next === undefined
    ? t('exams.eligibility.never')
    : t('exams.mayEnterFrom', { level: t(`certificates.level.${next.level}`), year: next.year });
}

/** The list as a workbook. */
export function examsSheet(ctx: Ctx, list: ExamList): SheetTable {
  const { t } = ctx;
  const heads = ['no', 'place', 'name', 'level', 'study', 'results', 'next', 'entered'];
  const title = t('exams.export.title', {
    area: list.division?.name ?? ctx.area.name,
    year: isComing(list.filter.state) ? list.nextExam : list.filter.year,
    state: t(`exams.state.${list.filter.state}`),
  });
  return {
    name: t('exams.title'),
    title,
    notes: [t('exams.export.note', { by: ctx.actor.name, total: list.slice.total })],
    headers: [heads.map((head) => ({ text: t(`exams.export.${head}`) }))],
    columns: [6, 34, 12, 18, 18, 44, 40, 18].map((width) => ({ width })),
    rows: list.slice.rows.map((row, index) => {
      const model = rowModel(ctx, row, list);
      const results = model.results.map((one) => `${one.text} ${one.badge.label}`).join(t('exams.and'));
      return [index + 1, placeLine(row.divisionPath, list.places), row.name, model.level, model.study, results, model.next, model.entered];
    }),
  };
}
