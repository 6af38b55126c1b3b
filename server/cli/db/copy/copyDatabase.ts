import { isDeepStrictEqual } from 'node:util';
import { figure } from '../figures.js';
import { copyDocuments, copyIndexes, type DatabaseCopy } from './copyCollection.js';
import { digestOf } from './digest.js';
import { claimTarget, releaseTarget } from './note.js';
import { shapesOf, type CollectionShape } from './shape.js';

/** Long enough for the slowest comparison of one collection. */
const COMPARING_MS = 3_600_000;

/**
 * Copies one database with its indexes and compares every collection when all is there. A copy that was cut short goes on.
 * @throws Error when the target holds other data, or differs in the end
 */
export async function copyDatabase(copy: DatabaseCopy, sourceName: string): Promise<void> {
  const { source, target, say } = copy;
  const shapes = await shapesOf(source);
  if (await claimTarget(target, sourceName)) say(`${target.databaseName}: goes on with the copy that was begun before`);
  for (const shape of shapes) {
    // Also one without documents is there in the end.
    if (!(await target.listCollections({ name: shape.name }).hasNext())) await target.createCollection(shape.name);
    await copyDocuments(copy, shape);
    await copyIndexes(copy, shape, false);
  }
  const different: string[] = [];
  for (const shape of shapes) if (!(await isSame(copy, shape))) different.push(`${source.databaseName}.${shape.name}`);
  if (different.length > 0) {
    throw new Error(
      `the copy differs from the source in ${different.join(', ')}: somebody wrote to one of the two. Stop whoever does, drop that database in the target and copy anew`,
    );
  }
  for (const shape of shapes) await copyIndexes(copy, shape, true);
  if (!isDeepStrictEqual(comparable(await shapesOf(target)), comparable(shapes))) {
    throw new Error(
      `the indexes of ${target.databaseName} differ from those of the source: drop that database in the target and copy anew`,
    );
  }
  await releaseTarget(target);
}

/** Compares number and bytes of all documents. */
async function isSame({ source, target, say }: DatabaseCopy, shape: CollectionShape): Promise<boolean> {
  const until = new Date(Date.now() + COMPARING_MS);
  const [ours, theirs] = await Promise.all([
    digestOf(source.collection(shape.name), shape, until),
    digestOf(target.collection(shape.name), shape, until),
  ]);
  const same = ours.count === theirs.count && ours.sum === theirs.sum;
  const found = same ? `same, ${ours.sum.slice(0, 16)}` : `DIFFERENT from ${figure(theirs.count)} documents of the target`;
  say(`${source.databaseName}.${shape.name}: ${figure(ours.count)} documents, ${figure(shape.indexes.length)} indexes, ${found}`);
  return same;
}

/** Numbers of an index's options may come back in another type. */
const comparable = (shapes: readonly CollectionShape[]): unknown =>
  shapes.map(({ name, indexes }) => ({ name, indexes: new Set(indexes.map((index) => JSON.stringify(sorted(index)))) }));

const sorted = (spec: object): unknown => Object.fromEntries(Object.entries(spec).sort(([a], [b]) => (a < b ? -1 : 1)));
