import type { SheetTable } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { choices } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { showHours } from '../attendance/hours.rules.js';
import { postClasses } from '../workers/posts.rules.js';
import { placeAt, type Badge, type NamedPlace } from '../workers/words.pages.js';
import type { Worker } from '../workers/worker.rules.js';
import type { Coverage } from './coverage.rules.js';
import { coverageCrumbs, placeOf, queryOf } from './links.pages.js';
import type { Onboarding } from './onboarding.rules.js';
import type { WorkerYearRow } from './people.rules.js';
import type { PeopleQuestion } from './question.pages.js';

/** What rows are printed with: the people, the places and the classes that their years name. */
export interface PeopleNames {
  readonly workers: ReadonlyMap<string, Worker>;
  readonly places: ReadonlyMap<string, NamedPlace & { readonly path: readonly string[] }>;
  readonly classes: ReadonlyMap<string, string>;
}

/** The badge of a standing: one word for one state everywhere. */
export function coverageBadge(ctx: Pick<Ctx, 't'>, coverage: Coverage): Badge {
  const say = (kind: Badge['kind'], icon: string, key: string): Badge => ({ kind, icon, label: ctx.t(`coverage.badge.${key}`) });
  switch (coverage.kind) {
    case 'TRAINED':
      return say('ok', 'circle-check', 'trained');
    case 'UNTRAINED':
      return coverage.arranged === null ? say('bad', 'ban', 'unarranged') : say('info', 'calendar-event', 'arranged');
    case 'EXEMPT':
      return say('calm', 'clock', 'exempt');
    case 'JOINED_AFTER_GRACE':
      return say('calm', 'user-plus', 'joinedAfterGrace');
    case 'NOT_IN_SERVICE':
      return say('line', 'logout', 'notInService');
  }
}

/** What the standing rests on, in one sentence. */
export function coverageEvidence(ctx: Pick<Ctx, 't'>, coverage: Coverage, classes: PeopleNames['classes']): string {
  const named = (classId: string): string => classes.get(classId) ?? ctx.t('coverage.evidence.someClass');
  switch (coverage.kind) {
    case 'TRAINED':
      return ctx.t('coverage.evidence.trained', { day: coverage.completedOn.slice(5), name: named(coverage.classId) });
    case 'UNTRAINED':
      return coverage.arranged === null
        ? ctx.t('coverage.evidence.nothing')
        : ctx.t('coverage.evidence.arranged', { day: coverage.arranged.endsOn.slice(5), name: named(coverage.arranged.classId) });
    case 'EXEMPT':
      return ctx.t('coverage.evidence.exempt', { reason: coverage.reason });
    case 'JOINED_AFTER_GRACE':
      return ctx.t('coverage.evidence.joinedAfterGrace', { day: coverage.joinedOn });
    case 'NOT_IN_SERVICE':
      return coverage.status === null ? '' : ctx.t(`workers.serviceStatus.${coverage.status}`);
  }
}

/** Where the onboarding of a new hire stands, in one sentence. */
export function onboardingEvidence(ctx: Ctx, onboarding: Onboarding, classes: PeopleNames['classes']): string {
  switch (onboarding.kind) {
    case 'NOT_ASKED':
      return '—';
    case 'DONE':
      return ctx.t(onboarding.isLate ? 'coverage.onboarding.doneLateOn' : 'coverage.onboarding.doneOn', {
        day: onboarding.doneOn,
        name: classes.get(onboarding.classId) ?? '',
      });
    case 'OPEN':
      return ctx.t('coverage.onboarding.openUntil', { day: onboarding.deadline });
    case 'OVERDUE':
      return ctx.t('coverage.onboarding.overdueSince', { day: onboarding.deadline });
  }
}

/** Person-times of a row of the board that were booked below a division. */
export function personTimesBelow(row: WorkerYearRow, question: PeopleQuestion, places: PeopleNames['places']): number {
  const { bookedRow, divisionId } = question.filter;
  const inside = (id: string): boolean => places.get(id)?.path.includes(divisionId) === true;
  return row.standing.bookings.reduce(
    (sum, booking) => sum + (booking.row === bookedRow && inside(booking.divisionId) ? booking.personTimes : 0),
    0,
  );
}

function postWords(ctx: Ctx, { post, postClass }: WorkerYearRow): { post: string; postClass: string } {
  return {
    post: post === null ? '—' : ctx.t(`workers.post.${post}`),
    postClass: postClass === null ? '—' : ctx.t(`workers.postClass.${postClass}`),
  };
}

function hoursWords({ standing: { hours } }: WorkerYearRow): { earned: string; required: string } {
  return hours === null
    ? { earned: '—', required: '—' }
    : { earned: showHours(hours.earnedMinutes), required: showHours(hours.requiredMinutes) };
}

