import { expect } from 'chai';
import MongoStore from 'connect-mongo';
import type { SessionData } from 'express-session';
import type { Connection } from 'mongoose';
import { dropAndClose, openTestDatabase } from '../support/database.js';
import { plainDb } from './client.js';

const data = (name: string, expires: Date): SessionData => ({ cookie: { originalMaxAge: 1000, expires }, name }) as unknown as SessionData;

describe('connect-mongo on the store', () => {
  let connection: Connection;
  let store: MongoStore;
  const call = <T>(act: (done: (error: unknown, value?: T | null) => void) => void): Promise<T | null | undefined> =>
    new Promise((resolve, reject) => {
      act((error, value) => {
        if (error === null || error === undefined) resolve(value);
        else reject(error instanceof Error ? error : new Error('store failed'));
      });
    });
  const inAnHour = new Date(Date.now() + 3_600_000);

  before(async () => {
    connection = await openTestDatabase();
    await plainDb(connection).collection('sessions').createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
    store = MongoStore.create({ client: connection.getClient(), dbName: connection.name, autoRemove: 'disabled', touchAfter: 0 });
  });
  after(() => dropAndClose(connection));

  it('keeps, reads, replaces and destroys a session', async () => {
    await call((done) => {
      store.set('s1', data('first', inAnHour), done);
    });
    await call((done) => {
      store.set('s1', data('second', inAnHour), done);
    });
    expect(
      await call((done) => {
        store.get('s1', done);
      }),
    ).to.deep.include({ name: 'second' });
    await call((done) => {
      store.destroy('s1', done);
    });
    expect(
      await call((done) => {
        store.get('s1', done);
      }),
    ).to.equal(null);
  });

  it('moves the end of a session when it is touched', async () => {
    await call((done) => {
      store.set('s2', data('touched', inAnHour), done);
    });
    const later = new Date(inAnHour.getTime() + 3_600_000);
    await call((done) => {
      store.touch('s2', data('touched', later), done);
    });
    const row = await plainDb(connection).collection<{ _id: string; expires: Date }>('sessions').findOne({ _id: 's2' });
    expect(row?.expires.getTime()).to.equal(later.getTime());
  });

  it('loses expired sessions to the TTL index', async () => {
    await call((done) => {
      store.set('old', data('old', new Date(Date.now() - 1000)), done);
    });
    const sessions = plainDb(connection).collection<{ _id: string }>('sessions');
    const before = await sessions.countDocuments({});
    await connection.getClient().db('admin').command({ runTtlPass: 1 });
    expect(await sessions.countDocuments({})).to.equal(before - 1);
    expect(await sessions.findOne({ _id: 'old' })).to.equal(null);
  });
});
