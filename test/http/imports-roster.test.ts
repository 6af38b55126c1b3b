import { expect } from 'chai';
import iconv from 'iconv-lite';
import { load } from 'cheerio';
import { openWorkbook } from '../../server/platform/files/xlsx.js';
import { readTable } from '../../server/platform/files/table.js';
import { systemScope } from '../../server/platform/scope.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { checkRows, commitImport, findingsOf, importId, rosterXlsx, rowOf, uploadRoster } from './importActs.js';
import { idNumberOf, stored } from './workerActs.js';

describe('roster import: template, check, difference, commit', () => {
  let app: TestApp;
  let county: Agent;

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    county = await app.signIn('county');
  });

  after(() => app.close());

  const newcomer = (sequence: number, more = {}) => ({
    township: '繁城镇',
    community: '东泰社区',
    name: '武小军',
    sex: '男',
    idNumber: idNumberOf('19950601', sequence),
    phone: `1390000${String(2000 + sequence)}`,
    post: '网格员',
    workStartedOn: '2026.03',
    ...more,
  });
  const newest = async (idNumber: string) =>
    app.deps.workers
      .list(systemScope('test'), { search: '武小军' }, { page: 1, size: 50, skip: 0, sort: 'pinyin', direction: 1 })
      .then((slice) => slice.rows.find((one) => one.idMasked.endsWith(idNumber.slice(-4)))!);

  it('offers a template that it reads back, with lists to choose from', async () => {
    const answer = await county
      .get('/imports/templates/roster')
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', (part: Buffer) => parts.push(part));
        res.on('end', () => done(null, Buffer.concat(parts)));
      });
    const bytes = answer.body as Buffer;
    expect(decodeURIComponent(answer.headers['content-disposition'] ?? '')).to.contain('社区工作者花名册模板.xlsx');
    const book = await openWorkbook(bytes);
    expect(book.ok && book.sheets).to.deep.equal(['花名册', '填表须知']);
    const empty = await readTable(bytes, { known: ['姓名', '身份证号', '社区'], required: ['姓名'] });
    expect(empty.ok ? '' : empty.problem.key).to.equal('files.noRows');
    const refused = await uploadRoster(county, { name: '空.xlsx', bytes });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('下面没有数据');
  });

  it('shows what will change and what follows, and writes nothing before the commit', async () => {
    const [known, second] = [app.fixture.workers[4]!, app.fixture.workers[5]!];
    const rows = [
      { ...(await rowOf(app, known)), phone: '13911112222', community: '府新社区', postSince: '2026-11-02', post: '两委委员' },
      await rowOf(app, second),
      newcomer(11),
    ];
    const checked = await checkRows(app, county, rows);
    expect(checked.batch.counts).to.include({ errors: 0, added: 1, changed: 1, unchanged: 1, missing: 18 });
    expect(checked.page)
      .to.contain('没有变化')
      .and.contain('2026-11-02 起；培训记录随人走')
      .and.contain('以后用新号码登录')
      .and.contain('139****2222');
    expect(checked.page).not.to.contain('13911112222');
    expect((await stored(app, known.id)).version).to.equal(known.version);
    const missing = await county.get(`${checked.address}?show=missing`);
    expect(missing.text).to.contain('第 1–18 条').and.contain('没有出现在表里不等于离岗');
    const sealed = JSON.stringify(await app.deps.db.collection('import_chunks').find({ importId: checked.id }).toArray());
    expect(sealed).not.to.contain('13911112222').and.not.to.contain(idNumberOf('19950601', 11));
    const { batch } = await commitImport(app, county, checked.id);
    expect(batch).to.include({ state: 'committed' });
    expect(batch.result).to.deep.equal({ added: 1, changed: 1, requested: 0 });
    expect(await stored(app, known.id)).to.include({
      divisionId: app.fixture.communities[1]!.id,
      post: 'COMMITTEE_MEMBER',
      postSince: '2026-11-02',
      phoneMasked: '139****2222',
      status: 'IN_SERVICE',
    });
    const person = await newest(idNumberOf('19950601', 11));
    expect(person).to.include({
      entryDate: '2026-03-01',
      post: 'GRID_WORKER',
      postClass: 'STAFF',
      divisionId: app.fixture.communities[0]!.id,
    });
    expect(await app.deps.db.collection('import_chunks').countDocuments({ importId: checked.id })).to.equal(0);
    expect(await app.deps.workers.count(systemScope('test'), { divisionId: app.fixture.county.id, present: true })).to.equal(31);
    const page = (await county.get(checked.address)).text;
    expect(page).to.contain('导入结果').and.contain('新增 1 人，修改 1 人');
  });

  it('names every wrong cell with the mend, and then commits nothing', async () => {
    const bytes = await rosterXlsx([
      newcomer(21, { idNumber: 149999199506010210 }),
      newcomer(22, { idNumber: `${idNumberOf('19950601', 23).slice(0, 17)}${idNumberOf('19950601', 23).endsWith('5') ? '6' : '5'}` }),
      newcomer(25, { community: '东太社区' }),
      newcomer(27, { sex: '女', workStartedOn: '2031-03' }),
      newcomer(29),
      newcomer(29, { name: '武大军' }),
      newcomer(31, { post: '总经理', name: '' }),
      newcomer(33, { idNumber: '1.49999E+17', post: '' }),
    ]);
    const answer = await uploadRoster(county, { name: '有错.xlsx', bytes });
    await app.deps.importRuns.idle();
    const id = importId(answer.headers['location']);
    const page = (await county.get(`/imports/${id}/findings`)).text;
    const findings = findingsOf(page);
    expect(findings.filter((text) => text.startsWith('必须改正'))).to.deep.equal([
      '必须改正 I2 表格软件把号码变成了科学计数，末三位已丢失。请把这一列设为“文本”后重填。',
      '必须改正 I3 校验位不对，可能有一位抄错。请对照身份证核对。',
      '必须改正 D4 繁城镇没有“东太社区”。是不是“东泰社区”？请改好再传。',
      '必须改正 I7 与第 6 行是同一个证件号。请删去一行，或改正抄错的一行。',
      '必须改正 S8 不认识这个词。应为：社区党组织书记、居民委员会主任、书记主任“一肩挑”、党组织副书记、居委会副主任、两委委员、专职社区工作者、专职网格员、社区服务站工作人员、挂职第一书记、挂职副主任。',
      '必须改正 E8 姓名空着。请填上。',
      '必须改正 I9 表格软件把号码变成了科学计数，末三位已丢失。请把这一列设为“文本”后重填。',
    ]);
    expect(findings.filter((text) => text.startsWith('请核对 F5'))).to.have.length(1);
    expect(findings.filter((text) => text.startsWith('请核对 V5'))).to.deep.equal(['请核对 V5 晚于今天，按空值处理。']);
    expect(page).not.to.match(/\b\d{17}[\dX]\b/);
    const check = (await county.get(`/imports/${id}`)).text;
    expect(check).to.contain('整批不入库').and.not.to.contain(`/imports/${id}/commit`);
    const keys = await formOf(county, `/imports/${id}`, `/imports/${id}/abandonment`);
    const forced = await county.post(`/imports/${id}/commit`).type('form').send(keys);
    expect(forced.status).to.equal(303);
    expect((await app.deps.imports.byId(systemScope('test'), id)).state).to.equal('checked');
    const gone = await county
      .post(`/imports/${id}/abandonment`)
      .type('form')
      .send({ ...keys, once: 'z' });
    expect(gone.status).to.equal(303);
    expect((await county.get(`/imports/${id}`)).text).to.contain('这一批已放弃');
    const sheet = await county.get(`/imports/${id}/findings/export`);
    expect(sheet.status).to.equal(200);
  });

  it('reads csv in UTF-8 and GB18030, columns in any order, titles and totals around the table', async () => {
    const csv = (text: string) => `社区工作者花名册,,,,\r\n填表须知：身份证号设为文本,,,,\r\n${text}\r\n合计,1,,,\r\n`;
    const text = csv(`身份证号码,姓名,所在乡镇,社区名称,现任职务\r\n${idNumberOf('19910708', 51)},李㛃,繁城镇,府新社区居委会,专职网格员`);
    for (const bytes of [Buffer.from(text, 'utf8'), iconv.encode(text, 'gb18030')]) {
      const answer = await uploadRoster(county, { name: '名单.csv', bytes });
      await app.deps.importRuns.idle();
      const page = (await county.get(`/imports/${importId(answer.headers['location'])}`)).text;
      expect(page).to.contain('李㛃').and.contain('府新社区').and.contain('没有读取：第 5 行').and.contain('入库这 1 人');
    }
  });

  it('refuses other formats, empty and broken files beside the field, and keeps nothing', async () => {
    const whole = await rosterXlsx([newcomer(61)]);
    const cases: readonly (readonly [string, Buffer, string])[] = [
      ['空.xlsx', Buffer.alloc(0), '这个文件是空的'],
      ['半截.xlsx', whole.subarray(0, Math.floor(whole.length / 2)), '文件不完整或已损坏'],
      ['名单.pdf', Buffer.from('%PDF-1.7 …'), '这是 PDF 文件'],
      ['别的.csv', Buffer.from('商品,价格\r\n苹果,3\r\n', 'utf8'), '表头应有这些列：社区、姓名、'],
      ['缺列.csv', Buffer.from('姓名,社区\r\n王五,东泰社区\r\n', 'utf8'), '缺少：身份证号'],
    ];
    const before = await app.deps.db.collection('imports').countDocuments();
    for (const [name, bytes, text] of cases) {
      const answer = await uploadRoster(county, { name, bytes });
      expect(answer.status, name).to.equal(422);
      expect(load(answer.text)('#f-file-error').text(), name).to.contain(text);
    }
    const form = await formOf(county, '/imports', '/imports');
    const none = await county
      .post('/imports')
      .field('_csrf', form['_csrf'] ?? '')
      .field('once', form['once'] ?? '')
      .field('asOf', '2027-01-01');
    expect(none.status).to.equal(422);
    expect(none.text).to.contain('请选文件').and.contain('统计截止日不能晚于今天');
    expect(await app.deps.db.collection('imports').countDocuments()).to.equal(before);
  });

  it('says in which county a known person serves, and asks for the transfer by the commit', async () => {
    const foreign = app.fixture.workers.find((one) => one.divisionPath.includes(app.fixture.otherCounty.id))!;
    const row = { ...(await rowOf(app, foreign)), community: '东泰社区', name: '张三丰' };
    const checked = await checkRows(app, county, [row, newcomer(71)]);
    expect(findingsOf(checked.page)[0]).to.contain('此人在忻府区在岗，请办调入');
    expect(checked.page).not.to.contain(foreign.name);
    const { batch } = await commitImport(app, county, checked.id);
    expect(batch.result).to.deep.equal({ added: 1, changed: 0, requested: 1 });
    expect((await stored(app, foreign.id)).divisionPath).to.include(app.fixture.otherCounty.id);
    const other = await app.signIn('county2');
    expect((await other.get('/transfers')).text).to.contain('张三丰');
    const again = await checkRows(app, county, [row]);
    expect(again.batch.counts).to.include({ requested: 0, unchanged: 1 });
    expect((await other.get(checked.address)).status).to.equal(404);
  });
});
