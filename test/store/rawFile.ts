import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { open, type RootDatabase } from 'lmdb';

/** The pairs of a store's file without the store: what no client could write. */
export type RawFile = RootDatabase<Uint8Array, Uint8Array>;

export const storeFile = (dataDir: string): string => path.join(dataDir, 'store', 'store.mdb');

/** To tell that a file has stayed as it was. */
export const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Opens the file of a stopped store, works on it in one commit and closes it. */
export async function withRawFile(dataDir: string, work: (file: RawFile) => void): Promise<void> {
  const file = open<Uint8Array, Uint8Array>({
    path: storeFile(dataDir),
    keyEncoding: 'binary',
    encoding: 'binary',
    overlappingSync: false,
  });
  file.transactionSync(() => {
    work(file);
  });
  await file.close();
}
