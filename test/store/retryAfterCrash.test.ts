import { expect } from 'chai';
import type { Document } from 'bson';
import { kill, openStore, spawnOwner, turns } from './ownerProcess.js';
import { RawClient, RawSession } from './rawClient.js';
import { useFolder } from './storeFolder.js';

const bump = { update: 'c', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };

/** So many turns of the event loop after it was sent, or once it was answered. */
type Moment = number | 'answered';
const shown = (moment: Moment): string => (moment === 'answered' ? moment : `sent, ${String(moment)} turns later`);

/** The number in the document. */
async function numberIn(client: RawClient): Promise<number> {
  const found = await client.run('app', { find: 'c', filter: { _id: 1 } });
  return ((found['cursor'] as Document)['firstBatch'] as { n: number }[])[0]?.n ?? 0;
}

describe('a retry across a crash', () => {
  const folder = useFolder();

  /** Sends a write, kills the store some moments later, and sends the same bytes to the next one. */
  async function acrossCrash(prepare: (client: RawClient) => Promise<unknown>, db: string, last: Document, moment: Moment) {
    const owner = spawnOwner(folder());
    const next = spawnOwner(folder());
    try {
      const client = await RawClient.open(await openStore(owner));
      await prepare(client);
      const before = await numberIn(client);
      const answered = client.send(client.message({ ...last, $db: db }));
      await (moment === 'answered' ? answered : turns(moment));
      await kill(owner);
      client.close();
      const again = await RawClient.open(await openStore(next));
      const between = await numberIn(again);
      const reply = await again.run(db, last);
      const after = await numberIn(again);
      again.close();
      return { before, between, after, reply };
    } finally {
      await Promise.all([owner, next].filter((one) => one.exitCode === null && one.signalCode === null).map(kill));
    }
  }

  for (const moment of [5, 'answered'] as const) {
    it(`applies a write once, killed when it was ${shown(moment)}`, async () => {
      const write = { ...bump, ...new RawSession().write() };
      const insert = (client: RawClient) => client.run('app', { insert: 'c', documents: [{ _id: 1, n: 0 }] });
      const { before, after, reply } = await acrossCrash(insert, 'app', write, moment);
      expect(reply).to.deep.include({ n: 1, nModified: 1, ok: 1 });
      expect(after).to.equal(before + 1);
    });

    it(`commits a transaction once or not at all, killed when the commit was ${shown(moment)}`, async () => {
      const session = new RawSession();
      const first = { ...bump, ...session.begin() };
      const begin = async (client: RawClient): Promise<void> => {
        await client.run('app', { insert: 'c', documents: [{ _id: 1, n: 0 }] });
        expect(await client.run('app', first)).to.deep.include({ ok: 1, n: 1 });
      };
      const commit = { commitTransaction: 1, ...session.within() };
      const { before, between, after, reply } = await acrossCrash(begin, 'admin', commit, moment);
      // Committed before the crash: the same answer again. Not committed: it is over, and the client begins anew.
      if (between === before + 1) expect(reply).to.deep.equal({ ok: 1 });
      else expect(reply).to.deep.include({ ok: 0, code: 251, errorLabels: ['TransientTransactionError'] });
      expect(after).to.equal(between);
      expect(between - before).to.be.oneOf([0, 1]);
      if (moment === 'answered') expect(between).to.equal(before + 1);
    });
  }
});
