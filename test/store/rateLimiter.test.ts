import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { dropAndClose, openTestDatabase } from '../support/database.js';
import { plainDb } from './client.js';

describe('rate-limiter-flexible on the store', () => {
  let connection: Connection;
  const limiter = (keyPrefix: string, points: number, duration = 60): RateLimiterMongo =>
    new RateLimiterMongo({
      storeClient: connection.getClient(),
      dbName: connection.name,
      tableName: 'limits',
      disableIndexesCreation: true,
      keyPrefix,
      points,
      duration,
    });

  before(async () => {
    connection = await openTestDatabase();
    await plainDb(connection).collection('limits').createIndex({ key: 1 }, { unique: true });
    await plainDb(connection).collection('limits').createIndex({ expire: -1 }, { expireAfterSeconds: 0 });
  });
  after(() => dropAndClose(connection));

  it('lets so many through and refuses the next', async () => {
    const doors = limiter('doors', 3);
    for (let i = 0; i < 3; i += 1) await doors.consume('ip');
    const refused = await doors.consume('ip').catch((e: unknown) => e);
    expect(refused).to.be.instanceOf(RateLimiterRes);
    expect((refused as RateLimiterRes).remainingPoints).to.equal(0);
    expect((await doors.get('ip'))?.consumedPoints).to.equal(4);
  });

  it('counts callers that come at once exactly', async () => {
    const crowd = limiter('crowd', 100);
    await crowd.consume('ip');
    await Promise.all(Array.from({ length: 30 }, () => crowd.consume('ip')));
    expect((await crowd.get('ip'))?.consumedPoints).to.equal(31);
  });

  it('begins anew when the time is over', async () => {
    const short = limiter('short', 1);
    await short.consume('ip');
    await plainDb(connection)
      .collection('limits')
      .updateOne({ key: 'short:ip' }, { $set: { expire: new Date(Date.now() - 1) } });
    expect((await short.consume('ip')).consumedPoints).to.equal(1);
  });

  it('forgives by deleting and punishes by blocking', async () => {
    const gate = limiter('gate', 1);
    await gate.consume('ip');
    await gate.delete('ip');
    expect((await gate.consume('ip')).consumedPoints).to.equal(1);
    await gate.block('ip', 30);
    const blocked = await gate.consume('ip').catch((e: unknown) => e);
    expect((blocked as RateLimiterRes).msBeforeNext).to.be.within(1, 30_000);
  });
});
