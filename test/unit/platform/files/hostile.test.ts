import { expect } from 'chai';
import { readTable } from '../../../../server/platform/files/table.js';
import { writeSheets } from '../../../../server/platform/files/xlsxWriter.js';
import { makeZip, sheetXml, workbookParts, type Entry } from './zipMaker.js';

const form = { known: ['姓名', '身份证号'], required: ['姓名'] };
const people = sheetXml([
  ['姓名', '身份证号'],
  ['王小明', '149999199003070014'],
]);

/** An honest workbook with parts changed or added. */
function workbook(change: (parts: Entry[]) => Entry[]): Buffer {
  return makeZip(change(workbookParts([{ name: 'Sheet1', xml: people }])));
}

function changed(name: string, change: Partial<Entry>): Buffer {
  return workbook((parts) => parts.map((part) => (part.name === name ? { ...part, ...change } : part)));
}

async function problemOf(bytes: Buffer): Promise<string> {
  const read = await readTable(bytes, form);
  return read.ok ? 'taken' : read.problem.key;
}

const sheet = 'xl/worksheets/sheet1.xml';

describe('files that break or were made to hurt', () => {
  it('takes the honest file that the others are made from', async () => {
    expect(await problemOf(workbook((parts) => parts))).to.equal('taken');
  });

  it('refuses a half-uploaded workbook wherever it was cut', async () => {
    const whole = await writeSheets([
      {
        name: '人',
        title: '花名册',
        notes: [],
        headers: [[{ text: '姓名' }]],
        columns: [{ width: 10 }],
        rows: Array.from({ length: 300 }, (_, i) => [`王小明${i}`]),
      },
    ]);
    for (const share of [0.1, 0.5, 0.9, 0.999])
      expect(await problemOf(whole.subarray(0, Math.floor(whole.length * share)))).to.equal('files.damaged');
  });

  it('refuses a sheet that ends in the middle inside a sound zip, which would lose people without a word', async () => {
    expect(await problemOf(changed(sheet, { data: people.slice(0, -40) }))).to.equal('files.damaged');
    expect(await problemOf(changed(sheet, { data: people.replace('</worksheet>', '') }))).to.equal('files.damaged');
  });

  it('refuses a changed byte, a doubled part and UTF-16 parts', async () => {
    expect(await problemOf(changed(sheet, { checksum: 1 }))).to.equal('files.damaged');
    expect(await problemOf(workbook((parts) => [...parts, { name: sheet.toUpperCase(), data: people }]))).to.equal('files.damaged');
    expect(await problemOf(changed(sheet, { data: Buffer.from(people, 'utf16le') }))).to.equal('files.damaged');
  });

  it('refuses sizes that lie in either direction', async () => {
    const big = Buffer.alloc(8 * 2 ** 20, 'a');
    expect(await problemOf(changed(sheet, { data: big, declaredSize: 5000 }))).to.equal('files.damaged');
    expect(await problemOf(changed(sheet, { declaredSize: 0 }))).to.equal('files.bomb');
    expect(await problemOf(changed(sheet, { declaredSize: 2 ** 31 }))).to.equal('files.bomb');
  });

  it('refuses what unpacks to hundreds of its size, and hundreds of parts', async () => {
    expect(await problemOf(changed(sheet, { data: Buffer.alloc(32 * 2 ** 20, ' ') }))).to.equal('files.bomb');
    const many = Array.from({ length: 250 }, (_, i) => ({ name: `xl/media/${i}.png`, data: 'x' }));
    expect(await problemOf(workbook((parts) => [...parts, ...many]))).to.equal('files.bomb');
  });

  it('refuses rows that reach the last column of a spreadsheet', async () => {
    const far = people.replace('<row r="2">', '<row r="2"><c r="XFD2"><v>1</v></c></row><row r="3">');
    expect(await problemOf(changed(sheet, { data: far }))).to.equal('files.tooLarge');
  });

  it('does not expand entities', async () => {
    const text = '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    const read = await readTable(changed(sheet, { data: people.replace(/<\?xml[^>]*>/, text).replace('王小明', '&b;') }), form);
    expect(read.ok ? read.rows[0]?.cells[0] : 'refused').to.not.contain('aaaa');
  });

  it('refuses macros, passwords and the old format, each by its name', async () => {
    expect(await problemOf(workbook((parts) => [...parts, { name: 'xl/vbaProject.bin', data: 'x' }]))).to.equal('files.macros');
    expect(await problemOf(changed(sheet, { flags: 1 }))).to.equal('files.protected');
    expect(await problemOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).to.equal('files.oldOffice');
  });

  it('refuses other formats by name, whatever the ending says', async () => {
    expect(await problemOf(makeZip([{ name: 'word/document.xml', data: '<w/>' }]))).to.equal('files.notWorkbook');
    expect(await problemOf(Buffer.from('%PDF-1.7\n'))).to.equal('files.pdf');
    expect(await problemOf(Buffer.from('89504e470d0a1a0a00', 'hex'))).to.equal('files.picture');
    expect(await problemOf(Buffer.from('<html><table><tr><td>姓名'))).to.equal('files.webPage');
    expect(await problemOf(Buffer.from('Rar!\x1a'))).to.equal('files.archive');
    expect(await problemOf(Buffer.alloc(0))).to.equal('files.empty');
  });
});
