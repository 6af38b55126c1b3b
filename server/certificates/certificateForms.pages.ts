import type { Ctx } from '../platform/http/context.js';
import { formModel, type FieldModel, type Problem } from '../platform/http/forms.js';
import type { Worker } from '../workers/worker.rules.js';
import { crumbsOf, kept, placeLine, type NamedPlace } from '../workers/words.pages.js';
import { certificateNote, hoursText } from './card.pages.js';
import type { Certificate } from './certificate.rules.js';
import { certificateFields, entryFields } from './certificates.forms.js';
import { levels } from './level.rules.js';
import type { RegistrationPeriod, RegistrationPolicy } from './registration.rules.js';

type Places = ReadonlyMap<string, NamedPlace>;
type Typed = Ctx['body'];

/** The way to a page under the ledger. */
export function certificateCrumbs(ctx: Ctx, ...more: readonly { readonly href: string | null; readonly label: string }[]) {
  return crumbsOf(ctx, { href: kept(ctx, '/certificates'), label: ctx.t('certificates.title') }, ...more);
}

/** First step of entering a certificate: whose it is. */
export function choosePersonPage(ctx: Ctx, of: { people: readonly Worker[]; total: number; places: Places; search: string }) {
  const { t } = ctx;
  const title = t('certificates.action.enter');
  const start = kept(ctx, '/certificates/new');
  return {
    title,
    crumbs: certificateCrumbs(ctx, { href: null, label: title }),
    search: of.search,
    chips: [],
    rows: of.people.map((worker) => ({
      href: `${start}${start.includes('?') ? '&' : '?'}worker=${worker.id}`,
      name: worker.name, masked: worker.idMasked, place: placeLine(worker.divisionPath, of.places), post: t(`workers.post.${worker.post}`),
    })),
    more: of.total > of.people.length ? t('certificates.choose.more', { total: of.total, shown: of.people.length }) : '',
    emptyText: of.search === '' ? t('certificates.choose.hint') : t('certificates.choose.nobody', { search: of.search }),
  };
}

function paperForm(ctx: Ctx, typed: Typed, problems: readonly Problem[]) {
  const form = formModel(certificateFields, typed, problems, ctx.t);
  const options = levels.map((value) => ({ value, label: ctx.t(`certificates.level.${value}`), current: form.fields.level.value === value }));
  return { form, levels: options };
}

const isTyped = (ctx: Ctx): boolean => Object.keys(ctx.body).length > 0;

/** Second step: what the certificate says. A pass of the level that waits becomes the certificate. */
export function enterPage(ctx: Ctx, of: { worker: Worker; held: readonly Certificate[]; places: Places; problems: readonly Problem[] }) {
  const { t } = ctx;
  const { worker } = of;
  const title = t('certificates.form.title', { name: worker.name });
  const waiting = of.held.find((one) => one.review === 'PENDING' && one.managementNo === null && one.voidedOn === null);
  const first = { level: ctx.query['level'] ?? waiting?.level ?? '', examYear: waiting?.examYear === null || waiting === undefined ? '' : String(waiting.examYear) };
  return {
    title,
    crumbs: certificateCrumbs(ctx, { href: null, label: title }),
    facts: [placeLine(worker.divisionPath, of.places), t(`workers.post.${worker.post}`), worker.idMasked].join(' · '),
    ...paperForm(ctx, isTyped(ctx) ? ctx.body : first, of.problems),
    action: kept(ctx, '/certificates'),
    hidden: [{ name: 'workerId', value: worker.id }],
    waiting: waiting === undefined ? '' : t('certificates.form.waiting', { level: t(`certificates.level.${waiting.level}`) }),
    asksReason: false,
    known: knownLines(ctx, of.held),
    back: { href: kept(ctx, `/workers/${worker.id}`), label: t('certificates.action.not') },
  };
}

/** The certificates of a person that stand, as lines with links. */
export function knownLines(ctx: Ctx, held: readonly Certificate[]) {
  return held.filter((one) => one.voidedOn === null).map((one) => ({
    href: kept(ctx, `/certificates/${one.id}`), label: ctx.t(`certificates.level.${one.level}`), note: certificateNote(ctx.t, one),
  }));
}

