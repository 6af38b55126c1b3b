import type { Connection } from 'mongoose';
import { RateLimiterMongo } from 'rate-limiter-flexible';

/** Failed sign-ins per network address. Only failures count: a whole office may sit behind one address. */
export interface AddressLimit {
  isReached(address: string): Promise<boolean>;
  countFailure(address: string): Promise<void>;
}

/**
 * The limit of an open connection; its indexes are made by a migration (decision 26).
 * @param limit failures that an address may have within `minutes`
 */
export function makeAddressLimit(db: Connection, limit: { failures: number; minutes: number }): AddressLimit {
  const limiter = new RateLimiterMongo({
    storeClient: db.getClient(),
    dbName: db.name,
    tableName: 'sign_in_limits',
    disableIndexesCreation: true,
    keyPrefix: 'address',
    points: limit.failures,
    duration: limit.minutes * 60,
  });
  return {
    async isReached(address) {
      const state = await limiter.get(address);
      return state !== null && state.consumedPoints >= limit.failures;
    },
    async countFailure(address) {
      await limiter.penalty(address);
    },
  };
}
