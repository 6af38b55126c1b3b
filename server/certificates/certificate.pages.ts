import { historyModel } from '../audit/audit.pages.js';
import type { TrailRow } from '../audit/audit.store.js';
import { dayOf, type CivilDay } from '../platform/civilDays.js';
import type { AuditChange } from '../platform/audit.js';
import type { Ctx } from '../platform/http/context.js';
import type { Worker } from '../workers/worker.rules.js';
import { kept, placeLine, type Badge, type NamedPlace } from '../workers/words.pages.js';
import { ceOf, hoursText, registrationBadge, registrationText } from './card.pages.js';
import { knownLines } from './certificateForms.pages.js';
import { certificateCrumbs } from './certificateFrame.pages.js';
import type { CeEntry, Certificate, Certification, Registration } from './certificate.rules.js';
import { registrationDays, registrationStateOn } from './standing.rules.js';

/** Everything that the page of a certificate is made from. */
export interface CertificateGround {
  readonly certificate: Certificate;
  readonly worker: Worker;
  /** Everything of the person: registrations and education are the person's (ruling 33). */
  readonly all: readonly Certificate[];
  readonly certification: Certification;
  readonly degreeMinutes: number;
  readonly places: ReadonlyMap<string, NamedPlace>;
  readonly history: readonly TrailRow[];
  readonly today: CivilDay;
}

/** One certificate: what it says, where its registration and continuing education stand, and how it came to be so. */
export function certificatePage(ctx: Ctx, ground: CertificateGround) {
  const { t } = ctx;
  const { certificate, worker, certification } = ground;
  const level = t(`certificates.level.${certificate.level}`);
  const title = t('certificates.one.title', { name: worker.name, level });
  const standing = ground.all.filter((one) => one.voidedOn === null);
  const canRecord = ctx.can('certificate.record') && certificate.voidedOn === null;
  return {
    title,
    crumbs: certificateCrumbs(ctx, { href: null, label: title }),
    facts: [placeLine(worker.divisionPath, ground.places), t(`workers.post.${worker.post}`)].join(' · '),
    badge: badgeOf(ctx, ground),
    sentence: sentenceOf(ctx, ground),
    tone: toneOf(ground),
    actions: canRecord ? actionsOf(ctx, ground) : [],
    voidHref: canRecord ? kept(ctx, `/certificates/${certificate.id}/voiding`) : null,
    paper: paperFacts(ctx, ground),
    ce: ceOf(t, certification),
    registrations: standing
      .flatMap((one) => one.registrations.map((row) => registrationRow(ctx, row, { on: one, certificate, canRecord })))
      .sort(newestFirst),
    education: standing.flatMap((one) => one.ce.map((row) => educationRow(ctx, row, { on: one, ground, canRecord }))).sort(newestFirst),
    others: knownLines(
      ctx,
      ground.all.filter((one) => one.id !== certificate.id),
    ),
    events: historyModel(
      ctx,
      ground.history.map((row) => ({ ...row, changes: row.changes.map((change) => inWords(ctx, change)) })),
    ),
    personHref: ctx.can('worker.read') ? kept(ctx, `/workers/${worker.id}`) : null,
  };
}

const newestFirst = (a: { readonly day: CivilDay }, b: { readonly day: CivilDay }): number => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0);

/** Whether the certificate is the one whose registration is judged. */
const isJudged = ({ certificate, certification }: CertificateGround): boolean => certification.counted?.id === certificate.id;

function stateOf(ground: CertificateGround) {
  return registrationStateOn({ level: ground.certificate.level, ...registrationDays(ground.certification) }, ground.today);
}

function badgeOf(ctx: Ctx, ground: CertificateGround): Badge {
  const { certificate } = ground;
  if (certificate.voidedOn !== null) return { kind: 'line', icon: 'ban', label: ctx.t('certificates.state.VOID') };
  if (certificate.review === 'PENDING') return { kind: 'calm', icon: 'hourglass', label: ctx.t('certificates.state.PENDING') };
  if (!isJudged(ground)) return { kind: 'line', icon: 'check', label: ctx.t('certificates.state.held') };
  return registrationBadge(ctx.t, stateOf(ground));
}

function sentenceOf(ctx: Ctx, ground: CertificateGround): string {
  const { certificate } = ground;
  if (certificate.voidedOn !== null) return ctx.t('certificates.text.void', { day: certificate.voidedOn, reason: certificate.voidReason });
  if (certificate.review === 'PENDING')
    return ctx.t(certificate.level === 'SENIOR' ? 'certificates.text.pendingSenior' : 'certificates.text.pending');
  return isJudged(ground) ? registrationText(ctx.t, ground.certification) : ctx.t('certificates.text.lower');
}

/** How urgent the sentence is. */
function toneOf(ground: CertificateGround): { kind: 'ok' | 'info' | 'warn' | 'bad'; icon: string } {
  if (!isJudged(ground)) return { kind: 'info', icon: 'info-circle' };
  const state = stateOf(ground);
  if (state === 'VALID') return { kind: 'ok', icon: 'shield-check' };
  if (state === 'NONE_OVERDUE' || state === 'LAPSED') return { kind: 'bad', icon: 'alert-triangle' };
  return state === 'RENEW_WINDOW' ? { kind: 'warn', icon: 'clock' } : { kind: 'info', icon: 'clock' };
}