/** A form on one certificate: which one it is and what was typed into it. */
export interface OnCertificatePage {
  readonly certificate: Certificate;
  readonly name: string;
  readonly problems: readonly Problem[];
}

function frame(ctx: Ctx, of: OnCertificatePage, title: string) {
  const level = ctx.t(`certificates.level.${of.certificate.level}`);
  const back = kept(ctx, `/certificates/${of.certificate.id}`);
  return {
    title,
    crumbs: certificateCrumbs(ctx, { href: back, label: ctx.t('certificates.one.title', { name: of.name, level }) }, { href: null, label: title }),
    facts: `${level} · ${certificateNote(ctx.t, of.certificate)}`,
    version: typeof ctx.body['version'] === 'string' ? ctx.body['version'] : String(of.certificate.version),
  };
}

/** Changing what a certificate says. */
export function editPage(ctx: Ctx, of: OnCertificatePage) {
  const { certificate } = of;
  const stored = {
    level: certificate.level, managementNo: certificate.managementNo ?? '', obtainedOn: certificate.obtainedOn, title: certificate.title,
    examYear: certificate.examYear === null ? '' : String(certificate.examYear), reviewPassed: certificate.review === 'PASSED' ? 'yes' : '',
  };
  const { version, ...head } = frame(ctx, of, ctx.t('certificates.form.editTitle', { name: of.name }));
  return {
    ...head,
    ...paperForm(ctx, isTyped(ctx) ? ctx.body : stored, of.problems),
    action: `/certificates/${certificate.id}/change`,
    hidden: [{ name: 'version', value: version }],
    waiting: '',
    asksReason: true,
    known: [],
    back: { href: kept(ctx, `/certificates/${certificate.id}`), label: ctx.t('certificates.action.notEdit') },
  };
}

/** One input of a form on a certificate; the view prints it by its type. */
interface Input {
  readonly type: 'day' | 'text' | 'number' | 'choice';
  readonly field: FieldModel;
  readonly label: string;
  readonly hint: string;
  readonly isOptional: boolean;
  readonly options: readonly { readonly value: string; readonly label: string; readonly hint: string; readonly current: boolean }[];
}

function fieldsOf(ctx: Ctx, of: OnCertificatePage) {
  const form = formModel(entryFields, ctx.body, of.problems, ctx.t);
  const input = (type: Input['type'], name: (typeof entryFields)[number], words: { label: string; hint?: string; isOptional?: boolean }): Input => ({
    type, field: form.fields[name], label: words.label, hint: words.hint ?? '', isOptional: words.isOptional ?? false, options: [],
  });
  return { form, input };
}

function entryPage(ctx: Ctx, of: OnCertificatePage, at: { title: string; path: string; form: object; inputs: readonly Input[]; button: string }) {
  const { certificate } = of;
  return {
    ...frame(ctx, of, at.title),
    form: at.form,
    inputs: at.inputs,
    action: `/certificates/${certificate.id}/${at.path}`,
    button: at.button,
    back: { href: kept(ctx, `/certificates/${certificate.id}`), label: ctx.t('certificates.action.not') },
  };
}

/** The first registration of a person. */
export function registrationPage(ctx: Ctx, of: OnCertificatePage & { policy: RegistrationPolicy }) {
  const { t } = ctx;
  const { form, input } = fieldsOf(ctx, of);
  const inputs = [
    input('day', 'from', { label: t('certificates.registration.fromLabel') }),
    input('day', 'validThrough', { label: t('certificates.registration.throughLabel'), hint: t('certificates.registration.throughHint', { months: of.policy.validMonths }), isOptional: true }),
    input('text', 'source', { label: t('certificates.source.label'), hint: t('certificates.source.hint') }),
  ];
  return entryPage(ctx, of, { title: t('certificates.registration.title', { name: of.name }), path: 'registration', form, inputs, button: t('certificates.action.save') });
}

