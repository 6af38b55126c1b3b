import { expect } from 'chai';
import { stateOf, type Account } from '../../../server/access/accounts.rules.js';
import { isLoginName, readLogin } from '../../../server/access/logins.rules.js';
import { passwordProblem } from '../../../server/access/passwords.rules.js';
import { safeBack, safeReturn } from '../../../server/access/returnTo.rules.js';
import { normalisePhone } from '../../../server/workers/phone.rules.js';

describe('what was typed to sign in', () => {
  for (const typed of [
    '13900000123',
    ' 139 0000 0123 ',
    '139-0000-0123',
    '+86 13900000123',
    '008613900000123',
    '8613900000123',
    '１３９００００0123',
  ]) {
    it(`“${typed}” is the phone that the roster stores`, () => {
      expect(readLogin(typed)).to.deep.equal({ kind: 'phone', digits: '13900000123' });
      expect(normalisePhone(typed)).to.equal('13900000123');
    });
  }

  it('everything else is an account name, in small letters', () => {
    expect(readLogin(' WangXL_Fanshi ')).to.deep.equal({ kind: 'name', name: 'wangxl_fanshi' });
    expect(readLogin('1390000012')).to.deep.equal({ kind: 'name', name: '1390000012' });
  });

  it('an account name begins with a letter, so it is never a phone', () => {
    expect(['wangxl_fanshi', 'a.b', 'x-1'].map(isLoginName)).to.deep.equal([true, true, true]);
    expect(['13900000123', '1abc', 'ab', 'Wang', '王', 'a b c', 'a'.repeat(33)].map(isLoginName)).to.deep.equal([
      false,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('new passwords', () => {
  const cases: readonly [string, string, ReturnType<typeof passwordProblem>][] = [
    ['Fanshi-2026', 'wangxl', null],
    ['繁峙县2026年训', '', null],
    ['short1', '', 'tooShort'],
    ['x1'.repeat(65), '', 'tooLong'],
    ['abcdefghij', '', 'tooPlain'],
    ['11112222aaaa', '', 'tooPlain'],
    ['Password99', '', 'tooCommon'],
    ['my-WangXL-1', 'wangxl', 'holdsLogin'],
  ];
  for (const [password, login, problem] of cases) {
    it(`“${password.slice(0, 14)}” ${problem ?? 'will do'}`, () => expect(passwordProblem(password, login)).to.equal(problem));
  }
});

describe('where a form may lead back to', () => {
  const foreign = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil',
    'javascript:alert(1)',
    '',
    'workers',
    '/a\tb',
    '/a\nSet-Cookie:x',
    `/${'a'.repeat(500)}`,
  ];
  for (const address of foreign) {
    it(`${JSON.stringify(address.slice(0, 30))} leads home`, () => {
      expect(safeReturn(address)).to.equal('/');
      expect(safeBack(address)).to.equal('/');
    });
  }

  it('a local page is kept with its query; sign-in itself only for the switches of the display', () => {
    expect(safeReturn('/workers?area=140924&q=王')).to.equal('/workers?area=140924&q=王');
    expect(safeReturn('/sign-in?next=/sign-in')).to.equal('/');
    expect(safeBack('/sign-in?next=%2Fworkers')).to.equal('/sign-in?next=%2Fworkers');
  });
});

describe('state of an account', () => {
  const now = new Date('2026-11-24T02:00:00Z');
  const base: Account = {
    id: 'a',
    loginName: 'wang',
    name: '王',
    workerId: null,
    divisionPath: ['n'],
    grants: [],
    classIds: [],
    activated: true,
    codeExpiresAt: null,
    disabledAt: null,
    lockedUntil: null,
    lastSignInAt: null,
    createdAt: now,
    sessionVersion: 1,
    version: 1,
  };
  it('disabled goes before locked, locked before not activated', () => {
    expect(stateOf(base, now)).to.equal('active');
    expect(stateOf({ ...base, activated: false }, now)).to.equal('invited');
    expect(stateOf({ ...base, activated: false, lockedUntil: new Date(now.getTime() + 1) }, now)).to.equal('locked');
    expect(stateOf({ ...base, lockedUntil: now }, now)).to.equal('active');
    expect(stateOf({ ...base, disabledAt: now, lockedUntil: new Date(now.getTime() + 1) }, now)).to.equal('disabled');
  });
});
