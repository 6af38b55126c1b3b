import type { Certificate, Certification } from '../certificates/certificate.rules.js';
import { yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { Badge } from '../workers/words.pages.js';
import type { ExamJudgement } from '../exams/standings.service.js';
import { examCard, resultRows } from './meExams.pages.js';
import { backToMe, dayWords, hoursText } from './meWords.pages.js';

/** The certificate that counts, how its registration stands, and what waits for confirmation; null without either. */
export function certificateCard(ctx: Ctx, certification: Certification | undefined, today: CivilDay) {
  if (certification === undefined) return null;
  const { counted, pending } = certification;
  const one = counted ?? pending[0];
  if (one === undefined) return null;
  const { t } = ctx;
  return {
    title: t(`home.levelName.${one.level}`),
    facts: [t('home.certificate.obtained', { year: yearOf(one.obtainedOn) }), numberWords(ctx, one)]
      .filter((part) => part !== '')
      .join(' · '),
    badge: statusBadge(ctx, certification),
    text: statusWords(ctx, certification, today),
  };
}

/** Only the end of the number: enough to tell one from another. */
function numberWords({ t }: Ctx, { managementNo }: Certificate): string {
  return managementNo === null ? '' : t('home.certificate.number', { tail: managementNo.slice(-4) });
}

function statusBadge({ t }: Ctx, { counted, status }: Certification): Badge {
  if (counted === null || status === null) return { kind: 'warn', icon: 'hourglass', label: t('home.certificate.pending') };
  const looks: Readonly<Record<typeof status.kind, Pick<Badge, 'kind' | 'icon'>>> = {
    NONE_WITHIN_1Y: { kind: 'warn', icon: 'clock' },
    NONE_OVERDUE: { kind: 'bad', icon: 'alert-triangle' },
    VALID: { kind: 'ok', icon: 'circle-check' },
    RENEW_WINDOW: { kind: 'warn', icon: 'clock' },
    LAPSED: { kind: 'bad', icon: 'alert-triangle' },
  };
  return { ...looks[status.kind], label: t(`home.certificate.status.${status.kind}`) };
}

function statusWords(ctx: Ctx, { counted, status }: Certification, today: CivilDay): string {
  const { t } = ctx;
  if (counted === null || status === null) return t('home.certificate.pendingText');
  switch (status.kind) {
    case 'NONE_WITHIN_1Y':
    case 'NONE_OVERDUE':
      return t(`home.certificate.text.${status.kind}`, { day: dayWords(t, status.registerBy, today) });
    case 'VALID':
    case 'RENEW_WINDOW':
      return t(`home.certificate.text.${status.kind}`, { day: status.validThrough, from: status.renewFrom });
    case 'LAPSED':
      return t('home.certificate.text.LAPSED', { day: status.validThrough });
  }
}

/** What the page of exams and certificates is made from. */
export interface MyCertification {
  readonly today: CivilDay;
  readonly judgement: ExamJudgement | undefined;
  readonly certification: Certification | undefined;
}

/** Own certificates, registrations, continuing education and every exam result. */
export function myCertificatesPage(ctx: Ctx, of: MyCertification) {
  const title = ctx.t('home.certificates.title');
  return {
    title,
    crumbs: backToMe(ctx, title),
    phone: true,
    certificate: certificateCard(ctx, of.certification, of.today),
    others: otherCertificates(ctx, of),
    periods: periodLines(ctx, of.certification),
    education: educationCard(ctx, of.certification),
    exam: examCard(ctx, of.judgement, { today: of.today, onlyBegun: false }),
    results: resultRows(ctx, of.judgement?.attempts ?? []),
  };
}

function periodLines({ t }: Ctx, certification: Certification | undefined): readonly string[] {
  const newest = [...(certification?.periods ?? [])].sort((a, b) => (a.from < b.from ? 1 : -1));
  return newest.map(({ from, validThrough }) => t('home.certificates.period', { from, to: validThrough }));
}

function otherCertificates(ctx: Ctx, { judgement, certification }: MyCertification) {
  const shown = certification?.counted ?? certification?.pending[0];
  return (judgement?.certificates ?? [])
    .filter((one) => one.id !== shown?.id && one.voidedOn === null)
    .map((one) => ({
      title: ctx.t(`home.levelName.${one.level}`),
      detail: [ctx.t('home.certificate.obtained', { year: yearOf(one.obtainedOn) }), numberWords(ctx, one)]
        .filter((part) => part !== '')
        .join(' · '),
    }));
}

/** Continuing education of the running registration, with what it is made of. */
function educationCard({ t }: Ctx, certification: Certification | undefined) {
  const latest = certification?.latest ?? null;
  if (latest === null) return null;
  const { period, ce } = latest;
  const percent = ce.requiredMinutes === 0 ? 100 : Math.min(100, Math.round((ce.earnedMinutes / ce.requiredMinutes) * 100));
  return {
    value: `${hoursText(ce.earnedMinutes)} / ${hoursText(ce.requiredMinutes)}`,
    done: percent,
    note:
      ce.missingMinutes > 0
        ? t('home.certificates.ceMissing', { hours: hoursText(ce.missingMinutes), day: period.validThrough })
        : t('home.certificates.ceMet', { day: period.validThrough }),
  };
}
