import { expect } from 'chai';
import type { Document, Int32 } from 'bson';
import { seed } from '../unit/embedded-mongo/vectors/commandKinds.js';
import { commandRefusals, onCollection, refusedWithIndex } from '../unit/embedded-mongo/vectors/commandRefusals.js';
import { InProcessStore } from './inProcess.js';

/** The code of a refusal of the command, or of its only statement. */
function codeIn(reply: Document): number | undefined {
  const [error] = (reply['writeErrors'] ?? []) as { code: unknown }[];
  const code = (reply['code'] ?? error?.code) as Int32 | undefined;
  return code?.value;
}

describe('what commands refuse', () => {
  let store: InProcessStore;

  before(async () => {
    store = await InProcessStore.open();
    await store.run({ create: 'empty' });
    await store.run({ createIndexes: 'full', indexes: [{ key: { a: 1 }, name: 'a_1' }] });
    await store.run({ insert: 'full', documents: seed });
  });
  after(() => store.close());

  for (const [what, command, code] of commandRefusals) {
    it(`${Object.keys(command)[0] ?? ''}: ${what}`, async () => {
      for (const name of ['none', 'empty', 'full']) {
        const reply = await store.run(onCollection(command, name));
        expect(codeIn(reply), `${name}: ${JSON.stringify(reply)}`).to.equal(code);
      }
    });
  }

  for (const [what, command, code] of refusedWithIndex) {
    it(`${Object.keys(command)[0] ?? ''}: ${what}`, async () => {
      expect(codeIn(await store.run(onCollection(command, 'full')))).to.equal(code);
    });
  }

  it('has left everything as it was', async () => {
    expect(await store.run({ validate: 'full' })).to.include({ valid: true });
    expect(((await store.run({ listCollections: 1 }))['cursor'] as Document)['firstBatch']).to.have.length(2);
    expect(((await store.run({ listIndexes: 'full' }))['cursor'] as Document)['firstBatch']).to.have.length(2);
    expect(Number((await store.run({ count: 'full' }))['n'])).to.equal(seed.length);
  });
});
