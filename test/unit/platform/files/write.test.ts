import { expect } from 'chai';
import { openXlsx, readXlsx } from 'hucre';
import { readCsv, decodeCsv, writeCsv } from '../../../../server/platform/files/csv.js';
import { cellText, openWorkbook } from '../../../../server/platform/files/xlsx.js';
import { writeSheets, type SheetTable } from '../../../../server/platform/files/xlsxWriter.js';

const table: SheetTable = {
  name: '统计表:2026/11',
  title: '培训情况统计表',
  notes: ['填报单位：忻州市委社会工作部', '统计截止：2026-11-24'],
  headers: [
    [
      { text: '县', rows: 2 },
      { text: '人数', columns: 2 },
      { text: '覆盖率', rows: 2 },
    ],
    [{ text: '应训' }, { text: '已训' }],
  ],
  columns: [
    { width: 14 },
    { width: 8, align: 'right', format: '0' },
    { width: 8, align: 'right', format: '0' },
    { width: 10, align: 'right', format: '0.0%' },
  ],
  rows: [
    ['代县', 152, 143, 0.941],
    ['=cmd|calc', 1, null, 0],
  ],
  totals: [['合计', 153, 143, 0.94]],
  foot: ['填表人：      审核人：'],
};

async function textsOf(bytes: Buffer): Promise<string[][]> {
  const book = await openWorkbook(bytes);
  if (!book.ok) throw new Error(book.problem.key);
  const rows: string[][] = [];
  for await (const row of book.rows(book.sheets[0] ?? '')) rows.push(row.cells.map(cellText));
  return rows;
}

describe('writing tables', () => {
  it('writes title, notes, a header of two levels, rows, total and signatures in order', async () => {
    const rows = await textsOf(await writeSheets([table]));
    expect(rows.map((row) => row.filter((cell) => cell !== '').join('|'))).to.deep.equal([
      '培训情况统计表',
      '填报单位：忻州市委社会工作部',
      '统计截止：2026-11-24',
      '县|人数|覆盖率',
      '应训|已训',
      '代县|152|143|0.941',
      '=cmd|calc|1|0',
      '合计|153|143|0.94',
      '填表人：      审核人：',
    ]);
  });

  it('places what stands under a spanning cell, and merges it', async () => {
    const bytes = await writeSheets([table]);
    const rows = await textsOf(bytes);
    expect(rows[4]?.slice(0, 3)).to.deep.equal(['', '应训', '已训']);
    const sheet = (await readXlsx(bytes, { readStyles: true })).sheets[0];
    expect(sheet?.merges).to.deep.include({ startRow: 3, startCol: 0, endRow: 4, endCol: 0 });
    expect(sheet?.merges).to.deep.include({ startRow: 3, startCol: 1, endRow: 3, endCol: 2 });
    expect(sheet?.merges).to.deep.include({ startRow: 0, startCol: 0, endRow: 0, endCol: 3 });
  });

  it('never makes a formula of what somebody typed, and keeps digits as text', async () => {
    const rows = [['=1+1'], ['149999199003070014'], ['0350-3030000']];
    const bytes = await writeSheets([{ ...table, headers: [[{ text: '甲' }]], columns: [{ width: 20 }], rows, totals: [], foot: [] }]);
    const sheet = (await openXlsx(bytes, { readStyles: true })).sheets[0];
    expect([...(sheet?.cells?.values() ?? [])].filter((cell) => cell.formula !== undefined)).to.deep.equal([]);
    expect((await textsOf(bytes)).slice(4).map((row) => row[0])).to.deep.equal(['=1+1', '149999199003070014', '0350-3030000']);
  });

  it('prints on A4 landscape, one page wide, with the header on every page', async () => {
    const sheet = (await readXlsx(await writeSheets([table]), { readStyles: true })).sheets[0];
    expect(sheet?.name).to.equal('统计表 2026 11');
    expect(sheet?.pageSetup).to.include({ paperSize: 'a4', orientation: 'landscape', fitToWidth: 1, printTitlesRow: '$4:$5' });
    expect(sheet?.freezePane?.rows).to.equal(5);
  });

  it('writes csv that spreadsheets open with the right characters and no formula', async () => {
    const bytes = writeCsv([
      ['姓名', '备注', '人数'],
      ['王,芳', '=HYPERLINK("x")', -3],
      ['李"强', '两\n行', null],
    ]);
    expect(bytes.subarray(0, 3).toString('hex')).to.equal('efbbbf');
    const decoded = decodeCsv(bytes);
    const read = decoded.ok ? await readCsv(decoded.text) : decoded;
    expect(read.ok && read.rows.map((row) => row.cells)).to.deep.equal([
      ['姓名', '备注', '人数'],
      ['王,芳', `'=HYPERLINK("x")`, '-3'],
      ['李"强', '两\n行', ''],
    ]);
  });
});
