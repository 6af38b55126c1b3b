import type { CivilDay } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import { newId } from '../platform/ids.js';
import { systemScope, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import type { PoliciesService } from '../policies/policies.service.js';
import { degreeIdOf, type CeEntry, type Certificate, type Registration } from './certificate.rules.js';
import { registrationPolicy } from './certificates.policies.js';
import { yearsFrom, type CertificateOutcome } from './certificates.service.js';
import type { CertificatesStore } from './certificates.store.js';
import { countedCertificate, isLevelAtLeast } from './level.rules.js';
import { latestPeriod, renewedPeriod, validThroughOf } from './registration.rules.js';

interface RegistrationsDeps {
  readonly store: CertificatesStore;
  readonly policies: Pick<PoliciesService, 'load'>;
}

/** What a form on a certificate names: which, as it was seen, and on what paper it rests. */
interface OnCertificate {
  readonly certificateId: string;
  readonly version: number;
  readonly source: string;
}

/** A registration as entered; without a last day the policy gives it (ruling 33). */
export interface RegistrationInput extends OnCertificate {
  readonly from: CivilDay;
  readonly validThrough: CivilDay | null;
}

/** Continuing education as entered; a degree has no minutes of its own. */
export interface CeInput extends OnCertificate {
  readonly kind: CeEntry['kind'];
  readonly title: string;
  readonly endedOn: CivilDay;
  readonly minutes: number | null;
}

const named = systemScope('certificates of one person, whose scope was checked');
const refused = (field: string, key: string, values: Problem['values'] = {}): CertificateOutcome => ({
  ok: false,
  problems: [{ field, key, values }],
});

/** 登记, 再登记 and 继续教育. Registrations and education are the person's, kept with the certificate they were entered on. */
export function makeRegistrationsService(deps: RegistrationsDeps) {
  const { store } = deps;

  function entered(tx: Tx, source: string) {
    return { id: newId(), source, recordedAt: tx.now, recordedBy: tx.actor.name };
  }

  function announce(
    tx: Tx,
    certificate: Certificate,
    action: string,
    change: { field: string; from: string | null; to: string | null; reason: string },
  ): void {
    const { field, from, to, reason } = change;
    const object = { kind: 'certificate', id: certificate.id };
    tx.audit({
      action,
      object,
      divisionPath: certificate.divisionPath,
      changes: [{ field, from, to }],
      ...(reason === '' ? {} : { reason }),
    });
    tx.emit({
      name: 'certificate.changed',
      workerIds: [certificate.workerId],
      years: yearsFrom(tx.today, tx.today),
      objectId: certificate.id,
    });
  }

  async function mine(tx: Tx, scope: Scope, certificateId: string): Promise<{ certificate: Certificate; all: readonly Certificate[] }> {
    const certificate = await store.byId(scope, certificateId, tx);
    const all = ((await store.ofWorkers(named, [certificate.workerId], tx)).get(certificate.workerId) ?? []).filter(
      (one) => one.voidedOn === null,
    );
    return { certificate, all };
  }

  async function policyOf(tx: Tx, certificate: Certificate) {
    return (await deps.policies.load([registrationPolicy])).on(registrationPolicy, certificate.divisionPath, tx.today).value;
  }

  function checkRegistration(tx: Tx, certificate: Certificate, input: RegistrationInput): Problem[] {
    const problems: Problem[] = [];
    if (certificate.managementNo === null) problems.push({ field: 'from', key: 'certificates.registration.pending' });
    if (input.from > tx.today) problems.push({ field: 'from', key: 'certificates.registration.future', values: { day: input.from } });
    if (input.from < certificate.obtainedOn)
      problems.push({ field: 'from', key: 'certificates.registration.beforeObtained', values: { day: certificate.obtainedOn } });
    if (input.validThrough !== null && input.validThrough <= input.from) {
      problems.push({ field: 'validThrough', key: 'certificates.registration.endsFirst', values: { from: input.from } });
    }
    return problems;
  }

  return {
    /** Enters the first registration of a person. */
    async register(tx: Tx, scope: Scope, input: RegistrationInput): Promise<CertificateOutcome> {
      const { certificate, all } = await mine(tx, scope, input.certificateId);
      const problems = checkRegistration(tx, certificate, input);
      const last = latestPeriod(all.flatMap((one) => one.registrations));
      if (last !== null)
        problems.push({ field: 'from', key: 'certificates.registration.registered', values: { until: last.validThrough } });
      if (problems.length > 0) return { ok: false, problems };
      const policy = await policyOf(tx, certificate);
      const validThrough = input.validThrough ?? validThroughOf(input.from, policy);
      const row: Registration = { ...entered(tx, input.source), kind: 'FIRST', from: input.from, validThrough, level: certificate.level };
      await store.change(tx, { id: certificate.id, version: input.version }, { registrations: [...certificate.registrations, row] });
      announce(tx, certificate, 'certificate.registered', {
        field: 'registration',
        from: null,
        to: `${row.from}/${row.validThrough}`,
        reason: input.source,
      });
      return { ok: true, id: row.id };
    },

    /** Enters a renewal on the day it was granted: early it begins at the old expiry, late on its day; the level is the highest held. */
    async renew(tx: Tx, scope: Scope, input: Omit<RegistrationInput, 'validThrough'>): Promise<CertificateOutcome> {
      const { certificate, all } = await mine(tx, scope, input.certificateId);
      const problems = checkRegistration(tx, certificate, { ...input, validThrough: null });
      const last = latestPeriod(all.flatMap((one) => one.registrations));
      if (last === null) return refused('from', 'certificates.registration.never');
      if (input.from <= last.from)
        problems.push({ field: 'from', key: 'certificates.registration.beforeLast', values: { day: last.from } });
      if (problems.length > 0) return { ok: false, problems };
      const highest = countedCertificate(all, tx.today)?.level ?? certificate.level;
      const level = isLevelAtLeast(highest, last.level) ? highest : last.level;
      const row: Registration = {
        ...entered(tx, input.source),
        kind: 'RENEWAL',
        ...renewedPeriod(last, input.from, level, await policyOf(tx, certificate)),
      };
      await store.change(tx, { id: certificate.id, version: input.version }, { registrations: [...certificate.registrations, row] });
      announce(tx, certificate, 'certificate.renewed', {
        field: 'registration',
        from: last.validThrough,
        to: `${row.from}/${row.validThrough}`,
        reason: input.source,
      });
      return { ok: true, id: row.id };
    },

    /** Enters continuing education that was accepted; a degree counts once per person. */
    async addCe(tx: Tx, scope: Scope, input: CeInput): Promise<CertificateOutcome> {
      const { certificate, all } = await mine(tx, scope, input.certificateId);
      if (input.endedOn > tx.today) return refused('endedOn', 'certificates.ce.endedOn.future', { day: input.endedOn });
      if (input.kind === 'TRAINING' && input.minutes === null) return refused('hours', 'certificates.ce.hours.missing');
      const degrees = all.flatMap((one) => one.ce).filter((entry) => entry.kind === 'DEGREE');
      const before = input.kind === 'DEGREE' ? degrees.find((entry) => degreeIdOf(entry.title) === degreeIdOf(input.title)) : undefined;
      if (before !== undefined) return refused('title', 'certificates.ce.title.degreeTwice', { day: before.endedOn });
      const { kind, title, endedOn } = input;
      const row: CeEntry = { ...entered(tx, input.source), kind, title, endedOn, minutes: kind === 'DEGREE' ? null : input.minutes };
      await store.change(tx, { id: certificate.id, version: input.version }, { ce: [...certificate.ce, row] });
      announce(tx, certificate, 'certificate.educated', { field: 'ce', from: null, to: `${title} ${endedOn}`, reason: input.source });
      return { ok: true, id: row.id };
    },

    /** Takes back a registration or a piece of education that was entered wrongly; the trail keeps what it said. */
    async remove(
      tx: Tx,
      scope: Scope,
      input: { certificateId: string; version: number; entryId: string; reason: string },
    ): Promise<CertificateOutcome> {
      const { certificate } = await mine(tx, scope, input.certificateId);
      const registration = certificate.registrations.find((one) => one.id === input.entryId);
      const education = certificate.ce.find((one) => one.id === input.entryId);
      if (registration === undefined && education === undefined) return refused('', 'certificates.entry.gone');
      await store.change(
        tx,
        { id: certificate.id, version: input.version },
        {
          registrations: certificate.registrations.filter((one) => one.id !== input.entryId),
          ce: certificate.ce.filter((one) => one.id !== input.entryId),
        },
      );
      const from =
        registration === undefined
          ? `${education?.title ?? ''} ${education?.endedOn ?? ''}`
          : `${registration.from}/${registration.validThrough}`;
      announce(tx, certificate, 'certificate.changed', {
        field: registration === undefined ? 'ce' : 'registration',
        from,
        to: null,
        reason: input.reason,
      });
      return { ok: true, id: input.entryId };
    },
  };
}

export type RegistrationsService = ReturnType<typeof makeRegistrationsService>;
