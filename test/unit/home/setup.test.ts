import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { readDivisionFile } from '../../../server/cli/divisionFile.js';
import { completed, readFlags, type Terminal, type Wanted } from '../../../server/cli/setupFlags.js';
import type { Holdings } from '../../../server/cli/setupGround.js';
import { checkWanted } from '../../../server/cli/setupWork.js';

const empty: Holdings = { divisions: 0, workers: 0, classes: 0, accounts: 0, roles: [], isDemo: false };
const installed: Holdings = {
  divisions: 7,
  workers: 60,
  classes: 0,
  accounts: 3,
  roles: ['systemAdmin', 'securityAdmin', 'auditAdmin'],
  isDemo: false,
};
const nobody: Terminal = { open: () => null };

/** Somebody who types these lines; what was asked is kept. */
function typing(...lines: string[]): Terminal & { asked: string[] } {
  const asked: string[] = [];
  const ask = async (question: string): Promise<string> => {
    asked.push(question);
    return lines.shift() ?? '';
  };
  return { asked, open: () => ({ ask, close: () => undefined }) };
}

async function wanted(args: readonly string[], holdings = empty, terminal = nobody): Promise<Wanted> {
  const all = await completed(readFlags(args), holdings, terminal);
  checkWanted(all, holdings);
  return all;
}

async function refusal(args: readonly string[], holdings = empty): Promise<string> {
  try {
    await wanted(args, holdings);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
}

const three = ['--system-admin', '李明', '--security-admin', '王芳', '--audit-admin', '张强'];

describe('what setup is asked for', () => {
  it('takes everything from flags: a name alone gets the usual account name', async () => {
    const all = await wanted(['--divisions', 'xinzhou', '--area', '140924', ...three, '--training-manager', 'Zhao：赵文斌']);
    expect(all.accounts).to.deep.equal([
      { role: 'systemAdmin', loginName: 'xitong', name: '李明' },
      { role: 'securityAdmin', loginName: 'anquan', name: '王芳' },
      { role: 'auditAdmin', loginName: 'shenji', name: '张强' },
      { role: 'trainingManager', loginName: 'zhao', name: '赵文斌' },
    ]);
    expect([all.area, all.newCodes]).to.deep.equal(['140924', false]);
    expect(all.divisions?.areaCodes).to.include('140900').and.to.include('140924100').and.to.not.include('140924100001');
  });

  it('asks for what is missing, and takes the shipped divisions for an empty answer', async () => {
    const terminal = typing('', '李明', 'wang: 王芳 ', '张强');
    const all = await wanted([], empty, terminal);
    expect(terminal.asked).to.have.length(4);
    expect(all.divisions?.name).to.equal('xinzhou');
    expect(all.accounts.map(({ loginName, name }) => `${loginName}:${name}`)).to.deep.equal(['xitong:李明', 'wang:王芳', 'shenji:张强']);
  });

  it('asks nothing of a complete installation', async () => {
    const terminal = typing();
    const all = await wanted(['--new-codes'], installed, terminal);
    expect(terminal.asked).to.deep.equal([]);
    expect(all).to.deep.equal({ divisions: null, area: null, accounts: [], newCodes: true });
  });

  it('says which flag is missing where nobody can be asked', async () => {
    expect(await refusal([]))
      .to.include('缺少 --divisions')
      .and.to.include('用法');
    expect(await refusal(['--divisions', 'xinzhou', '--system-admin', '李明'])).to.include('缺少 --security-admin');
    expect(await refusal(['--sytem-admin', '李明']))
      .to.include('--sytem-admin')
      .and.to.include('用法');
  });

  it('refuses account names that cannot be signed in with, names left out and one account for two people', async () => {
    const of = (system: string): string[] => [
      '--divisions',
      'xinzhou',
      '--system-admin',
      system,
      '--security-admin',
      'wang:王芳',
      '--audit-admin',
      '张强',
    ];
    expect(await refusal(of('a:李明'))).to.include('账号“a”不能用');
    expect(await refusal(of('13812345678:李明'))).to.include('不能用');
    expect(await refusal(of('liming:'))).to.include('--system-admin 缺姓名');
    expect(await refusal(of('wang:李明'))).to.include('账号“wang”给了两个人');
  });

  it('refuses an area that the file does not have', async () => {
    expect(await refusal(['--divisions', 'xinzhou', ...three, '--area', '110000'])).to.include('没有 --area 110000');
  });
});

describe('division files', () => {
  let dir: string;
  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'xunzheng-divisions-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  const read = async (content: Buffer | string): Promise<string> => {
    const file = path.join(dir, 'file.csv');
    await writeFile(file, content);
    return readDivisionFile(file).then(
      ({ areaCodes }) => areaCodes.join(),
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
  };

  it('are read in the encodings that office software writes', async () => {
    const text = 'code,level,name,parent_code,kind\r\n140000000000,province,山西省,,省\r\n140900000000,city,忻州市,140000000000,地级市\r\n';
    expect(await read(text)).to.equal('140000,140900');
    expect(await read(`\ufeff${text}`)).to.equal('140000,140900');
  });

  it('that are not there, no table, or without divisions are named', async () => {
    expect(await readDivisionFile(path.join(dir, 'none.csv')).catch((error: unknown) => String(error)))
      .to.include('读不到')
      .and.to.include('none.csv');
    expect(await read(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]))).to.include('不是文本表格');
    expect(await read('a,b\n1,2\n'))
      .to.include('没有区划')
      .and.to.include('code,level,name,parent_code,kind');
    expect(await read('code,level\n"140000000000,province\n')).to.include('读不下去');
  });
});
