import { expect } from 'chai';
import iconv from 'iconv-lite';
import { readTable, type Table } from '../../../../server/platform/files/table.js';
import { makeZip, sheetXml, workbookParts } from './zipMaker.js';

const form = { known: ['姓名', '性别', '出生年月', '身份证号', '手机号', '毕业院校及专业'], required: ['姓名', '身份证号'] };

const xlsx = (rows: readonly (readonly (string | number)[])[]): Buffer => makeZip(workbookParts([{ name: '花名册', xml: sheetXml(rows) }]));
const csv = (text: string, encoding = 'utf8'): Buffer => iconv.encode(text, encoding);

async function tableOf(bytes: Buffer): Promise<Table> {
  const read = await readTable(bytes, form);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read;
}

async function problemOf(bytes: Buffer): Promise<unknown> {
  const read = await readTable(bytes, form);
  return read.ok ? null : read.problem;
}

describe('reading a table people filled in', () => {
  it('finds the header under title, unit and instructions, and keeps the row numbers of the spreadsheet', async () => {
    const table = await tableOf(
      xlsx([
        ['代县社区工作者花名册'],
        ['填表须知：身份证号须为文本，姓名与身份证一致'],
        [],
        ['姓 名', '性别', '*身份证\n号', ' 手机号 '],
        ['𠮷小明', '女', '149999199003070014', '13800138000'],
        [],
        ['王 芳', '女', '149999198811220020', ''],
        ['合计', '', '2'],
        ['填表人：张三', '', '审核人：李四'],
      ]),
    );
    expect(table.headerRow).to.equal(4);
    expect(table.sheet).to.equal('花名册');
    expect(table.rows.map((row) => [row.rowNumber, row.cells[0], row.cells[2]])).to.deep.equal([
      [5, '𠮷小明', '149999199003070014'],
      [7, '王 芳', '149999198811220020'],
    ]);
    expect(table.leftOut.map((row) => [row.rowNumber, row.text])).to.deep.equal([
      [8, '合计'],
      [9, '填表人：张三'],
    ]);
  });

  it('does not take a person for a total', async () => {
    const table = await tableOf(
      xlsx([
        ['姓名', '身份证号'],
        ['注册明', '1'],
        ['合计明', '2'],
      ]),
    );
    expect(table.rows).to.have.length(2);
  });

  it('keeps two columns of one name apart by position and cuts what has no header', async () => {
    const table = await tableOf(
      xlsx([
        ['姓名', '身份证号', '毕业院校及专业', '毕业院校及专业'],
        ['王芳', '1', '忻州师院', '山西大学', '多余'],
        ['李强', '2'],
      ]),
    );
    expect(table.headers.slice(2)).to.deep.equal(['毕业院校及专业', '毕业院校及专业']);
    expect(table.rows.map((row) => row.cells)).to.deep.equal([
      ['王芳', '1', '忻州师院', '山西大学'],
      ['李强', '2', '', ''],
    ]);
  });

  it('leaves out a header that was pasted again further down', async () => {
    const table = await tableOf(
      xlsx([
        ['姓名', '身份证号'],
        ['王芳', '1'],
        ['姓名', '身份证号'],
        ['李强', '2'],
      ]),
    );
    expect(table.rows.map((row) => row.rowNumber)).to.deep.equal([2, 4]);
  });

  it('reports identity numbers that a spreadsheet has rounded, as number or as text', async () => {
    const table = await tableOf(
      xlsx([
        ['姓名', '身份证号'],
        ['王芳', 149999199003070000],
        ['李强', '1.40902E+17'],
        ['赵敏', '149999198811220020'],
      ]),
    );
    expect(table.rows.map((row) => row.lostDigits)).to.deep.equal([[1], [1], []]);
  });

  it('reads the second sheet when the first one only explains, and never a hidden one', async () => {
    const roster = sheetXml([
      ['姓名', '身份证号'],
      ['王芳', '1'],
    ]);
    const hidden = {
      name: '旧表',
      xml: sheetXml([
        ['姓名', '身份证号'],
        ['旧人', '9'],
      ]),
      state: 'hidden',
    };
    const explains = { name: '说明', xml: sheetXml([['填表须知'], ['一、…']]) };
    const table = await tableOf(makeZip(workbookParts([hidden, explains, { name: '名单 &amp; 电话', xml: roster }])));
    expect([table.sheet, table.rows[0]?.cells[0]]).to.deep.equal(['名单 & 电话', '王芳']);
  });

  it('reads csv in UTF-8, with a mark, in GB18030, in UTF-16 and with tabs alike', async () => {
    const text = '花名册\r\n姓名,性别,身份证号\r\n"王,芳",女,149999198811220020\r\n龘䶮,男,149999197506300046\r\n';
    const variants = [
      csv(text),
      csv(`\ufeff${text}`),
      csv(text, 'gb18030'),
      csv(`\ufeff${text}`, 'utf16-le'),
      csv(text.replace('"王,芳"', '王芳').replaceAll(',', '\t')),
    ];
    for (const bytes of variants) {
      const table = await tableOf(bytes);
      expect(table.kind).to.equal('csv');
      expect(table.rows.map((row) => [row.rowNumber, row.cells[2]])).to.deep.equal([
        [3, '149999198811220020'],
        [4, '149999197506300046'],
      ]);
      expect(table.rows[1]?.cells[0]).to.equal('龘䶮');
    }
  });

  it('counts empty lines and lines inside quotes as a spreadsheet does', async () => {
    const table = await tableOf(csv('姓名,身份证号\n\n"王\n芳",1\n李强,2\n'));
    expect(table.rows.map((row) => row.rowNumber)).to.deep.equal([3, 4]);
  });

  it('says which line of a csv cannot be read, which columns are missing and what a header should have', async () => {
    expect(await problemOf(csv('姓名,身份证号\n王芳,1\n"李强,2\n赵敏,3\n'))).to.deep.equal({ key: 'files.csvLine', values: { line: 3 } });
    expect(await problemOf(csv('花名册\n姓名,性别\n王芳,女\n'))).to.deep.equal({
      key: 'files.columnsMissing',
      values: { columns: '身份证号', row: 2 },
    });
    expect(await problemOf(csv('甲,乙\n1,2\n'))).to.deep.equal({ key: 'files.noHeader', values: { expected: '姓名、身份证号' } });
    expect(await problemOf(csv('姓名,身份证号\n合计,0\n'))).to.deep.equal({ key: 'files.noRows', values: { row: 1 } });
  });

  it('refuses bytes that are no text', async () => {
    expect(await problemOf(Buffer.from([0xff, 0x00, 0x81, 0x20, 0xff]))).to.deep.equal({ key: 'files.notText', values: {} });
    expect(await problemOf(csv(' \n \n'))).to.deep.equal({ key: 'files.empty', values: {} });
  });
});
