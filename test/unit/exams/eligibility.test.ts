import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, civilDay } from '../../../server/platform/civilDays.js';
import { eligibilityFor, serviceYearsAt } from '../../../server/exams/eligibility.rules.js';
import type { Education, EligibilityFacts } from '../../../server/exams/eligibility.rules.js';
import type { Level } from '../../../server/certificates/level.rules.js';
import type { EducationLevel } from '../../../server/workers/posts.rules.js';
import { holdsForAll } from '../../support/property.js';
import { notice2026 } from './notice2026.js';

const worked = (from: string, to: string | null = null) => ({ from: civilDay(from), to: to === null ? null : civilDay(to) });

function studied(level: EducationLevel, isSocialWork = false, obtainedOn: string | null = '2010-07-01'): Education {
  return { level, isSocialWork, obtainedOn: obtainedOn === null ? null : civilDay(obtainedOn) };
}

function facts(educations: Education[], service = [worked('2026-01-01')], more: Partial<EligibilityFacts> = {}): EligibilityFacts {
  return { educations, service, fullTimeStudy: [], certificates: {}, ...more };
}

/** The least years of service with which a level may be sat in 2026; null when ten do not do it. */
function yearsNeeded(level: Level, education: Education, certificates: EligibilityFacts['certificates'] = {}): number | null {
  for (let years = 0; years <= 10; years += 1) {
    const service = years === 0 ? [] : [worked(`${String(2027 - years)}-01-01`)];
    if (eligibilityFor(level, facts([education], service, { certificates }), 2026, notice2026).ok) return years;
  }
  return null;
}