/** A renewal; `last` is the period it follows. */
export function renewalPage(ctx: Ctx, of: OnCertificatePage & { last: RegistrationPeriod | null }) {
  const { t } = ctx;
  const { form, input } = fieldsOf(ctx, of);
  const hint = of.last === null ? '' : t('certificates.registration.renewHint', { until: of.last.validThrough });
  const inputs = [
    input('day', 'from', { label: t('certificates.registration.renewedLabel'), hint }),
    input('text', 'source', { label: t('certificates.source.label'), hint: t('certificates.source.hint') }),
  ];
  return entryPage(ctx, of, { title: t('certificates.registration.renewTitle', { name: of.name }), path: 'renewal', form, inputs, button: t('certificates.action.save') });
}

/** Continuing education that was accepted. */
export function educationPage(ctx: Ctx, of: OnCertificatePage & { policy: RegistrationPolicy }) {
  const { t } = ctx;
  const { form, input } = fieldsOf(ctx, of);
  const chosen = form.fields.kind.value === '' ? 'TRAINING' : form.fields.kind.value;
  const kinds = (['TRAINING', 'DEGREE'] as const).map((value) => ({
    value, label: t(`certificates.ce.kinds.${value}`), hint: t(`certificates.ce.kindHint.${value}`, { hours: hoursText(of.policy.degreeMinutes) }), current: value === chosen,
  }));
  const inputs: Input[] = [
    { ...input('choice', 'kind', { label: t('certificates.ce.kindLabel') }), options: kinds },
    input('text', 'title', { label: t('certificates.ce.titleLabel'), hint: t('certificates.ce.titleHint') }),
    input('day', 'endedOn', { label: t('certificates.ce.endedLabel'), hint: t('certificates.ce.endedHint') }),
    input('number', 'hours', { label: t('certificates.ce.hoursLabel'), hint: t('certificates.ce.hoursHint'), isOptional: true }),
    input('text', 'source', { label: t('certificates.source.label'), hint: t('certificates.source.hint') }),
  ];
  return entryPage(ctx, of, { title: t('certificates.ce.formTitle', { name: of.name }), path: 'education', form, inputs, button: t('certificates.action.save') });
}

/** Asks before a certificate is taken back. */
export function voidPage(ctx: Ctx, of: OnCertificatePage) {
  const { t } = ctx;
  const { certificate } = of;
  const { form, input } = fieldsOf(ctx, of);
  const facts = [
    t('certificates.void.factCount'),
    ...(certificate.registrations.length + certificate.ce.length > 0 ? [t('certificates.void.factEntries', { registrations: certificate.registrations.length, ce: certificate.ce.length })] : []),
    ...(certificate.managementNo === null ? [] : [t('certificates.void.factNumber', { number: certificate.managementNo })]),
    t('certificates.void.factTrail'),
  ];
  return {
    ...frame(ctx, of, t('certificates.void.title', { name: of.name })),
    form,
    question: t('certificates.void.question', { name: of.name, level: t(`certificates.level.${certificate.level}`) }),
    consequences: facts,
    inputs: [
      input('day', 'from', { label: t('certificates.void.from'), hint: t('certificates.void.fromHint', { day: certificate.obtainedOn }) }),
      input('text', 'reason', { label: t('certificates.reason.label'), hint: t('certificates.reason.hint') }),
    ],
    action: `/certificates/${certificate.id}/voiding`,
    button: t('certificates.void.button'),
    back: { href: kept(ctx, `/certificates/${certificate.id}`), label: t('certificates.void.not') },
  };
}

/** Asks before a registration or a piece of education is taken back. */
export function removalPage(ctx: Ctx, of: OnCertificatePage & { entryId: string; what: string }) {
  const { t } = ctx;
  const { form, input } = fieldsOf(ctx, of);
  return {
    ...frame(ctx, of, t('certificates.entry.title', { what: of.what })),
    form,
    question: t('certificates.entry.question', { what: of.what }),
    consequences: [t('certificates.entry.factCount'), t('certificates.entry.factTrail')],
    inputs: [input('text', 'reason', { label: t('certificates.reason.label'), hint: t('certificates.reason.hint') })],
    action: `/certificates/${of.certificate.id}/entries/${of.entryId}/removal`,
    button: t('certificates.entry.button'),
    back: { href: kept(ctx, `/certificates/${of.certificate.id}`), label: t('certificates.entry.notBack') },
  };
}
