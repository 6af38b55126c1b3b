import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { choices, formModel, type Problem } from '../platform/http/forms.js';
import { ethnicities } from './ethnicities.rules.js';
import { hasLeft, labelKey, serviceStatuses, usualPostClass, posts } from './posts.rules.js';
import type { Worker } from './worker.rules.js';
import { codeChoices, crumbsOf, kept } from './words.pages.js';

/** A community that a form offers. */
export interface CommunityOption {
  readonly value: string;
  readonly label: string;
}

/** What was typed, or the stored values; and what is wrong with it. */
export interface FormState {
  readonly typed: Ctx['body'];
  readonly problems: readonly Problem[];
}

const names = [
  'name',
  'idNumber',
  'phone',
  'ethnicity',
  'politicalStatus',
  'joinedPartyOn',
  'fullTimeEducation',
  'fullTimeSchool',
  'inServiceEducation',
  'inServiceSchool',
  'isSocialWorkMajor',
  'entrySource',
  'workStartedOn',
  'grade',
  'note',
  'divisionId',
  'post',
  'postClass',
  'status',
  'from',
  'to',
  'reason',
  'purpose',
] as const;

/** All selects of the forms about people; a form prints those it needs. */
function optionsOf(ctx: Ctx, state: FormState, communities: readonly CommunityOption[]) {
  const { t } = ctx;
  const typed = (name: string): string => {
    const value = state.typed[name];
    return typeof value === 'string' ? value : '';
  };
  const statusesWhere = (left: boolean) =>
    codeChoices(
      t,
      'serviceStatus',
      serviceStatuses.filter((status) => hasLeft(status) === left),
    );
  return {
    communities: choices(communities, typed('divisionId')),
    posts: choices(codeChoices(t, 'post'), typed('post')),
    postClasses: choices(codeChoices(t, 'postClass'), typed('postClass')),
    ethnicities: choices(
      ethnicities.map((name) => ({ value: name, label: name })),
      typed('ethnicity'),
    ),
    politicalStatuses: choices(codeChoices(t, 'politicalStatus'), typed('politicalStatus')),
    fullTime: choices(codeChoices(t, 'educationLevel'), typed('fullTimeEducation')),
    inService: choices(codeChoices(t, 'educationLevel'), typed('inServiceEducation')),
    sources: choices(codeChoices(t, 'entrySource'), typed('entrySource')),
    entryStatuses: choices(codeChoices(t, 'serviceStatus', ['IN_SERVICE', 'PROBATION']), typed('status')),
    staying: choices(statusesWhere(false), typed('status')),
    statuses: choices(codeChoices(t, 'serviceStatus'), typed('status')),
    leaving: choices(statusesWhere(true), typed('status')),
  };
}

/** The model of a form about people. */
function formPage(ctx: Ctx, state: FormState, communities: readonly CommunityOption[]) {
  return { form: formModel(names, state.typed, state.problems, ctx.t), ...optionsOf(ctx, state, communities) };
}

/** 新增人员. `elsewhere` is the county that already has the person; then the form offers to ask for a transfer. */
export function joinPage(
  ctx: Ctx,
  state: FormState,
  at: { readonly communities: readonly CommunityOption[]; readonly elsewhere: string | null },
) {
  const title = ctx.t('workers.join.title');
  return {
    title,
    crumbs: crumbsOf(ctx, { href: kept(ctx, '/workers'), label: ctx.t('workers.list.title') }, { href: null, label: title }),
    ...formPage(ctx, state, at.communities),
    elsewhere: at.elsewhere,
    backHref: kept(ctx, '/workers'),
    usual: usualClasses(ctx),
  };
}

function usualClasses(ctx: Ctx): string {
  const chief = posts.filter((post) => usualPostClass[post] === 'CHIEF').map((post) => ctx.t(labelKey('post', post)));
  return ctx.t('workers.join.usual', { chief: chief.join('、') });
}