describe('Eligibility (domain.md §1.6)', () => {
  it('the table of ASSISTANT', () => {
    const row = (level: EducationLevel) => [yearsNeeded('ASSISTANT', studied(level, true)), yearsNeeded('ASSISTANT', studied(level))];
    expect(row('BELOW')).to.deep.equal([null, null]);
    expect(row('SECONDARY')).to.deep.equal([4, 4]);
    expect(row('COLLEGE')).to.deep.equal([2, 4]);
    for (const level of ['BACHELOR', 'MASTER', 'DOCTOR'] as const) expect(row(level), level).to.deep.equal([0, 2]);
  });

  it('the table of SOCIAL_WORKER', () => {
    const row = (level: EducationLevel) => [
      yearsNeeded('SOCIAL_WORKER', studied(level, true)),
      yearsNeeded('SOCIAL_WORKER', studied(level)),
    ];
    expect(row('SECONDARY')).to.deep.equal([null, null]);
    expect(row('COLLEGE')).to.deep.equal([4, 6]);
    expect(row('BACHELOR')).to.deep.equal([3, 5]);
    expect(row('MASTER')).to.deep.equal([1, 3]);
    expect(row('DOCTOR')).to.deep.equal([0, 2]);
  });

  it('the table of SOCIAL_WORKER for 高中/中专: the assistant certificate and then six years', () => {
    const ok = (ASSISTANT: string) =>
      eligibilityFor(
        'SOCIAL_WORKER',
        facts([studied('SECONDARY')], [worked('2005-01-01')], { certificates: { ASSISTANT: civilDay(ASSISTANT) } }),
        2026,
        notice2026,
      );
    expect(ok('2021-01-01')).to.deep.equal({ ok: true, rule: '2026-S-1' });
    expect(ok('2021-01-02')).to.deep.equal({ ok: false, nearestRule: '2026-S-1', shortfallYears: 1, earliestExamYear: 2027 });
  });

  it('the table of SENIOR: bachelor and five years after the SOCIAL_WORKER certificate', () => {
    const ok = (education: Education, certificates: EligibilityFacts['certificates']) =>
      eligibilityFor('SENIOR', facts([education], [worked('2005-01-01')], { certificates }), 2026, notice2026).ok;
    expect(ok(studied('BACHELOR'), { SOCIAL_WORKER: civilDay('2021-09-01') })).to.be.true;
    expect(ok(studied('BACHELOR'), { SOCIAL_WORKER: civilDay('2022-09-01') })).to.be.false;
    expect(ok(studied('COLLEGE'), { SOCIAL_WORKER: civilDay('2010-09-01') })).to.be.false;
    expect(ok(studied('BACHELOR'), {})).to.be.false;
  });

  it('documents.md §9.4 case 7: an other-major bachelor with four years in 2024 and five in 2025', () => {
    const person = facts([studied('BACHELOR')], [worked('2021-01-01')]);
    expect(eligibilityFor('SOCIAL_WORKER', person, 2024, notice2026)).to.deep.equal({
      ok: false,
      nearestRule: '2026-S-7',
      shortfallYears: 1,
      earliestExamYear: 2025,
    });
    expect(eligibilityFor('SOCIAL_WORKER', person, 2025, notice2026)).to.deep.equal({ ok: true, rule: '2026-S-7' });
  });

  it('ruling 32: 1 January Y to 31 December Y+n−1 is n years, a day less is not', () => {
    const years = (from: string) => serviceYearsAt({ service: [worked(from)], fullTimeStudy: [] }, 2026, null);
    expect([years('2022-01-01'), years('2022-01-02')]).to.deep.equal([5, 4]);
    expect(serviceYearsAt({ service: [worked('2022-01-01', '2026-12-31')], fullTimeStudy: [] }, 2026, null)).to.equal(4);
  });

  it('ruling 32: a degree obtained within the exam year counts for it', () => {
    const ok = (obtainedOn: string) => eligibilityFor('ASSISTANT', facts([studied('BACHELOR', true, obtainedOn)], []), 2026, notice2026).ok;
    expect([ok('2026-12-31'), ok('2027-01-01')]).to.deep.equal([true, false]);
  });

  it('ruling 32: of several degrees the most favourable', () => {
    const educations = [studied('BACHELOR'), studied('COLLEGE', true)];
    expect(eligibilityFor('SOCIAL_WORKER', facts(educations, [worked('2023-01-01')]), 2026, notice2026)).to.deep.equal({
      ok: true,
      rule: '2026-S-2',
    });
  });

  it('sums service before and after a degree, without full-time study and without counting a day twice', () => {
    const service = [worked('2015-01-01', '2018-01-01'), worked('2020-01-01', '2021-01-01'), worked('2020-06-01', '2021-01-01')];
    expect(serviceYearsAt({ service, fullTimeStudy: [] }, 2026, null)).to.equal(4);
    expect(serviceYearsAt({ service, fullTimeStudy: [worked('2016-01-01', '2017-01-01')] }, 2026, null)).to.equal(3);
    expect(serviceYearsAt({ service, fullTimeStudy: [worked('2016-01-01')] }, 2026, null)).to.equal(1);
  });

  it('names the first exam year that service alone will bring, or none', () => {
    const earliest = (educations: Education[], service = [worked('2025-06-01')]) => {
      const result = eligibilityFor('SOCIAL_WORKER', facts(educations, service), 2026, notice2026);
      return result.ok ? 2026 : result.earliestExamYear;
    };
    expect(earliest([studied('BACHELOR')])).to.equal(2030);
    expect(earliest([studied('BACHELOR'), studied('MASTER', false, '2027-07-01')])).to.equal(2028);
    expect(earliest([studied('BACHELOR')], [worked('2020-01-01', '2021-01-01')])).to.be.null;
    expect(earliest([studied('BELOW')])).to.be.null;
  });

  it('more service never takes eligibility away', () => {
    const start = fc.integer({ min: 0, max: 4000 });
    holdsForAll(
      [start, start, fc.constantFrom('SECONDARY', 'COLLEGE', 'BACHELOR', 'MASTER', 'DOCTOR'), fc.boolean()],
      (one, other, level, isSocialWork) => {
        const ok = (offset: number) =>
          eligibilityFor(
            'SOCIAL_WORKER',
            facts([studied(level, isSocialWork)], [{ from: addDays(civilDay('2015-01-01'), offset), to: null }]),
            2026,
            notice2026,
          ).ok;
        return !ok(Math.max(one, other)) || ok(Math.min(one, other));
      },
    );
  });
});
