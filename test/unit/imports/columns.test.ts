import { expect } from 'chai';
import { isStranded, mayCommit, noCounts } from '../../../server/imports/batch.rules.js';
import { columnLetters, mapColumns } from '../../../server/imports/columns.rules.js';
import { headerKey } from '../../../server/platform/files/table.js';
import { rosterColumns } from '../../../server/workers/rosterColumns.import.js';

describe('Columns of an import', () => {
  const mapped = (headers: readonly string[]) =>
    Object.fromEntries(mapColumns(rosterColumns, headers, headerKey).columns.map(({ key, at }) => [key, at]));

  it('recognises the template in its own order', () => {
    const map = mapColumns(
      rosterColumns,
      rosterColumns.map((column) => column.header),
      headerKey,
    );
    expect(map.unknown).to.deep.equal([]);
    expect(map.columns.map(({ key, at }) => [key, at])).to.deep.equal(rosterColumns.map((column, at) => [column.key, at]));
  });

  it('recognises other names, widths and orders, and names what it does not know', () => {
    const map = mapColumns(rosterColumns, ['手机号码', ' 姓 名*', '身份证号码', '', '特长', '县（市、区）'], headerKey);
    expect(map.columns).to.deep.equal([
      { key: 'phone', at: 0 },
      { key: 'name', at: 1 },
      { key: 'idNumber', at: 2 },
      { key: 'county', at: 5 },
    ]);
    expect(map.unknown).to.deep.equal([{ at: 4, header: '特长' }]);
  });

  it('gives a 毕业院校及专业 to the education before it, by position (decision 23)', () => {
    expect(mapped(['全日制学历', '毕业院校及专业', '在职(最高)学历', '毕业院校及专业'])).to.include({
      fullTimeSchool: 1,
      inServiceSchool: 3,
    });
    expect(mapped(['在职学历', '毕业院校及专业', '全日制学历', '毕业院校及专业'])).to.include({ inServiceSchool: 1, fullTimeSchool: 3 });
    expect(mapped(['姓名', '最高学历', '毕业院校及专业']))
      .to.include({ inServiceSchool: 2 })
      .and.not.to.have.property('fullTimeSchool');
  });

  it('counts letters as a spreadsheet does', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).to.deep.equal(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});

describe('State of an import', () => {
  it('may be committed when every row is right and something is to be written', () => {
    const counts = { ...noCounts, added: 1 };
    expect(mayCommit({ state: 'checked', counts })).to.equal(true);
    expect(mayCommit({ state: 'checked', counts: { ...counts, errors: 1 } })).to.equal(false);
    expect(mayCommit({ state: 'checked', counts: { ...noCounts, unchanged: 9 } })).to.equal(false);
    for (const state of ['checking', 'committing', 'committed', 'abandoned', 'failed'] as const) {
      expect(mayCommit({ state, counts }), state).to.equal(false);
    }
  });

  it('is stranded when work is open and nobody renews the lease', () => {
    const now = new Date('2026-11-24T02:00:00Z');
    const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
    expect(isStranded({ state: 'checking', leaseUntil: null }, now)).to.equal(true);
    expect(isStranded({ state: 'committing', leaseUntil: at(-1) }, now)).to.equal(true);
    expect(isStranded({ state: 'checking', leaseUntil: at(1) }, now)).to.equal(false);
    expect(isStranded({ state: 'checked', leaseUntil: null }, now)).to.equal(false);
  });
});
