import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import request from 'supertest';
import { openDatabase } from '../../server/platform/database.js';
import { makeLog } from '../../server/platform/log.js';
import { formOf } from '../support/app.js';
import { freePort, runCommand, startCommand, type Ended } from '../support/command.js';

const divisionFile = `code,level,name,parent_code,kind
140000000000,province,山西省,,省
140900000000,city,忻州市,140000000000,地级市
140902000000,county,忻府区,140900000000,市辖区
140924000000,county,繁峙县,140900000000,县
140924100000,township,繁城镇,140924000000,镇
140924100001,community,东泰社区居委会,140924100000,居委会
`;
const people = ['--system-admin', '李明', '--security-admin', 'wang:王芳', '--audit-admin', '张强', '--training-manager', 'zhao：赵文斌'];
const secret = 'a-secret-of-this-test-only-0123456789';

/** The account names and codes that a report prints. */
function codesOf(out: string): Record<string, string> {
  return Object.fromEntries([...out.matchAll(/([a-z]+) +([A-Z0-9]{8}) {3}/g)].map(([, login = '', code = '']) => [login, code]));
}

describe('a real installation', () => {
  let dir: string;
  let data: string;
  let first: Ended;
  const setup = (...args: string[]): Promise<Ended> => runCommand('server/cli/setup.ts', args, { DATA_DIR: data });
  const settings = (): Record<string, string> => ({
    NODE_ENV: 'production',
    DATA_DIR: data,
    KEY_RING: path.join(data, 'keys'),
    SESSION_SECRET: secret,
    LOG_LEVEL: 'info',
  });
  const start = (changes: Record<string, string>): Promise<Ended> => runCommand('server/main.ts', [], { ...settings(), ...changes });

  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'xunzheng-setup-'));
    data = path.join(dir, 'data');
    await writeFile(path.join(dir, 'divisions.csv'), divisionFile);
    first = await setup('--divisions', path.join(dir, 'divisions.csv'), ...people);
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it('is made by one command without a question: structure, keys, divisions, rules, accounts with codes', async () => {
    expect([first.code, first.err]).to.deep.equal([0, '']);
    expect(Object.keys(codesOf(first.out))).to.deep.equal(['xitong', 'wang', 'shenji', 'zhao']);
    expect(first.out)
      .to.include('区划      装入 7 个')
      .and.to.include('忻州市的账号')
      .and.to.include('KEY_RING=')
      .and.to.include('SESSION_SECRET=');
    const keys = await readdir(path.join(data, 'keys'));
    expect(keys).to.have.length(4);
    for (const key of keys) expect((await stat(path.join(data, 'keys', key))).mode & 0o777).to.equal(0o600);
  });

  it('is served by the production start; each printed code opens its account to its own page', async () => {
    const port = await freePort();
    const running = startCommand('server/main.ts', [], { ...settings(), PORT: String(port) });
    await running.said('"listening"');
    try {
      const agent = request.agent(`http://127.0.0.1:${String(port)}`);
      expect((await agent.get('/readyz')).status).to.equal(200);
      const code = codesOf(first.out)['xitong'];
      const activation = await formOf(agent, '/activation');
      const answer = await agent
        .post('/activation')
        .type('form')
        .send({ ...activation, login: 'xitong', code, newPassword: 'Setup-2026-x', repeatPassword: 'Setup-2026-x' });
      expect([answer.status, answer.headers['location']]).to.deep.equal([303, '/sign-in']);
      await agent
        .post('/sign-in')
        .type('form')
        .send({ ...(await formOf(agent, '/sign-in')), login: 'xitong', password: 'Setup-2026-x' });
      expect((await agent.get('/accounts')).text).to.include('王芳');
      expect((await agent.get('/trail')).status).to.equal(403);
    } finally {
      expect((await running.stop()).code).to.equal(0);
    }
  });

  it('can be run again: nothing changes and no code is shown', async () => {
    const again = await setup('--divisions', path.join(dir, 'divisions.csv'), ...people);
    expect([again.code, again.err]).to.deep.equal([0, '']);
    expect(again.out).to.include('区划 7 个、账号 4 个，没有改动').and.to.include('规则年历  无须补').and.to.include('系统管理员  已有人');
    expect(codesOf(again.out)).to.deep.equal({});
  });

  it('gives new codes to administrators that never signed in, and only to them', async () => {
    const again = await setup('--new-codes');
    expect(again.code, again.err).to.equal(0);
    expect(Object.keys(codesOf(again.out))).to.deep.equal(['wang', 'shenji']);
    expect(codesOf(again.out)['wang']).to.not.equal(codesOf(first.out)['wang']);
  });

  it('does not mix a second division file into the first', async () => {
    const other = path.join(dir, 'other.csv');
    await writeFile(other, divisionFile.replaceAll('140924', '140981').replace('繁峙县', '原平市'));
    const refused = await setup('--divisions', other);
    expect(refused.code).to.equal(1);
    expect(refused.err).to.include('没有装好').and.to.include('库里已有区划 7 个').and.to.include('140981100');
  });

  it('stops when the keys of an existing database are gone, and makes none', async () => {
    const lost = await runCommand('server/cli/setup.ts', [], { DATA_DIR: data, KEY_RING: path.join(dir, 'nowhere') });
    expect(lost.code).to.equal(1);
    expect(lost.err).to.include('请从备份恢复密钥').and.to.include('区划 7 个');
    expect(await stat(path.join(dir, 'nowhere')).catch(() => null)).to.equal(null);
  });

  it('is never taken over by the demo', async () => {
    const refused = await runCommand('server/demo/main.ts', [], { DATA_DIR: data });
    expect(refused.code).to.equal(1);
    expect(refused.err).to.include('正式安装').and.to.include('区划 7 个');
  });

  it('is not started with development secrets, test hashing or a fixed day; all are named at once', async () => {
    const refused = await start({ SESSION_SECRET: '', KEY_RING: '', PASSWORD_HASHING: 'cheap', DEMO_TODAY: '2026-11-24' });
    expect(refused.code).to.equal(1);
    for (const name of ['SESSION_SECRET', 'KEY_RING', 'PASSWORD_HASHING', 'DEMO_TODAY', 'npm run setup'])
      expect(refused.err).to.include(name);
  });

  it('is not started without its keys, and no new ones are made', async () => {
    const refused = await start({ KEY_RING: path.join(dir, 'nowhere') });
    expect(refused.code).to.equal(1);
    expect(refused.err).to.include('找不到密钥文件').and.to.include('npm run setup');
    expect(await stat(path.join(dir, 'nowhere')).catch(() => null)).to.equal(null);
  });

  it('is not started with keys that others may read', async () => {
    const key = path.join(data, 'keys/seal-1.json');
    await chmod(key, 0o644);
    const refused = await start({});
    await chmod(key, 0o600);
    expect([refused.code, refused.err.includes('chmod 600')]).to.deep.equal([1, true]);
  });

  it('is not started on an empty database', async () => {
    const refused = await start({ DATA_DIR: path.join(dir, 'empty') });
    expect(refused.code).to.equal(1);
    expect(refused.err).to.include('数据库是空的').and.to.include('npm run setup');
  });

  it('is not started on a database behind its migrations', async () => {
    expect((await runCommand('server/cli/migrate.ts', ['down'], { DATA_DIR: data })).code).to.equal(0);
    const refused = await start({});
    expect(refused.code).to.equal(1);
    expect(refused.err).to.include('还缺 1 个结构变更').and.to.include('npm run migrate');
  });
});

