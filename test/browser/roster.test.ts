import { expect } from 'chai';
import iconv from 'iconv-lite';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { idNumberOf } from '../http/workerActs.js';
import { rosterRows, rosterXlsx, rowOf } from '../http/importActs.js';
import { journey } from '../support/browserApp.js';

journey('a person is found, moved and let go; an exemption is asked and approved', async (app, look) => {
  const person = app.fixture.workers[6]!;
  const county = await app.open('county', look);
  await county.goto('/workers');
  await county.fill('.filters [name=q]', person.name);
  await county.click('.filters button');
  await county.click(`tbody a:has-text("${person.name}")`);
  const address = new URL(county.url()).pathname;
  expect(await county.textContent('h1')).to.include(person.name);

  await county.click('main a:has-text("调动")');
  await county.selectOption('[name=divisionId]', app.fixture.communities[2]!.id);
  await county.fill('[name=from]', '2026年11月23日');
  await county.click('button:has-text("下一步")');
  expect(await county.textContent('.error-box')).to.include('请写原因或依据');
  expect(await county.inputValue('[name=from]')).to.equal('2026年11月23日');
  await county.fill('[name=reason]', '网格调整');
  await county.click('button:has-text("下一步")');
  expect(await county.textContent('.confirm'))
    .to.include('跃进社区')
    .and.include('记录随人走');
  await county.click('button:has-text("确认调动")');
  expect(await county.textContent('[role=status]')).to.include(`${person.name} 已调动，2026-11-23 起。`);
  expect(await county.textContent('.page-facts')).to.include('砂河镇 跃进社区');

  await county.click('main a:has-text("申请免训")');
  await county.fill('[name=from]', '2026-11-24');
  await county.fill('[name=to]', '20261231');
  await county.fill('[name=reason]', '住院治疗，病历已附');
  await county.click('button:has-text("提交申请")');
  expect(await county.textContent('[role=status]')).to.include('等市里批准');

  const city = await app.open('city', look);
  await city.goto('/exemptions');
  await city.click(`tbody a:has-text("${person.name}")`);
  await city.click('button:has-text("同意免训")');
  expect(await city.textContent('[role=status]')).to.include('已同意');

  await county.goto(address);
  expect(await county.textContent('main'))
    .to.include('2026-11-24 至 2026-12-31 免训')
    .and.include('已同意');
  await county.click('main a:has-text("离岗")');
  await county.check('input[value=RETIRED]');
  await county.fill('[name=from]', '2026-11-24');
  await county.fill('[name=reason]', '到龄退休');
  await county.click('button:has-text("下一步")');
  await county.click('a:has-text("不办离岗，返回")');
  expect(await county.textContent('h1')).to.include('在岗');
});

journey('a roster is imported: the wrong file, the mended one, what changed', async (app, look) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'roster-'));
  const file = path.join(folder, '花名册.xlsx');
  const county = await app.open('county', look);
  const known = app.fixture.workers[1]!;
  const upload = async (bytes: Buffer): Promise<void> => {
    await writeFile(file, bytes);
    await county.setInputFiles('[name=file]', file);
    await county.click('button:has-text("上传并检查")');
  };
  const newcomer = {
    community: '东泰社区',
    name: '武小军',
    idNumber: idNumberOf('19950601', 11),
    post: '网格员',
    workStartedOn: '2026.03',
  };
  try {
    await county.goto('/imports');
    await upload(Buffer.from('%PDF-1.7'));
    expect(await county.textContent('.error-box')).to.include('这是 PDF 文件');
    await upload(
      await rosterXlsx([
        { ...newcomer, community: '东太社区' },
        { ...newcomer, idNumber: '1.49999E+17' },
      ]),
    );
    expect(await county.textContent('main'))
      .to.include('是不是“东泰社区”')
      .and.include('末三位已丢失')
      .and.include('整批不入库');
    await county.click('.actionbar a:has-text("改好原表再传")');
    await upload(await rosterXlsx([{ ...(await rowOf(app, known)), grade: '8' }, newcomer]));
    expect(await county.textContent('main'))
      .to.include('核对导入差异')
      .and.include('只改登记的等级')
      .and.include('没有出现在表里不等于离岗');
    await county.click('button:has-text("入库这 2 人")');
    expect(await county.textContent('main'))
      .to.include('导入结果')
      .and.include('新增 1 人，修改 1 人');
    await county.click('main a:has-text("去看花名册")');
    await county.fill('.filters [name=q]', 'wuxj');
    await county.click('.filters button');
    expect(await county.textContent('.empty')).to.include('没有找到“wuxj”');
    await county.fill('.filters [name=q]', 'wxj');
    await county.click('.filters button');
    expect(await county.textContent('tbody'))
      .to.include('武小军')
      .and.include('专职网格员');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

journey('a roster saved by an old office program as csv in GB18030 is read, characters beyond GBK too', async (app, look) => {
  const county = await app.open('county', look);
  const newcomer = {
    community: '东泰社区',
    name: '𬍛小军',
    idNumber: idNumberOf('19950601', 13),
    post: '网格员',
    workStartedOn: '2026.03',
  };
  const text = rosterRows([newcomer])
    .map((row) => row.map((cell) => String(cell ?? '')).join(','))
    .join('\r\n');
  await county.goto('/imports');
  await county.setInputFiles('[name=file]', { name: '花名册.csv', mimeType: 'text/csv', buffer: iconv.encode(text, 'gb18030') });
  await county.click('button:has-text("上传并检查")');
  await county.click('button:has-text("入库这 1 人")');
  expect(await county.textContent('main')).to.include('新增 1 人');
  await county.click('main a:has-text("去看花名册")');
  await county.fill('.filters [name=q]', '𬍛小军');
  await county.click('.filters button');
  expect(await county.locator('tbody tr').count()).to.equal(1);
});
