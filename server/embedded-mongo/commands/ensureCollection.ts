import type { Collection } from '../storage/catalogue.js';
import type { Context } from './context.js';

/** The collection, made when it is not there: the first write does that in MongoDB. */
export async function ensureCollection({ engine, db }: Context, name: string): Promise<Collection> {
  const there = engine.catalogue.find(db, name);
  if (there !== undefined) return there;
  return engine.writes.once(() => engine.catalogue.find(db, name) ?? engine.catalogue.create(db, name));
}
