import type { CivilDay } from '../platform/civilDays.js';
import type { Translate } from '../platform/i18n/translator.js';
import type { Certificate, Certification } from './certificate.rules.js';
import { registrationDays, registrationStateOn, type RegistrationState } from './standing.rules.js';

/** A state as `partials/badge` prints it. */
interface Badge {
  readonly kind: 'ok' | 'info' | 'warn' | 'bad' | 'calm' | 'line';
  readonly icon: string;
  readonly label: string;
}

/** One certificate of a person. */
export interface CertificateLine {
  readonly level: string;
  /** 2022 年考取 · 管理号 ****4417. */
  readonly note: string;
  readonly badge: Badge;
  /** What it means and by when something is due. */
  readonly text: string;
  readonly href: string;
}

/** Certificates, registration and continuing education, for the person page. */
export interface CertificateCard {
  readonly lines: readonly CertificateLine[];
  /** Null without a registration period. */
  readonly ce: { readonly label: string; readonly value: string; readonly done: number; readonly note: string } | null;
  readonly emptyText: string;
  readonly addHref: string | null;
}

const badges: Readonly<Record<RegistrationState, Pick<Badge, 'kind' | 'icon'>>> = {
  NONE_WITHIN_1Y: { kind: 'info', icon: 'clock' },
  NONE_OVERDUE: { kind: 'bad', icon: 'alert-triangle' },
  VALID: { kind: 'ok', icon: 'shield-check' },
  RENEW_WINDOW: { kind: 'warn', icon: 'clock' },
  LAPSED: { kind: 'bad', icon: 'circle-x' },
};

/** The badge of a registration state: one word for one state everywhere. */
export function registrationBadge(t: Translate, state: RegistrationState | null): Badge {
  if (state === null) return { kind: 'line', icon: 'minus', label: t('certificates.state.uncertified') };
  return { ...badges[state], label: t(`certificates.state.${state}`) };
}

/** 管理号 with all but its end hidden: enough to tell certificates apart. */
export function maskedNumber(managementNo: string): string {
  return `${'*'.repeat(Math.max(0, managementNo.length - 4))}${managementNo.slice(-4)}`;
}

/** Whole hours of minutes, to 0.1. */
export function hoursText(minutes: number): string {
  return String(Math.floor((minutes * 10) / 60 + 0.5) / 10);
}

/** 2022 年考取 · 管理号 ****4417. */
export function certificateNote(t: Translate, certificate: Certificate): string {
  const when =
    certificate.examYear === null
      ? t('certificates.note.obtained', { day: certificate.obtainedOn })
      : t('certificates.note.examYear', { year: certificate.examYear });
  return certificate.managementNo === null
    ? when
    : `${when} · ${t('certificates.note.number', { number: maskedNumber(certificate.managementNo) })}`;
}

/** What the registration of the person asks next. */
export function registrationText(t: Translate, certification: Certification): string {
  const { status } = certification;
  if (status === null) return '';
  switch (status.kind) {
    case 'NONE_WITHIN_1Y':
    case 'NONE_OVERDUE':
      return t(`certificates.text.${status.kind}`, { day: status.registerBy });
    case 'VALID':
    case 'RENEW_WINDOW':
      return t(`certificates.text.${status.kind}`, { until: status.validThrough, from: status.renewFrom });
    case 'LAPSED':
      return t('certificates.text.LAPSED', { until: status.validThrough });
  }
}

function lineOf(t: Translate, certificate: Certificate, at: { certification: Certification; today: CivilDay }): CertificateLine {
  const { certification, today } = at;
  const base = {
    level: t(`certificates.level.${certificate.level}`),
    note: certificateNote(t, certificate),
    href: `/certificates/${certificate.id}`,
  };
  if (certificate.review === 'PENDING') {
    return {
      ...base,
      badge: { kind: 'calm', icon: 'hourglass', label: t('certificates.state.PENDING') },
      text: t(certificate.level === 'SENIOR' ? 'certificates.text.pendingSenior' : 'certificates.text.pending'),
    };
  }
  if (certification.counted?.id !== certificate.id) {
    return { ...base, badge: { kind: 'line', icon: 'check', label: t('certificates.state.held') }, text: t('certificates.text.lower') };
  }
  const state = registrationStateOn({ level: certificate.level, ...registrationDays(certification) }, today);
  return { ...base, badge: registrationBadge(t, state), text: registrationText(t, certification) };
}

/** How far continuing education of the latest period is. */
export function ceOf(t: Translate, certification: Certification): CertificateCard['ce'] {
  const { latest } = certification;
  if (latest === null) return null;
  const { requiredMinutes, earnedMinutes, missingMinutes } = latest.ce;
  return {
    label: t('certificates.ce.period', { from: latest.period.from, until: latest.period.validThrough }),
    value: `${hoursText(earnedMinutes)} / ${hoursText(requiredMinutes)}`,
    done: requiredMinutes === 0 ? 100 : Math.min(100, Math.round((earnedMinutes / requiredMinutes) * 100)),
    note: missingMinutes === 0 ? t('certificates.ce.enough') : t('certificates.ce.missing', { hours: hoursText(missingMinutes) }),
  };
}

/** The card of a person from their certificates. */
export function certificateCard(
  t: Translate,
  of: { certificates: readonly Certificate[]; certification: Certification; today: CivilDay; addHref: string | null },
): CertificateCard {
  const standing = of.certificates.filter((one) => one.voidedOn === null || one.voidedOn > of.today).reverse();
  return {
    lines: standing.map((certificate) => lineOf(t, certificate, of)),
    ce: ceOf(t, of.certification),
    emptyText: t('certificates.card.empty'),
    addHref: of.addHref,
  };
}
