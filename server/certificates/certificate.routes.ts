import { NotFound } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Tx } from '../platform/transactions.js';
import { placesOf } from '../workers/places.pages.js';
import { kept } from '../workers/words.pages.js';
import type { Worker } from '../workers/worker.rules.js';
import type { Deps } from '../wiring.js';
import { editForm, educationForm, registrationForm, removalForm, renewalForm, voidForm } from './certificates.forms.js';
import { registrationPolicy } from './certificates.policies.js';
import type { CertificateOutcome } from './certificates.service.js';
import { certificatePage } from './certificate.pages.js';
import { educationPage, registrationPage, removalPage, renewalPage, voidPage } from './certificateEntries.pages.js';
import { editPage } from './certificateForms.pages.js';
import type { OnCertificatePage } from './certificateFrame.pages.js';
import type { Certificate } from './certificate.rules.js';
import { latestPeriod, type RegistrationPolicy } from './registration.rules.js';

const ofCertificate = { params: { id: 'certificate' } } as const;
const ofEntry = { params: { id: 'certificate', entry: 'registration' } } as const;

/** A certificate with everything its pages may need. */
interface Opened {
  readonly certificate: Certificate;
  readonly worker: Worker;
  readonly all: readonly Certificate[];
  readonly policy: RegistrationPolicy;
}

type Show = (deps: Deps, ctx: Ctx, problems: readonly Problem[]) => Promise<Reply>;

/** One certificate: its page, and the forms that change, register and educate. */
export function certificateRoutes(deps: Deps): readonly Route[] {
  const form = (
    path: string,
    show: Show,
    act: (ctx: Ctx) => Promise<Reply>,
    options: typeof ofCertificate | typeof ofEntry = ofCertificate,
  ): Route[] => [get(path, 'certificate.record', options, (ctx) => show(deps, ctx, [])), post(path, 'certificate.record', options, act)];
  return routeTable('/certificates', [
    get('/:id', 'certificate.read', ofCertificate, (ctx) => show(deps, ctx)),
    ...form('/:id/change', showEdit, (ctx) => edit(deps, ctx)),
    ...form('/:id/voiding', showVoid, (ctx) => takeBack(deps, ctx)),
    ...form('/:id/registration', showRegistration, (ctx) => register(deps, ctx)),
    ...form('/:id/renewal', showRenewal, (ctx) => renew(deps, ctx)),
    ...form('/:id/education', showEducation, (ctx) => educate(deps, ctx)),
    ...form('/:id/entries/:entry/removal', showRemoval, (ctx) => remove(deps, ctx), ofEntry),
  ]);
}

async function opened(deps: Deps, ctx: Ctx): Promise<Opened> {
  const certificate = await deps.certificates.byId(ctx.scope, param(ctx, 'id'));
  const [people, all, book] = await Promise.all([
    deps.workers.byIds([certificate.workerId]),
    deps.certificates.ofWorkers([certificate.workerId]),
    deps.policies.load([registrationPolicy]),
  ]);
  const worker = people.get(certificate.workerId);
  if (worker === undefined) throw new NotFound('worker');
  const policy = book.on(registrationPolicy, certificate.divisionPath, deps.clock.today()).value;
  return { certificate, worker, all: all.get(worker.id) ?? [], policy };
}

async function show(deps: Deps, ctx: Ctx): Promise<Reply> {
  const of = await opened(deps, ctx);
  const today = deps.clock.today();
  const [certifications, history, places] = await Promise.all([
    deps.certificates.certificationsOf([of.worker], today),
    deps.trail.historyOf({ kind: 'certificate', id: of.certificate.id }),
    placesOf(deps, [of.worker.divisionPath]),
  ]);
  const certification = certifications.get(of.worker.id);
  if (certification === undefined) throw new Error('every asked person is judged');
  return page(
    'certificates/one',
    certificatePage(ctx, { ...of, certification, degreeMinutes: of.policy.degreeMinutes, history, places, today }),
  );
}

/** A form on a certificate that still stands; a certificate that was taken back shows its page, which says so. */
async function formReply(
  deps: Deps,
  ctx: Ctx,
  at: { view: string; problems: readonly Problem[] },
  model: (of: OnCertificatePage & Opened) => object,
): Promise<Reply> {
  const of = await opened(deps, ctx);
  if (of.certificate.voidedOn !== null)
    return goTo(kept(ctx, `/certificates/${of.certificate.id}`), { kind: 'warn', text: ctx.t('certificates.void.already') });
  return page(at.view, model({ ...of, name: of.worker.name, problems: at.problems }), at.problems.length > 0 ? 422 : 200);
}

const showEdit: Show = (deps, ctx, problems) => formReply(deps, ctx, { view: 'certificates/form', problems }, (of) => editPage(ctx, of));
const showVoid: Show = (deps, ctx, problems) => formReply(deps, ctx, { view: 'certificates/confirm', problems }, (of) => voidPage(ctx, of));
const showRegistration: Show = (deps, ctx, problems) =>
  formReply(deps, ctx, { view: 'certificates/entry', problems }, (of) => registrationPage(ctx, of));
