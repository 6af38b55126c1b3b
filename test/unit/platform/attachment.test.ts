import { expect } from 'chai';
import { attachmentHeader } from '../../../server/platform/http/attachment.js';

describe('the name of a download', () => {
  it('is kept whole, beside a spelling for programs that read only ASCII', () => {
    expect(attachmentHeader('操作记录-2026-11-24.xlsx')).to.equal(
      `attachment; filename="cao-zuo-ji-lu-2026-11-24.xlsx"; filename*=UTF-8''${encodeURIComponent('操作记录-2026-11-24')}.xlsx`,
    );
    expect(attachmentHeader('忻州市（2026 年）"花名册".xlsx')).to.include('filename="xin-zhou-shi-2026-nian-hua-ming-ce.xlsx"');
  });

  it('leaves nothing in it that ends the header or its quotes', () => {
    const header = attachmentHeader('a\r\nb"c;d\\e\'f(g)*.csv');
    expect(header).to.match(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/);
  });

  it('is never empty', () => {
    expect(attachmentHeader('《》.xlsx')).to.include('filename="download.xlsx"');
  });
});