/** A form about one known person: edit, post, transfer, status, departure, return, exemption, 查看. */
export function personForm(
  ctx: Ctx,
  name: 'edit' | 'post' | 'transfer' | 'status' | 'departure' | 'return' | 'exemption' | 'sensitive' | 'fact',
  at: { readonly worker: Worker; readonly state: FormState; readonly communities: readonly CommunityOption[]; readonly today: CivilDay },
) {
  const { worker } = at;
  const title = ctx.t(`workers.${name}.title`, { name: worker.name });
  const back = kept(ctx, `/workers/${worker.id}`);
  return {
    title,
    crumbs: crumbsOf(
      ctx,
      { href: kept(ctx, '/workers'), label: ctx.t('workers.list.title') },
      { href: back, label: worker.name },
      { href: null, label: title },
    ),
    action: kept(ctx, `/workers/${worker.id}/${name}`),
    backHref: back,
    version: String(versionOf(at.state, worker)),
    worker: {
      name: worker.name,
      idMasked: worker.idMasked,
      phoneMasked: worker.phoneMasked ?? '—',
      entryDate: worker.entryDate,
      postSince: worker.postSince,
      post: ctx.t(labelKey('post', worker.post)),
      postClass: ctx.t(labelKey('postClass', worker.postClass)),
      status: ctx.t(labelKey('serviceStatus', worker.status)),
    },
    ...formPage(ctx, at.state, at.communities),
  };
}

/** A correction of one recorded fact. */
export function factForm(ctx: Ctx, at: Parameters<typeof personForm>[2] & { readonly factId: string; readonly isPost: boolean }) {
  const form = personForm(ctx, 'fact', at);
  return { ...form, action: kept(ctx, `/workers/${at.worker.id}/facts/${at.factId}`), isPost: at.isPost };
}

/** The version the form was opened on stays, also when it comes back refused. */
function versionOf(state: FormState, worker: Worker): number {
  const typed = state.typed['version'];
  return typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : worker.version;
}

/** The stored values as an edit form shows them. */
export function storedValues(worker: Worker): Ctx['body'] {
  return {
    name: worker.name,
    ethnicity: worker.ethnicity ?? '',
    politicalStatus: worker.politicalStatus ?? '',
    joinedPartyOn: worker.joinedPartyOn ?? '',
    fullTimeEducation: worker.fullTimeEducation ?? '',
    fullTimeSchool: worker.fullTimeSchool,
    inServiceEducation: worker.inServiceEducation ?? '',
    inServiceSchool: worker.inServiceSchool,
    isSocialWorkMajor: worker.isSocialWorkMajor ? 'yes' : '',
    entrySource: worker.entrySource ?? '',
    workStartedOn: worker.workStartedOn ?? '',
    grade: worker.grade === null ? '' : String(worker.grade),
    note: worker.note,
    divisionId: worker.divisionId,
    post: worker.post,
    postClass: worker.postClass,
  };
}

/** The page before harm: what happens to whom, with everything that was typed carried along. */
export function confirmPage(
  ctx: Ctx,
  at: {
    readonly name: 'departure' | 'transfer';
    readonly worker: Worker;
    readonly carried: Ctx['body'];
    readonly question: string;
    readonly facts: readonly string[];
    readonly button: string;
  },
) {
  const { worker } = at;
  const title = ctx.t(`workers.${at.name}.title`, { name: worker.name });
  const back = kept(ctx, `/workers/${worker.id}`);
  const carried = Object.entries(at.carried).filter(([field]) => !['_csrf', 'once', 'confirmed'].includes(field));
  return {
    title,
    crumbs: crumbsOf(
      ctx,
      { href: kept(ctx, '/workers'), label: ctx.t('workers.list.title') },
      { href: back, label: worker.name },
      { href: null, label: title },
    ),
    question: at.question,
    facts: at.facts,
    action: kept(ctx, `/workers/${worker.id}/${at.name}`),
    button: at.button,
    back: { href: back, label: ctx.t(`workers.${at.name}.not`) },
    harm: at.name === 'departure',
    carried: carried.flatMap(([field, value]) => (typeof value === 'string' ? [{ name: field, value }] : [])),
  };
}
