import { addYears, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { birthMonthOf } from './idNumber.rules.js';
import { hasLeft, labelKey } from './posts.rules.js';
import type { Exemption, Transfer } from './requests.rules.js';
import type { AppointmentFact, StatusFact, Worker } from './worker.rules.js';
import { crumbsOf, kept, placeAt, placeLine, statusBadge, type Badge, type NamedPlace } from './words.pages.js';

/** One entry of the history: newest first on the page, each with its evidence, and the way to correct it. */
export interface TimelineEntry {
  readonly day: string;
  readonly title: string;
  readonly text: string;
  readonly tone: 'ok' | 'info' | 'bad' | 'calm';
  readonly badge: Badge | null;
  readonly href?: string;
}

/** Something to be done about the person, as `partials/flagRow` prints it. */
export interface PersonTodo {
  readonly tone: 'warn' | 'bad' | 'ok' | 'calm';
  readonly icon: string;
  readonly title: string;
  readonly evidence: string;
  readonly clears: string;
  readonly due: string;
  readonly dueNote: string;
}

/** A card of another feature: a partial (`views/<feature>/personBlock.hbs`) and exactly what it prints. */
export interface PersonBlock {
  readonly view: string;
  readonly model: object;
}

/** What another feature has to say about a person; every part may be left out. */
export interface PersonPart {
  readonly todos?: readonly PersonTodo[];
  readonly timeline?: readonly TimelineEntry[];
  /** Cards beside the history. */
  readonly side?: readonly PersonBlock[];
  /** Cards under the history. */
  readonly main?: readonly PersonBlock[];
  readonly actions?: readonly { readonly href: string; readonly icon: string; readonly label: string }[];
}

/** Where a feature hangs its part into the person page: `workersRoutes(deps, [hoursPart(deps), …])` in `routes.ts`. */
export type PersonPartSource = (ctx: Ctx, worker: Worker) => Promise<PersonPart>;

/** Everything this feature knows of a person. */
export interface PersonGround {
  readonly worker: Worker;
  readonly appointments: readonly AppointmentFact[];
  readonly statuses: readonly StatusFact[];
  readonly exemptions: readonly Exemption[];
  readonly transfers: readonly Transfer[];
  readonly places: ReadonlyMap<string, NamedPlace>;
  readonly parts: readonly PersonPart[];
  readonly history: readonly object[];
  readonly today: CivilDay;
}

/** 一人一档. */
export function personPage(ctx: Ctx, ground: PersonGround) {
  const { worker, places, parts } = ground;
  const { t } = ctx;
  const view = ctx.query['view'] === 'changes' ? 'changes' : 'timeline';
  const community = placeAt(worker.divisionPath, places, 'community');
  const list = kept(ctx, '/workers');
  return {
    title: worker.name,
    crumbs: crumbsOf(ctx, { href: list, label: t('workers.list.title') }, { href: null, label: worker.name }),
    initial: [...worker.name][0] ?? '',
    badge: statusBadge(t, worker.status),
    facts: [
      placeLine(worker.divisionPath, places),
      t(labelKey('post', worker.post)),
      gradeText(ctx, worker),
      serviceText(ctx, worker, ground.today),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    actions: [...actionsOf(ctx, worker), ...parts.flatMap((part) => part.actions ?? [])],
    todos: [...ownTodos(ctx, ground), ...parts.flatMap((part) => part.todos ?? [])],
    tabs: (['timeline', 'changes'] as const).map((name) => ({
      href: `/workers/${worker.id}${name === 'changes' ? '?view=changes' : ''}`,
      label: t(`workers.person.${name}`),
      count: name === 'changes' ? ground.history.length : null,
      current: view === name,
    })),
    events: view === 'changes' ? ground.history : timelineOf(ctx, ground),
    main: parts.flatMap((part) => part.main ?? []),
    side: parts.flatMap((part) => part.side ?? []),
    exemptions: ground.exemptions.map((one) => ({
      href: ctx.can('exemption.request') ? kept(ctx, `/exemptions/${one.id}`) : null,
      label: t('workers.exemption.period', { from: one.from, to: one.to }),
      badge: requestBadge(ctx, one.state),
      reason: one.reason,
    })),
    exemptionHref: ctx.can('exemption.request') && !hasLeft(worker.status) ? kept(ctx, `/workers/${worker.id}/exemption`) : null,
    editHref: ctx.can('worker.change') ? kept(ctx, `/workers/${worker.id}/edit`) : null,
    revealHref: ctx.can('worker.readSensitive') ? kept(ctx, `/workers/${worker.id}/sensitive`) : null,
    idMasked: worker.idMasked,
    phoneMasked: worker.phoneMasked ?? '—',
    basics: basicsOf(ctx, worker, community),
  };
}

function gradeText(ctx: Ctx, worker: Worker): string {
  const postClass = ctx.t(labelKey('postClass', worker.postClass));
  return worker.grade === null ? postClass : ctx.t('workers.person.grade', { postClass, grade: worker.grade });
}

function serviceText(ctx: Ctx, worker: Worker, today: CivilDay): string {
  const month = worker.entryDate.slice(0, 7);
  if (worker.inServiceSince === null) return ctx.t('workers.person.served', { month });
  let years = 0;
  while (addYears(worker.entryDate, years + 1) <= today) years += 1;
  return ctx.t(years === 0 ? 'workers.person.joined' : 'workers.person.joinedYears', { month, years });
}

function actionsOf(ctx: Ctx, worker: Worker) {
  if (!ctx.can('worker.change')) return [];
  const names = hasLeft(worker.status) ? (['return'] as const) : (['post', 'transfer', 'status', 'departure'] as const);
  const icons = { return: 'rotate', post: 'briefcase', transfer: 'transfer', status: 'adjustments', departure: 'logout' } as const;
  return names.map((name) => ({
    href: kept(ctx, `/workers/${worker.id}/${name}`),
    icon: icons[name],
    label: ctx.t(`workers.action.${name}`),
  }));
}

/** What waits for an answer about this person. */
function ownTodos(ctx: Ctx, ground: PersonGround): PersonTodo[] {
  const { t } = ctx;
  const exemptions = ground.exemptions
    .filter((one) => one.state === 'requested')
    .map((one): PersonTodo => ({
      tone: 'calm',
      icon: 'hourglass',
      title: t('workers.exemption.waiting'),
      evidence: one.reason,
      clears: t('workers.exemption.clears'),
      due: t('workers.exemption.short', { from: one.from.slice(5), to: one.to.slice(5) }),
      dueNote: '',
    }));
  const transfers = ground.transfers
    .filter((one) => one.state === 'requested')
    .map((one): PersonTodo => ({
      tone: 'warn',
      icon: 'transfer',
      title: t('workers.transfer.waiting'),
      evidence: t('workers.transfer.evidence', { to: placeLine(one.toPath, ground.places), by: one.askedBy }),
      clears: t('workers.transfer.clears'),
      due: one.effectiveOn,
      dueNote: '',
    }));
  return [...transfers, ...exemptions];
}

function timelineOf(ctx: Ctx, ground: PersonGround): TimelineEntry[] {
  const { t } = ctx;
  const evidence = (fact: AppointmentFact | StatusFact): string =>
    [
      fact.reason === '' ? '' : t('workers.person.because', { reason: fact.reason }),
      fact.recordedBy === '' ? '' : t('workers.person.recordedBy', { by: fact.recordedBy }),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  const posts = ground.appointments.map((fact): TimelineEntry => ({
    day: fact.from,
    tone: 'info',
    badge: fact.kind === 'SECONDMENT' ? { kind: 'info', icon: 'transfer', label: t('workers.person.secondment') } : null,
    title: t('workers.person.post', { place: placeLine(fact.divisionPath, ground.places), post: t(labelKey('post', fact.post)) }),
    text: evidence(fact),
    ...(ctx.can('worker.change') ? { href: kept(ctx, `/workers/${fact.workerId}/facts/${fact.id}`) } : {}),
  }));
  const statuses = ground.statuses.map((fact): TimelineEntry => ({
    day: fact.from,
    tone: hasLeft(fact.status) ? 'bad' : 'calm',
    badge: null,
    title: t(fact.from === ground.worker.inServiceSince ? 'workers.person.entered' : 'workers.person.status', {
      status: t(labelKey('serviceStatus', fact.status)),
    }),
    text: evidence(fact),
    ...(ctx.can('worker.change') ? { href: kept(ctx, `/workers/${fact.workerId}/facts/${fact.id}`) } : {}),
  }));
  const exemptions = ground.exemptions
    .filter((one) => one.state === 'approved')
    .map((one): TimelineEntry => ({
      day: one.from,
      tone: 'calm',
      badge: null,
      title: t('workers.exemption.period', { from: one.from, to: one.to }),
      text: t('workers.exemption.approvedBy', { reason: one.reason, by: one.answeredBy ?? '' }),
    }));
  const others = ground.parts.flatMap((part) => part.timeline ?? []);
  return [...others, ...exemptions, ...posts, ...statuses].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
}

/** The badge of a request. */
export function requestBadge(ctx: Ctx, state: Exemption['state']): Badge {
  const label = ctx.t(`workers.requestState.${state}`);
  switch (state) {
    case 'requested':
      return { kind: 'warn', icon: 'hourglass', label };
    case 'approved':
      return { kind: 'ok', icon: 'circle-check', label };
    case 'answered':
      return { kind: 'ok', icon: 'check', label };
    case 'refused':
      return { kind: 'bad', icon: 'circle-x', label };
    case 'withdrawn':
      return { kind: 'calm', icon: 'minus', label };
  }
}

function basicsOf(ctx: Ctx, worker: Worker, community: string) {
  const { t } = ctx;
  const word = (list: 'politicalStatus' | 'educationLevel' | 'entrySource', code: string | null): string =>
    code === null ? '—' : t(`workers.${list}.${code}`);
  const study = (level: string | null, school: string): string =>
    [word('educationLevel', level), school].filter((part) => part !== '').join(' · ');
  const rows: [string, string][] = [
    ['sex', t(labelKey('sex', worker.sex))],
    ['birth', birthMonthOf(worker.birthDay)],
    ['ethnicity', worker.ethnicity ?? '—'],
    ['politicalStatus', word('politicalStatus', worker.politicalStatus)],
    ['fullTimeEducation', study(worker.fullTimeEducation, worker.fullTimeSchool)],
    ['inServiceEducation', study(worker.inServiceEducation, worker.inServiceSchool)],
    ['isSocialWorkMajor', t(worker.isSocialWorkMajor ? 'workers.yes' : 'workers.no')],
    ['entrySource', word('entrySource', worker.entrySource)],
    ['workStartedOn', worker.workStartedOn ?? '—'],
    ['postSince', worker.postSince],
    ['community', community],
    ...(worker.note === '' ? [] : [['note', worker.note] as [string, string]]),
  ];
  const labelOf = (field: string): string => t(field === 'inServiceEducation' ? 'workers.person.inService' : `workers.field.${field}`);
  return rows.map(([field, text]) => ({ label: labelOf(field), text, href: null }));
}
