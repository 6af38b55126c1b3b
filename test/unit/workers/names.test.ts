import { expect } from 'chai';
import { findNameProblem } from '../../../server/workers/names.rules.js';
import { maskPhone, phoneTail, readPhone } from '../../../server/workers/phone.rules.js';

describe('Phones', () => {
  it('reads mobiles and landlines however they are written', () => {
    for (const text of ['13800010001', '+86 138-0001-0001', '0086 13800010001', '１３８０００１０００１', '8613800010001']) {
      expect(readPhone(text), text).to.deep.equal({ ok: true, phone: '13800010001', kind: 'MOBILE' });
    }
    expect(readPhone('0350-3031234')).to.deep.equal({ ok: true, phone: '03503031234', kind: 'LANDLINE' });
    expect(readPhone('(010) 12345678')).to.deep.equal({ ok: true, phone: '01012345678', kind: 'LANDLINE' });
  });

  it('refuses what is none', () => {
    expect(readPhone(' ')).to.deep.equal({ ok: false, problem: { kind: 'EMPTY' } });
    for (const text of ['12800010001', '1380001000', '138000100011', '1.38E+10', '3031234']) {
      expect(readPhone(text), text).to.deep.equal({ ok: false, problem: { kind: 'SHAPE' } });
    }
  });

  it('masks the middle and keeps the tail', () => {
    expect(maskPhone('13800010001')).to.equal('138****0001');
    expect(maskPhone('03503031234')).to.equal('0350*****34');
    expect(phoneTail('13800010001')).to.equal('0001');
  });
});

describe('Names', () => {
  it('have 2 to 25 characters of any script, counted by code point', () => {
    expect(findNameProblem('𠮷𠮷')).to.be.null;
    expect(findNameProblem('阿卜杜拉·买买提')).to.be.null;
    expect(findNameProblem('')).to.equal('EMPTY');
    expect(findNameProblem('𠮷')).to.equal('LENGTH');
    expect(findNameProblem('王'.repeat(26))).to.equal('LENGTH');
    expect(findNameProblem('王1')).to.equal('CHARACTERS');
  });
});
