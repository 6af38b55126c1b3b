import { expect } from 'chai';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeSecrets, newOneTimeCode, sameText } from '../../../server/platform/crypto.js';
import { createKeyRing, KeyRingError, makeKeyRing, readKeyRing, type KeyUse, type RingKey } from '../../../server/platform/keyRing.js';

const key = (use: KeyUse, version = 1): RingKey => ({ id: `${use}-${version}`, use, version, bytes: randomBytes(32) });
const keys = [key('seal'), key('index'), key('phoneTail'), key('code')];
const secrets = makeSecrets(makeKeyRing(keys));

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('secrets', () => {
  it('opens what it sealed, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => secrets.open(secrets.seal(text)) === text));
  });

  it('seals the same text differently each time and never shows it', () => {
    const [one, two] = [secrets.seal('149999199003070014'), secrets.seal('149999199003070014')];
    expect(one.ciphertext).to.not.equal(two.ciphertext);
    expect(JSON.stringify(one)).to.not.contain('149999');
  });

  it('refuses a changed value', () => {
    const sealed = secrets.seal('13800138000');
    const bytes = Buffer.from(sealed.ciphertext, 'base64');
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    expect(() => secrets.open({ ...sealed, ciphertext: bytes.toString('base64') })).to.throw();
    expect(() => secrets.open({ ...sealed, tag: sealed.tag.slice(0, 8) })).to.throw();
  });

  it('still opens old values after a newer key was added, and names a key it does not hold', () => {
    const old = secrets.seal('text');
    const rotated = makeSecrets(makeKeyRing([...keys, key('seal', 2)]));
    expect(rotated.open(old)).to.equal('text');
    expect(rotated.seal('text').keyId).to.equal('seal-2');
    expect(() => secrets.open(rotated.seal('text'))).to.throw(KeyRingError, 'seal-2');
  });

  it('makes a stable index per kind', () => {
    expect(secrets.blindIndex('idNumber', '13800138000')).to.equal(secrets.blindIndex('idNumber', '13800138000'));
    expect(secrets.blindIndex('idNumber', '13800138000')).to.not.equal(secrets.blindIndex('phone', '13800138000'));
    expect(secrets.phoneTailIndex('13800138000')).to.equal(secrets.phoneTailIndex('8000'));
    expect(secrets.phoneTailIndex('8000')).to.not.equal(secrets.phoneTailIndex('8001'));
  });

  it('knows a one-time code however it is typed, and no other', () => {
    const hash = secrets.hashCode('ACDE3479');
    for (const typed of ['ACDE3479', 'acde-3479', ' acde 3479 ', 'ＡＣＤＥ３４７９'])
      expect(secrets.verifyCode(typed, hash)).to.equal(true);
    for (const typed of ['', 'ACDE347', 'ACDE3477']) expect(secrets.verifyCode(typed, hash)).to.equal(false);
  });

  it('makes codes of eight characters nobody mixes up', () => {
    const codes = Array.from({ length: 500 }, newOneTimeCode);
    for (const code of codes) expect(code).to.match(/^[^0O1IL2Z5S6G8BU]{8}$/);
    expect(new Set(codes).size).to.equal(500);
  });

  it('compares texts of any length', () => {
    expect(sameText('忻州', '忻州')).to.equal(true);
    expect(sameText('忻州', '忻')).to.equal(false);
    expect(sameText('abc', 'abd')).to.equal(false);
  });
});

describe('key ring on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'keys-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once for its owner alone, also when two processes start together', async () => {
    const inside = path.join(folder, 'keys');
    const [one, two] = await Promise.all([createKeyRing(inside), createKeyRing(inside)]);
    const again = await createKeyRing(inside);
    expect(makeSecrets(two).open(makeSecrets(one).seal('text'))).to.equal('text');
    expect(makeSecrets(again).blindIndex('phone', '1')).to.equal(makeSecrets(one).blindIndex('phone', '1'));
    expect(await readdir(inside)).to.have.members(['code-1.json', 'index-1.json', 'phoneTail-1.json', 'seal-1.json']);
    for (const name of await readdir(inside)) expect((await stat(path.join(inside, name))).mode & 0o777).to.equal(0o600);
  });

  it('is never made by reading: a missing ring is refused', async () => {
    const failure = await failureOf(readKeyRing(path.join(folder, 'none')));
    expect(failure).to.be.instanceOf(KeyRingError);
    expect((failure as Error).message).to.contain('npm run setup');
  });

  it('is refused when others may read it, when damaged and when incomplete', async () => {
    await createKeyRing(folder);
    const file = path.join(folder, 'seal-1.json');
    await chmod(file, 0o644);
    expect(String(await failureOf(readKeyRing(folder)))).to.contain('chmod 600');
    await chmod(file, 0o600);
    await writeFile(file, '{"use":"seal","version":1,"key":"c2hvcnQ="}');
    expect(String(await failureOf(readKeyRing(folder)))).to.contain('已损坏');
    await rm(file);
    expect(String(await failureOf(readKeyRing(folder)))).to.contain('seal');
  });
});
