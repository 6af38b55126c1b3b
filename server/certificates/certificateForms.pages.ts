import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import type { Worker } from '../workers/worker.rules.js';
import { kept, placeLine, type NamedPlace } from '../workers/words.pages.js';
import { certificateNote } from './card.pages.js';
import type { Certificate } from './certificate.rules.js';
import { certificateFields } from './certificates.forms.js';
import { certificateCrumbs, certificateFrame, type OnCertificatePage } from './certificateFrame.pages.js';
import { levels } from './level.rules.js';

type Places = ReadonlyMap<string, NamedPlace>;
type Typed = Ctx['body'];

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
      name: worker.name,
      masked: worker.idMasked,
      place: placeLine(worker.divisionPath, of.places),
      post: t(`workers.post.${worker.post}`),
    })),
    more: of.total > of.people.length ? t('certificates.choose.more', { total: of.total, shown: of.people.length }) : '',
    emptyText: of.search === '' ? t('certificates.choose.hint') : t('certificates.choose.nobody', { search: of.search }),
  };
}

function paperForm(ctx: Ctx, typed: Typed, problems: readonly Problem[]) {
  const form = formModel(certificateFields, typed, problems, ctx.t);
  const options = levels.map((value) => ({
    value,
    label: ctx.t(`certificates.level.${value}`),
    current: form.fields.level.value === value,
  }));
  return { form, levels: options };
}

const isTyped = (ctx: Ctx): boolean => Object.keys(ctx.body).length > 0;

/** Second step: what the certificate says. A pass of the level that waits becomes the certificate. */
export function enterPage(ctx: Ctx, of: { worker: Worker; held: readonly Certificate[]; places: Places; problems: readonly Problem[] }) {
  const { t } = ctx;
  const { worker } = of;
  const title = t('certificates.form.title', { name: worker.name });
  const waiting = of.held.find((one) => one.review === 'PENDING' && one.managementNo === null && one.voidedOn === null);
  const first = {
    level: ctx.query['level'] ?? waiting?.level ?? '',
    examYear: waiting?.examYear === null || waiting === undefined ? '' : String(waiting.examYear),
  };
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
  return held
    .filter((one) => one.voidedOn === null)
    .map((one) => ({
      href: kept(ctx, `/certificates/${one.id}`),
      label: ctx.t(`certificates.level.${one.level}`),
      note: certificateNote(ctx.t, one),
    }));
}

/** Changing what a certificate says. */
export function editPage(ctx: Ctx, of: OnCertificatePage) {
  const { certificate } = of;
  const stored = {
    level: certificate.level,
    managementNo: certificate.managementNo ?? '',
    obtainedOn: certificate.obtainedOn,
    title: certificate.title,
    examYear: certificate.examYear === null ? '' : String(certificate.examYear),
    reviewPassed: certificate.review === 'PASSED' ? 'yes' : '',
  };
  const { version, ...head } = certificateFrame(ctx, of, ctx.t('certificates.form.editTitle', { name: of.name }));
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
