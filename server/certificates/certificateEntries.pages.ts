import type { Ctx } from '../platform/http/context.js';
import { formModel, type FieldModel } from '../platform/http/forms.js';
import { kept } from '../workers/words.pages.js';
import { hoursText } from './card.pages.js';
import { certificateFrame, type OnCertificatePage } from './certificateFrame.pages.js';
import { entryFields } from './certificates.forms.js';
import type { RegistrationPeriod, RegistrationPolicy } from './registration.rules.js';

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
  const input = (
    type: Input['type'],
    name: (typeof entryFields)[number],
    words: { label: string; hint?: string; isOptional?: boolean },
  ): Input => ({
    type,
    field: form.fields[name],
    label: words.label,
    hint: words.hint ?? '',
    isOptional: words.isOptional ?? false,
    options: [],
  });
  const source = input('text', 'source', { label: ctx.t('certificates.source.label'), hint: ctx.t('certificates.source.hint') });
  return { form, input, source };
}

function entryPage(
  ctx: Ctx,
  of: OnCertificatePage,
  at: { title: string; path: string; form: object; inputs: readonly Input[]; button: string },
) {
  const { certificate } = of;
  return {
    ...certificateFrame(ctx, of, at.title),
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
  const { form, input, source } = fieldsOf(ctx, of);
  const inputs = [
    input('day', 'from', { label: t('certificates.registration.fromLabel') }),
    input('day', 'validThrough', {
      label: t('certificates.registration.throughLabel'),
      hint: t('certificates.registration.throughHint', { months: of.policy.validMonths }),
      isOptional: true,
    }),
    source,
  ];
  return entryPage(ctx, of, {
    title: t('certificates.registration.title', { name: of.name }),
    path: 'registration',
    form,
    inputs,
    button: t('certificates.action.save'),
  });
}

/** A renewal; `last` is the period it follows. */
export function renewalPage(ctx: Ctx, of: OnCertificatePage & { last: RegistrationPeriod | null }) {
  const { t } = ctx;
  const { form, input, source } = fieldsOf(ctx, of);
  const hint = of.last === null ? '' : t('certificates.registration.renewHint', { until: of.last.validThrough });
  const inputs = [input('day', 'from', { label: t('certificates.registration.renewedLabel'), hint }), source];
  return entryPage(ctx, of, {
    title: t('certificates.registration.renewTitle', { name: of.name }),
    path: 'renewal',
    form,
    inputs,
    button: t('certificates.action.save'),
  });
}

/** Continuing education that was accepted. */
export function educationPage(ctx: Ctx, of: OnCertificatePage & { policy: RegistrationPolicy }) {
  const { t } = ctx;
  const { form, input, source } = fieldsOf(ctx, of);
  const chosen = form.fields.kind.value === '' ? 'TRAINING' : form.fields.kind.value;
  const kinds = (['TRAINING', 'DEGREE'] as const).map((value) => ({
    value,
    label: t(`certificates.ce.kinds.${value}`),
    hint: t(`certificates.ce.kindHint.${value}`, { hours: hoursText(of.policy.degreeMinutes) }),
    current: value === chosen,
  }));
  const inputs: Input[] = [
    { ...input('choice', 'kind', { label: t('certificates.ce.kindLabel') }), options: kinds },
    input('text', 'title', { label: t('certificates.ce.titleLabel'), hint: t('certificates.ce.titleHint') }),
    input('day', 'endedOn', { label: t('certificates.ce.endedLabel'), hint: t('certificates.ce.endedHint') }),
    input('number', 'hours', { label: t('certificates.ce.hoursLabel'), hint: t('certificates.ce.hoursHint'), isOptional: true }),
    source,
  ];
  return entryPage(ctx, of, {
    title: t('certificates.ce.formTitle', { name: of.name }),
    path: 'education',
    form,
    inputs,
    button: t('certificates.action.save'),
  });
}

/** Asks before a certificate is taken back. */
export function voidPage(ctx: Ctx, of: OnCertificatePage) {
  const { t } = ctx;
  const { certificate } = of;
  const { form, input } = fieldsOf(ctx, of);
  const facts = [
    t('certificates.void.factCount'),
    ...(certificate.registrations.length + certificate.ce.length > 0
      ? [t('certificates.void.factEntries', { registrations: certificate.registrations.length, ce: certificate.ce.length })]
      : []),
    ...(certificate.managementNo === null ? [] : [t('certificates.void.factNumber', { number: certificate.managementNo })]),
    t('certificates.void.factTrail'),
  ];
  return {
    ...certificateFrame(ctx, of, t('certificates.void.title', { name: of.name })),
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
    ...certificateFrame(ctx, of, t('certificates.entry.title', { what: of.what })),
    form,
    question: t('certificates.entry.question', { what: of.what }),
    consequences: [t('certificates.entry.factCount'), t('certificates.entry.factTrail')],
    inputs: [input('text', 'reason', { label: t('certificates.reason.label'), hint: t('certificates.reason.hint') })],
    action: `/certificates/${of.certificate.id}/entries/${of.entryId}/removal`,
    button: t('certificates.entry.button'),
    back: { href: kept(ctx, `/certificates/${of.certificate.id}`), label: t('certificates.entry.notBack') },
  };
}