const showEducation: Show = (deps, ctx, problems) =>
  formReply(deps, ctx, { view: 'certificates/entry', problems }, (of) => educationPage(ctx, of));
const showRenewal: Show = (deps, ctx, problems) =>
  formReply(deps, ctx, { view: 'certificates/entry', problems }, (of) => {
    const standing = of.all.filter((one) => one.voidedOn === null);
    return renewalPage(ctx, { ...of, last: latestPeriod(standing.flatMap((one) => one.registrations)) });
  });
const showRemoval: Show = (deps, ctx, problems) =>
  formReply(deps, ctx, { view: 'certificates/confirm', problems }, (of) => {
    const entryId = param(ctx, 'entry');
    return removalPage(ctx, { ...of, entryId, what: entryWords(ctx, of.certificate, entryId) });
  });

/** An entry of a certificate in words. @throws NotFound when the certificate has no such entry */
function entryWords(ctx: Ctx, certificate: Certificate, entryId: string): string {
  const registration = certificate.registrations.find((one) => one.id === entryId);
  if (registration !== undefined) return `${ctx.t(`certificates.registration.kinds.${registration.kind}`)} ${registration.from}`;
  const education = certificate.ce.find((one) => one.id === entryId);
  if (education === undefined) throw new NotFound('registration');
  return `${education.title} ${education.endedOn}`;
}

/** Runs a command on a certificate; refused it shows the form again, done it goes to the certificate with a notice. */
async function carryOut(
  deps: Deps,
  ctx: Ctx,
  at: { form: Show; notice: string },
  command: (tx: Tx, certificateId: string) => Promise<CertificateOutcome>,
): Promise<Reply> {
  const of = await opened(deps, ctx);
  if (of.certificate.voidedOn !== null) return at.form(deps, ctx, []);
  return ctx.command(async (tx) => {
    const outcome = await command(tx, of.certificate.id);
    if (!outcome.ok) return at.form(deps, ctx, outcome.problems);
    const words = { name: of.worker.name, level: ctx.t(`certificates.level.${of.certificate.level}`) };
    return goTo(kept(ctx, `/certificates/${of.certificate.id}`), done(ctx.t(at.notice, words)));
  });
}

async function edit(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(editForm, ctx);
  if (!parsed.ok) return showEdit(deps, ctx, parsed.problems);
  return carryOut(deps, ctx, { form: showEdit, notice: 'certificates.edited' }, (tx, id) =>
    deps.certificates.edit(tx, ctx.scope, { id, ...parsed.value }),
  );
}

async function takeBack(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(voidForm, ctx);
  if (!parsed.ok) return showVoid(deps, ctx, parsed.problems);
  return carryOut(deps, ctx, { form: showVoid, notice: 'certificates.void.done' }, (tx, id) =>
    deps.certificates.takeBack(tx, ctx.scope, { id, ...parsed.value }),
  );
}

async function register(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(registrationForm, ctx);
  if (!parsed.ok) return showRegistration(deps, ctx, parsed.problems);
  const at = { form: showRegistration, notice: 'certificates.registration.done' };
  return carryOut(deps, ctx, at, (tx, certificateId) => deps.registrations.register(tx, ctx.scope, { certificateId, ...parsed.value }));
}

async function renew(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(renewalForm, ctx);
  if (!parsed.ok) return showRenewal(deps, ctx, parsed.problems);
  const at = { form: showRenewal, notice: 'certificates.registration.renewed' };
  return carryOut(deps, ctx, at, (tx, certificateId) => deps.registrations.renew(tx, ctx.scope, { certificateId, ...parsed.value }));
}

async function educate(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(educationForm, ctx);
  if (!parsed.ok) return showEducation(deps, ctx, parsed.problems);
  const { hours: minutes, ...rest } = parsed.value;
  const at = { form: showEducation, notice: 'certificates.ce.done' };
  return carryOut(deps, ctx, at, (tx, certificateId) => deps.registrations.addCe(tx, ctx.scope, { certificateId, ...rest, minutes }));
}

async function remove(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { certificate } = await opened(deps, ctx);
  const entryId = param(ctx, 'entry');
  const what = entryWords(ctx, certificate, entryId);
  const parsed = parseForm(removalForm, ctx);
  if (!parsed.ok) return showRemoval(deps, ctx, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.registrations.remove(tx, ctx.scope, { certificateId: certificate.id, entryId, ...parsed.value });
    if (!outcome.ok) return showRemoval(deps, ctx, outcome.problems);
    return goTo(kept(ctx, `/certificates/${certificate.id}`), done(ctx.t('certificates.entry.done', { what })));
  });
}
