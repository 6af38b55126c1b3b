import type { Db } from 'mongodb';
import type { Connection } from 'mongoose';

/** The plain driver's view of a connection's database (mongoose carries types of its own for the same classes). */
export const plainDb = (connection: Connection): Db => connection.getClient().db(connection.name);

/** The server's reply to a command that must fail, by code. */
export async function codeOf(promise: Promise<unknown>): Promise<number | undefined> {
  try {
    await promise;
  } catch (error) {
    return (error as { code?: number }).code ?? -1;
  }
  return undefined;
}
