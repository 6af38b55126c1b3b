import { expect } from 'chai';
import fc from 'fast-check';
import { certificateDays, certificationOf, titleOfYear } from '../../../server/certificates/certificate.rules.js';
import type { Certificate } from '../../../server/certificates/certificate.rules.js';
import { levels } from '../../../server/certificates/level.rules.js';
import { certifiedOf, noOne, ratesOf, sumRates } from '../../../server/certificates/rates.rules.js';
import type { YearEnd } from '../../../server/certificates/rates.rules.js';
import { registrationDays, registrationStateOn, yearEndsOf, yearsOn } from '../../../server/certificates/standing.rules.js';
import { civilDay } from '../../../server/platform/civilDays.js';
import type { WorkerFacts } from '../../../server/workers/worker.rules.js';
import { registrationPolicy as policy } from './registrationPolicy.js';

const today = civilDay('2026-11-24');
const entered = { id: 'e', source: '', recordedAt: new Date(0), recordedBy: '' };

const certificate = (more: Partial<Certificate>): Certificate => ({
  id: 'c',
  workerId: 'w',
  divisionPath: ['nation'],
  level: 'ASSISTANT',
  managementNo: '2023000000000001',
  title: '',
  obtainedOn: civilDay('2023-10-01'),
  examYear: 2023,
  review: 'PASSED',
  voidedOn: null,
  voidReason: '',
  registrations: [],
  ce: [],
  version: 1,
  changedBy: '',
  changedAt: new Date(0),
  ...more,
});

const period = (from: string, validThrough: string, level: 'ASSISTANT' | 'SOCIAL_WORKER' = 'ASSISTANT') =>
  ({ ...entered, kind: 'FIRST', from: civilDay(from), validThrough: civilDay(validThrough), level }) as const;

describe('what follows from the certificates of a person', () => {
  it("registrations and education are the person's: a higher certificate goes on with the running period (ruling 33)", () => {
    const low = certificate({
      registrations: [period('2024-01-16', '2027-01-15')],
      ce: [{ ...entered, kind: 'TRAINING', title: '班', endedOn: civilDay('2025-05-01'), minutes: 600 }],
    });
    const high = certificate({ id: 'h', level: 'SOCIAL_WORKER', obtainedOn: civilDay('2025-10-01'), managementNo: '2025000000000001' });
    const judged = certificationOf([low, high], today, policy);
    expect(judged.counted?.id).to.equal('h');
    expect(judged.status?.kind).to.equal('RENEW_WINDOW');
    expect(judged.latest?.ce).to.deep.equal({ requiredMinutes: 72 * 60, earnedMinutes: 600, missingMinutes: 72 * 60 - 600 });
  });

  it('a pass that waits counts nowhere, one taken back is as if it had never been', () => {
    const waiting = certificate({ managementNo: null, review: 'PENDING' });
    const judged = certificationOf([waiting, certificate({ id: 'v', voidedOn: civilDay('2026-01-01') })], today, policy);
    expect([judged.counted, judged.status, judged.latest, judged.pending.map((one) => one.id)]).to.deep.equal([null, null, null, ['c']]);
  });

  it('one degree typed twice is one: 90 hours once', () => {
    const degree = (title: string) => ({ ...entered, kind: 'DEGREE', title, endedOn: civilDay('2025-07-01'), minutes: null }) as const;
    const judged = certificationOf(
      [
        certificate({
          registrations: [period('2024-01-16', '2027-01-15')],
          ce: [degree('山西大学 社会工作（本科）'), degree('山西大学社会工作本科')],
        }),
      ],
      today,
      policy,
    );
    expect(judged.latest?.ce.earnedMinutes).to.equal(90 * 60);
  });

  it('gives the first day of each level, and names the paper by its year', () => {
    const again = certificate({ id: 'again', obtainedOn: civilDay('2025-01-01') });
    expect(certificateDays([again, certificate({})], today)).to.deep.equal({ ASSISTANT: '2023-10-01' });
    expect([titleOfYear(2021), titleOfYear(2022)]).to.deep.equal(['社会工作者职业水平证书', '社会工作者职业资格证书']);
  });

  it('the state that lists read from stored days is the state of the rule, on every day', () => {
    const days = fc
      .integer({ min: 0, max: 2500 })
      .map((n) => civilDay(new Date(Date.UTC(2022, 0, 1) + n * 86_400_000).toISOString().slice(0, 10)));
    fc.assert(
      fc.property(days, fc.option(days, { nil: null }), (on, from) => {
        const own = certificate({
          registrations:
            from === null || from < '2023-10-01' ? [] : [period(from, `${String(Number(from.slice(0, 4)) + 3)}${from.slice(4, 8)}01`)],
        });
        const judged = certificationOf([own], on, policy);
        const stored = { level: judged.counted?.level ?? null, ...registrationDays(judged) };
        return registrationStateOn(stored, on) === (judged.status?.kind ?? null);
      }),
    );
  });
});

describe('certificate rates', () => {
  const ends = fc.array(
    fc.record({
      year: fc.constantFrom(2025, 2026),
      divisionId: fc.constantFrom('a', 'b'),
      inService: fc.boolean(),
      level: fc.constantFrom(null, ...levels),
    }),
  );

  it('a parent is the sum of its children, whoever belongs where', () => {
    fc.assert(
      fc.property(ends, (people: YearEnd[]) => {
        const parts = sumRates(['a', 'b'].map((id) => ratesOf(people, id, 2026)));
        const all = people.filter((one) => one.year === 2026 && one.inService);
        return parts.inService === all.length && certifiedOf(parts) === all.filter((one) => one.level !== null).length;
      }),
    );
  });

  it('nobody is nothing', () => {
    expect(sumRates([])).to.deep.equal(noOne);
    expect(certifiedOf(ratesOf([{ year: 2026, divisionId: 'a', inService: false, level: 'SENIOR' }], 'a', 2026))).to.equal(0);
  });

  it('remembers the ends of four years and today: in service and certified by the day asked about', () => {
    const facts = {
      worker: { divisionId: 'now' },
      appointments: [{ divisionId: 'then', primary: true, from: civilDay('2024-03-01'), to: civilDay('2026-02-01') }],
      statuses: [
        { status: 'IN_SERVICE', from: civilDay('2023-06-01'), to: civilDay('2026-06-01') },
        { status: 'RETIRED', from: civilDay('2026-06-01'), to: null },
      ],
    } as unknown as WorkerFacts;
    expect(yearsOn(today)).to.deep.equal([2022, 2023, 2024, 2025, 2026]);
    const found = yearEndsOf(facts, [certificate({ obtainedOn: civilDay('2024-10-01') })], {
      today,
      inService: { statuses: ['IN_SERVICE'] },
    });
    expect(found.map((one) => [one.year, one.divisionId, one.inService, one.level])).to.deep.equal([
      [2022, 'now', false, null],
      [2023, 'now', true, null],
      [2024, 'then', true, 'ASSISTANT'],
      [2025, 'then', true, 'ASSISTANT'],
      [2026, 'now', false, 'ASSISTANT'],
    ]);
  });
});
