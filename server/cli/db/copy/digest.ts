import { createHash } from 'node:crypto';
import type { Collection, Document } from 'mongodb';
import { rawDocuments } from './rawDocuments.js';
import { expiryOf, type CollectionShape } from './shape.js';

/** How many documents, and a number made of all their bytes that does not depend on their order. */
export interface Digest {
  readonly count: number;
  readonly sum: string;
}

const MODULUS = 1n << 256n;

/** Reads a collection and adds up the SHA-256 of every document. `before` leaves out what expires before that time. */
export async function digestOf(collection: Collection, shape: CollectionShape, before: Date): Promise<Digest> {
  let count = 0;
  let sum = 0n;
  for await (const raw of rawDocuments(collection, lastingUntil(shape, before))) {
    count += 1;
    sum = (sum + BigInt(`0x${createHash('sha256').update(raw).digest('hex')}`)) % MODULUS;
  }
  return { count, sum: sum.toString(16).padStart(64, '0') };
}

/** What is about to expire may be gone from one side only. */
function lastingUntil(shape: CollectionShape, before: Date): Document {
  const expiry = expiryOf(shape);
  if (expiry === undefined) return {};
  const [field = ''] = Object.keys(expiry['key'] as Document);
  const written = new Date(before.getTime() - Number(expiry['expireAfterSeconds']) * 1000);
  return { $nor: [{ [field]: { $lt: written } }] };
}