/** At most three ways on, the most likely last and in blue. */
function actionsOf(ctx: Ctx, ground: CertificateGround) {
  const { certificate, certification } = ground;
  const at = (path: string): string => kept(ctx, `/certificates/${certificate.id}/${path}`);
  const edit = { href: at('change'), icon: 'edit', label: ctx.t('certificates.action.edit'), main: false };
  if (certificate.managementNo === null) {
    const query = new URLSearchParams({ worker: certificate.workerId, level: certificate.level }).toString();
    return [{ href: `/certificates/new?${query}`, icon: 'certificate', label: ctx.t('certificates.action.enter'), main: true }];
  }
  const education = { href: at('education'), icon: 'book', label: ctx.t('certificates.action.addCe'), main: false };
  const next = certification.latest === null ? 'register' : 'renew';
  return [
    edit,
    education,
    {
      href: at(next === 'register' ? 'registration' : 'renewal'),
      icon: 'file-check',
      label: ctx.t(`certificates.action.${next}`),
      main: true,
    },
  ];
}

function paperFacts(ctx: Ctx, ground: CertificateGround) {
  const { t } = ctx;
  const { certificate, worker } = ground;
  const personHref = ctx.can('worker.read') ? kept(ctx, `/workers/${worker.id}`) : null;
  const rows: [string, string][] = [
    ['person', worker.name],
    ['level', t(`certificates.level.${certificate.level}`)],
    ['managementNo', certificate.managementNo ?? '—'],
    ['title', certificate.title],
    ['obtainedOn', certificate.obtainedOn],
    ['examYear', certificate.examYear === null ? '—' : String(certificate.examYear)],
    ['review', t(`certificates.review.${certificate.review}`)],
    ...(certificate.voidedOn === null
      ? []
      : ([
          ['voidedOn', certificate.voidedOn],
          ['voidReason', certificate.voidReason],
        ] as [string, string][])),
    ['changed', `${dayOf(certificate.changedAt)} ${certificate.changedBy}`],
  ];
  return rows.map(([field, text]) => ({ label: t(`certificates.field.${field}`), text, href: field === 'person' ? personHref : null }));
}

interface At {
  readonly on: Certificate;
  readonly canRecord: boolean;
}

function removalHref(ctx: Ctx, at: At, entryId: string): string | null {
  return at.canRecord ? kept(ctx, `/certificates/${at.on.id}/entries/${entryId}/removal`) : null;
}

function sourceText(ctx: Ctx, row: Registration | CeEntry, at: At & { readonly certificate: Certificate }): string {
  const elsewhere =
    at.on.id === at.certificate.id ? '' : ctx.t('certificates.one.onOther', { level: ctx.t(`certificates.level.${at.on.level}`) });
  return [row.source, elsewhere].filter((part) => part !== '').join(' · ');
}

function registrationRow(ctx: Ctx, row: Registration, at: At & { readonly certificate: Certificate }) {
  return {
    day: row.from,
    kind: ctx.t(`certificates.registration.kinds.${row.kind}`),
    period: ctx.t('certificates.registration.range', { from: row.from, until: row.validThrough }),
    level: ctx.t(`certificates.level.${row.level}`),
    source: sourceText(ctx, row, at),
    recorded: recordedText(ctx, row),
    removalHref: removalHref(ctx, at, row.id),
  };
}

function recordedText(ctx: Ctx, row: Registration | CeEntry): string {
  return ctx.t('certificates.one.recorded', { day: dayOf(row.recordedAt), by: row.recordedBy });
}

function educationRow(ctx: Ctx, row: CeEntry, at: At & { readonly ground: CertificateGround }) {
  const { t } = ctx;
  const { certification, degreeMinutes, certificate } = at.ground;
  const period = certification.latest?.period ?? null;
  const isOutside = period === null || row.endedOn < period.from || row.endedOn > period.validThrough;
  return {
    day: row.endedOn,
    title: row.title,
    kind: t(`certificates.ce.kinds.${row.kind}`),
    hours: t('certificates.ce.hoursOf', { hours: hoursText(row.minutes ?? degreeMinutes) }),
    outside: isOutside && period !== null ? t('certificates.ce.outside') : '',
    source: sourceText(ctx, row, { ...at, certificate }),
    recorded: recordedText(ctx, row),
    removalHref: removalHref(ctx, at, row.id),
  };
}

/** A change of the trail as the page says it. */
function inWords(ctx: Ctx, change: AuditChange): AuditChange {
  const value = (text: string | null): string | null => {
    if (text === null) return null;
    if (change.field === 'level' || change.field === 'review') return ctx.t(`certificates.${change.field}.${text}`);
    return change.field === 'registration' ? text.replace('/', ' – ') : text;
  };
  return { field: ctx.t(`certificates.field.${change.field}`), from: value(change.from), to: value(change.to) };
}
