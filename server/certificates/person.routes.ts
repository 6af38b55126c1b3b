import type { PersonPart, PersonPartSource, TimelineEntry } from '../workers/person.pages.js';
import { kept } from '../workers/words.pages.js';
import type { Ctx } from '../platform/http/context.js';
import type { Deps } from '../wiring.js';
import { certificateCard } from './card.pages.js';
import type { Certificate } from './certificate.rules.js';

/** Certificates, registration and continuing education on the person page, to whoever may read certificates. */
export function certificatesPersonPart(deps: Deps): PersonPartSource {
  return async (ctx, worker): Promise<PersonPart> => {
    if (!ctx.can('certificate.read')) return {};
    const today = deps.clock.today();
    const [found, certifications] = await Promise.all([
      deps.certificates.ofWorkers([worker.id]),
      deps.certificates.certificationsOf([worker], today),
    ]);
    const certification = certifications.get(worker.id);
    if (certification === undefined) return {};
    const certificates = found.get(worker.id) ?? [];
    const start = kept(ctx, '/certificates/new');
    const addHref = ctx.can('certificate.record') ? `${start}${start.includes('?') ? '&' : '?'}worker=${worker.id}` : null;
    const model = certificateCard(ctx.t, { certificates, certification, today, addHref });
    return {
      side: [{ view: 'certificates/personBlock', model }],
      timeline: certificates.filter((one) => one.voidedOn === null).flatMap((one) => eventsOf(ctx, one)),
    };
  };
}

/** What a certificate adds to the history of a person. */
function eventsOf(ctx: Ctx, certificate: Certificate): TimelineEntry[] {
  const level = ctx.t(`certificates.level.${certificate.level}`);
  const registrations = certificate.registrations.map((row): TimelineEntry => ({
    day: row.from,
    tone: 'ok',
    badge: null,
    title: ctx.t(`certificates.timeline.${row.kind}`),
    text: [ctx.t('certificates.timeline.through', { until: row.validThrough }), row.source].filter((part) => part !== '').join(' · '),
  }));
  if (certificate.managementNo === null) return registrations;
  return [
    ...registrations,
    {
      day: certificate.obtainedOn,
      tone: 'ok',
      badge: null,
      title: ctx.t('certificates.timeline.obtained', { level }),
      text: certificate.title,
    },
  ];
}