describe('setup on what it may not touch', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'xunzheng-setup-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function inStore<T>(look: (db: Awaited<ReturnType<typeof openDatabase>>['connection']) => Promise<T>): Promise<T> {
    const database = await openDatabase({ DATA_DIR: dir, MONGODB_URI: undefined, DATABASE_NAME: 'xunzheng' }, makeLog('silent'));
    return look(database.connection).finally(() => database.close());
  }

  it('refuses the demo city and names what is there', async () => {
    await inStore(async (db) => {
      await db.collection<{ _id: string }>('demo').insertOne({ _id: 'demo-city' });
      await db.collection('divisions').insertMany([{ name: 'a' }, { name: 'b' }]);
      await db.collection('workers').insertOne({ name: 'c' });
    });
    const refused = await runCommand('server/cli/setup.ts', ['--divisions', 'xinzhou', ...people], { DATA_DIR: dir });
    expect(refused.code).to.equal(1);
    expect(refused.err).to.include('演示市（区划 2 个、人员 1 人）').and.to.include('DATA_DIR');
  });

  it('says which flag is missing where nobody can be asked, and leaves the database empty', async () => {
    const refused = await runCommand('server/cli/setup.ts', ['--divisions', 'xinzhou', '--system-admin', '李明'], { DATA_DIR: dir });
    expect(refused.code).to.equal(1);
    expect(refused.err).to.include('缺少 --security-admin').and.to.include('用法');
    expect(await inStore((db) => db.collection('divisions').countDocuments())).to.equal(0);
  });
});
