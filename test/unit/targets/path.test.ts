import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, civilDay } from '../../../server/platform/civilDays.js';
import { finalPoint, pathAt, peopleNeeded, staffingQuota, targetStanding } from '../../../server/targets/path.rules.js';
import type { TargetPath } from '../../../server/targets/path.rules.js';
import { holdsForAll } from '../../support/property.js';

const point = (day: string, basisPoints: number) => ({ day: civilDay(day), basisPoints });
const linear: TargetPath = { kind: 'LINEAR', from: point('2025-01-01', 1000), to: point('2027-01-01', 3000) };
const stepped: TargetPath = { kind: 'STEPPED', milestones: [point('2027-05-30', 3000), point('2025-12-31', 1500)] };

describe('Target paths (ruling 34)', () => {
  it('a line is held at its end values outside the window', () => {
    expect(pathAt(linear, civilDay('2020-01-01'))).to.equal(1000);
    expect(pathAt(linear, civilDay('2026-01-01'))).to.equal(2000);
    expect(pathAt(linear, civilDay('2030-01-01'))).to.equal(3000);
    expect(pathAt({ ...linear, from: point('2027-01-01', 1000) }, civilDay('2027-01-01'))).to.equal(3000);
  });

  it('steps stand at the last milestone reached', () => {
    expect(['2025-12-30', '2025-12-31', '2027-05-29', '2027-05-30'].map((day) => pathAt(stepped, civilDay(day)))).to.deep.equal([
      0, 1500, 1500, 3000,
    ]);
    expect(finalPoint(stepped)).to.deep.equal(point('2027-05-30', 3000));
    expect(finalPoint({ kind: 'STEPPED', milestones: [] })).to.be.null;
  });

  it('people needed round up and are never negative', () => {
    expect(peopleNeeded({ certified: 661, inService: 2551 }, 3000)).to.equal(105);
    expect(peopleNeeded({ certified: 900, inService: 2551 }, 3000)).to.equal(0);
    expect(peopleNeeded({ certified: 0, inService: 100 }, 700)).to.equal(7);
  });

  it('is behind only below path minus tolerance, and tells how many are missing now and in all', () => {
    const target = { path: linear, toleranceBasisPoints: 100 };
    const day = civilDay('2026-01-01');
    expect(targetStanding({ certified: 189, inService: 1000 }, target, day)).to.deep.include({
      isBehind: true,
      neededByNow: 11,
      neededInAll: 111,
      actualBasisPoints: 1890,
    });
    expect(targetStanding({ certified: 190, inService: 1000 }, target, day).isBehind).to.be.false;
    expect(targetStanding({ certified: 0, inService: 0 }, target, day)).to.deep.include({
      isBehind: false,
      actualBasisPoints: null,
      neededByNow: 0,
    });
  });

  it('a path that rises never falls', () => {
    const days = fc.integer({ min: -400, max: 1200 });
    holdsForAll([days, days, fc.constantFrom(linear, stepped)], (one, other, path) => {
      const at = (offset: number) => pathAt(path, addDays(civilDay('2025-01-01'), offset));
      return at(Math.min(one, other)) <= at(Math.max(one, other));
    });
  });

  it('certifying exactly the people needed by now is enough, one less is not on the path', () => {
    holdsForAll([fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 0, max: 730 })], (inService, offset) => {
      const day = addDays(civilDay('2025-01-01'), offset);
      const target = { path: linear, toleranceBasisPoints: 0 };
      const needed = targetStanding({ certified: 0, inService }, target, day).neededByNow;
      const isBehind = (certified: number) => targetStanding({ certified, inService }, target, day).isBehind;
      return !isBehind(needed) && (needed === 0 || isBehind(needed - 1));
    });
  });

  it('the staffing quota rounds up (domain.md §4.3)', () => {
    expect(staffingQuota(342_572, 18)).to.equal(617);
    expect(staffingQuota(10_000, 18)).to.equal(18);
    expect(staffingQuota(10_001, 18)).to.equal(19);
  });
});
