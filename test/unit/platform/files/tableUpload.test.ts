import { expect } from 'chai';
import { readUploadedTable } from '../../../../server/platform/files/tableUpload.js';
import { makeZip, sheetXml, workbookParts } from './zipMaker.js';

const form = { known: ['姓名', '身份证号'], required: ['姓名', '身份证号'] };
const limits = { inThreadBytes: 10, milliseconds: 60_000, megabytes: 512 };

const roster = (rows: number): Buffer =>
  makeZip(
    workbookParts([{ name: '人', xml: sheetXml([['姓名', '身份证号'], ...Array.from({ length: rows }, (_, i) => [`王芳${i}`, `${i}`])]) }]),
  );

describe('reading a large upload in its own thread', () => {
  it('gives the same table as reading it at once', async () => {
    const bytes = roster(500);
    expect(await readUploadedTable(bytes, form, limits)).to.deep.equal(await readUploadedTable(bytes, form));
  });

  it('gives the same refusal', async () => {
    const cut = roster(500).subarray(0, 3000);
    expect(await readUploadedTable(cut, form, limits)).to.deep.equal(await readUploadedTable(cut, form));
  });

  it('gives up at its limit of time instead of keeping everybody waiting', async () => {
    const read = await readUploadedTable(roster(500), form, { ...limits, milliseconds: 1 });
    expect(read).to.deep.equal({ ok: false, problem: { key: 'files.tooSlow', values: { seconds: 0.001 } } });
  });
});
