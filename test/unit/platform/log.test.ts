import { expect } from 'chai';
import { makeLog } from '../../../server/platform/log.js';

function logged(write: (log: ReturnType<typeof makeLog>) => void): string {
  const lines: string[] = [];
  write(makeLog('info', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('log', () => {
  it('censors secrets and persons by field name at any of three levels', () => {
    const text = logged((log) => {
      log.info(
        { password: 'pw-one', form: { phone: 'pw-two', nested: { oneTimeCode: 'pw-three' } }, req: { headers: { cookie: 'pw-four' } } },
        'sign-in',
      );
    });
    expect(text).to.not.match(/pw-(one|two|three|four)/);
    expect(text.match(/\[removed\]/g)).to.have.length(4);
  });

  it('censors phones and identity numbers wherever they stand', () => {
    const text = logged((log) => {
      log.warn({ err: new Error('no worker 14999919900307001X, tel 13800138000, old 149999900307001') }, '149999199003070014 not found');
    });
    expect(text).to.not.match(/13800138000|149999/);
    expect(text).to.contain('[phone]').and.to.contain('[id number]');
  });

  it('keeps ids, times and counts', () => {
    const text = logged((log) => {
      log.info({ worker: '67a138001380001234567890', at: 1795500000123, rows: 13800138 }, 'done');
    });
    expect(text).to.contain('67a138001380001234567890').and.to.contain('1795500000123').and.to.contain('13800138');
    expect(text).to.not.contain('[');
  });
});
