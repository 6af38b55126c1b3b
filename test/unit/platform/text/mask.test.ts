import { expect } from 'chai';
import { maskIdNumber, maskPhone } from '../../../../server/platform/text/mask.js';

describe('masking', () => {
  it('hides the middle of identity numbers and phones', () => {
    expect(maskIdNumber('140999199003070046')).to.equal('1409**********0046');
    expect(maskPhone('13800138000')).to.equal('138****8000');
  });

  it('hides altogether what is too short', () => {
    expect(maskPhone('3030000')).to.equal('*******');
    expect(maskIdNumber('')).to.equal('');
  });
});
