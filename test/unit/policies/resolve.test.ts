import { expect } from 'chai';
import { civilDay } from '../../../server/platform/civilDays.js';
import { findPolicyRowProblem, resolvePolicy } from '../../../server/policies/resolve.rules.js';
import type { PolicyRow } from '../../../server/policies/resolve.rules.js';

function row(id: string, divisionId: string, from: string, to: string | null = null): PolicyRow<string> {
  return { id, kind: 'grace', divisionId, from: civilDay(from), to: to === null ? null : civilDay(to), value: id };
}

const path = ['nation', 'province', 'city', 'county'];

describe('Policy rows', () => {
  const rows = [
    row('n', 'nation', '2000-01-01'),
    row('old', 'city', '2024-01-01', '2026-01-01'),
    row('new', 'city', '2026-01-01'),
    row('other', 'elsewhere', '2000-01-01'),
  ];
  const on = (day: string, divisionPath = path) => resolvePolicy(rows, 'grace', divisionPath, civilDay(day))?.rowId ?? null;

  it('the nearest division that has one on that day wins', () => {
    expect([on('2023-12-31'), on('2024-01-01'), on('2025-12-31'), on('2026-01-01')]).to.deep.equal(['n', 'old', 'old', 'new']);
    expect(on('2026-01-01', ['nation', 'elsewhere'])).to.equal('other');
    expect(on('1999-12-31')).to.be.null;
    expect(resolvePolicy(rows, 'another kind', path, civilDay('2026-01-01'))).to.be.null;
  });

  it('two of a kind and division never share a day', () => {
    expect(findPolicyRowProblem(rows, row('x', 'city', '2025-06-01', '2025-07-01'))).to.deep.include({ kind: 'OVERLAP' });
    expect(findPolicyRowProblem(rows, row('x', 'city', '2023-01-01', '2024-01-01'))).to.be.null;
    expect(findPolicyRowProblem(rows, row('x', 'city', '2023-01-01'))).to.deep.include({ kind: 'OVERLAP' });
    expect(findPolicyRowProblem(rows, row('x', 'county', '2025-06-01'))).to.be.null;
    expect(findPolicyRowProblem(rows, { ...row('x', 'city', '2025-06-01'), kind: 'another kind' })).to.be.null;
    expect(findPolicyRowProblem(rows, row('new', 'city', '2026-02-01'))).to.be.null;
    expect(findPolicyRowProblem(rows, row('x', 'county', '2025-06-01', '2025-06-01'))).to.deep.equal({ kind: 'EMPTY' });
  });
});
