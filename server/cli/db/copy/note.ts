import type { Db } from 'mongodb';
import { NOTE, shapesOf } from './shape.js';

interface Note {
  readonly _id: 'copy';
  readonly source: string;
  readonly begunAt: Date;
}

const notes = (target: Db) => target.collection<Note>(NOTE);

/**
 * Claims a database of the target for a copy from this source; true when such a copy was begun before.
 * @throws Error when the database holds anything else
 */
export async function claimTarget(target: Db, source: string): Promise<boolean> {
  const note = await notes(target).findOne({ _id: 'copy' });
  if (note?.source === source) return true;
  const mend = `drop that database (if nobody needs it), or name another target`;
  if (note !== null) {
    throw new Error(
      `database ${target.databaseName} of the target holds the beginning of a copy of ${note.source}: go on with that one, or ${mend}`,
    );
  }
  for (const { name } of await shapesOf(target)) {
    const count = await target.collection(name).countDocuments({});
    if (count > 0) throw new Error(`the target already holds ${String(count)} documents in ${target.databaseName}.${name}: ${mend}`);
  }
  await notes(target).insertOne({ _id: 'copy', source, begunAt: new Date() });
  return false;
}

/** Takes the note away: from now on the target is a database like any other. */
export async function releaseTarget(target: Db): Promise<void> {
  await notes(target).drop();
}