/** One line of a list of people. */
export function peopleLine(ctx: Ctx, row: WorkerYearRow, names: PeopleNames, question: PeopleQuestion) {
  const worker = names.workers.get(row.workerId);
  const { standing } = row;
  return {
    href: ctx.can('worker.read') ? `/workers/${row.workerId}${queryOf(placeOf(ctx))}` : null,
    name: worker?.name ?? '—',
    idMasked: worker?.idMasked ?? '',
    community: placeAt(row.divisionPath, names.places, 'community'),
    county: placeAt(row.divisionPath, names.places, 'county'),
    township: placeAt(row.divisionPath, names.places, 'township'),
    ...postWords(ctx, row),
    badge: coverageBadge(ctx, standing.coverage),
    evidence: question.isOnboarding
      ? onboardingEvidence(ctx, standing.onboarding, names.classes)
      : coverageEvidence(ctx, standing.coverage, names.classes),
    ...hoursWords(row),
    personTimes: question.filter.bookedRow === undefined ? null : personTimesBelow(row, question, names.places),
    joinedOn: standing.joinedOn ?? '—',
  };
}
export type PeopleLine = ReturnType<typeof peopleLine>;

/** A list of people behind a number. */
export function peoplePage(
  ctx: Ctx,
  slice: Slice<WorkerYearRow>,
  at: { question: PeopleQuestion; names: PeopleNames; paging: Paging; personTimes: number | null; asOf: string },
) {
  const { t } = ctx;
  const { question, paging } = at;
  const address = (changes: Record<string, string>): string => `/coverage/people${queryOf({ ...ctx.query, page: '', ...changes })}`;
  return {
    title: t('coverage.people.title', { area: ctx.area.name, what: question.label }),
    crumbs: coverageCrumbs(ctx, question.label),
    facts: t(at.personTimes === null ? 'coverage.people.facts' : 'coverage.people.factsTimes', {
      total: slice.total,
      times: at.personTimes ?? 0,
      asOf: at.asOf,
      sort: t(`coverage.people.sorted.${paging.sort}`),
    }),
    path: '/coverage/people',
    exportHref: `/coverage/people/export${queryOf({ ...ctx.query, page: '' })}`,
    untrainedHref: question.isUntrained && ctx.can('gap.read') ? `/untrained${queryOf(placeOf(ctx))}` : null,
    tabs: question.tabs,
    hidden: question.hidden,
    search: question.filter.search ?? '',
    postClasses: choices(
      postClasses.map((value) => ({ value, label: t(`workers.postClass.${value}`) })),
      question.filter.postClass ?? '',
    ),
    chips: question.chips.map((chip) => ({ label: chip.label, href: address(chip.without) })),
    sorts: (['division', 'name', 'month'] as const).map((name) => ({
      label: t(`coverage.people.sort.${name}`),
      href: address({ sort: name }),
      current: paging.sort === name,
    })),
    isOnboarding: question.isOnboarding,
    hasTimes: at.personTimes !== null,
    hasPlace: true,
    rows: slice.rows.map((row) => peopleLine(ctx, row, at.names, question)),
    pager: pagerModel(paging, slice.total),
    clearHref: `/coverage/people${queryOf({ ...placeOf(ctx), show: question.show })}`,
    isNarrowed: question.chips.length > 0,
  };
}

/** The list as a workbook; ID numbers masked, for an export is no way around 查看. */
export function peopleSheet(ctx: Ctx, lines: readonly PeopleLine[], at: { question: PeopleQuestion; asOf: string }): SheetTable {
  const { t } = ctx;
  const heads = [
    'no',
    'county',
    'township',
    'community',
    'name',
    'idNumber',
    'post',
    'postClass',
    'state',
    'evidence',
    'earned',
    'required',
  ];
  const hasTimes = at.question.filter.bookedRow !== undefined;
  const times = lines.reduce((sum, line) => sum + (line.personTimes ?? 0), 0);
  return {
    name: at.question.label,
    title: t('coverage.people.title', { area: ctx.area.name, what: at.question.label }),
    notes: [
      t(hasTimes ? 'coverage.export.noteTimes' : 'coverage.export.note', { asOf: at.asOf, by: ctx.actor.name, total: lines.length, times }),
    ],
    headers: [[...heads, ...(hasTimes ? ['times'] : [])].map((head) => ({ text: t(`coverage.export.${head}`) }))],
    columns: [6, 12, 14, 16, 10, 22, 20, 8, 10, 40, 10, 10, ...(hasTimes ? [8] : [])].map((width) => ({ width })),
    rows: lines.map((line, index) => [
      index + 1,
      line.county,
      line.township,
      line.community,
      line.name,
      line.idMasked,
      line.post,
      line.postClass,
      line.badge.label,
      line.evidence,
      line.earned,
      line.required,
      ...(hasTimes ? [line.personTimes] : []),
    ]),
  };
}
