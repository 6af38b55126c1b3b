import type { Connection } from 'mongoose';

/** An index as a feature wants it; created by a migration, never by a model at start-up. */
export interface WantedIndex {
  readonly collection: string;
  readonly name: string;
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  readonly partial?: Readonly<Record<string, unknown>>;
  readonly expireAfterSeconds?: number;
}

/** One step of the database's shape, applied once in order and reversible. */
export interface Migration {
  readonly name: string;
  up(db: Connection): Promise<void>;
  down(db: Connection): Promise<void>;
}

/** The migrations that a database has seen. */
export interface MigrationState {
  readonly done: readonly string[];
  readonly missing: readonly string[];
}

interface MigrationRow {
  readonly _id: string;
  readonly at: Date;
}

/** A migration that makes indexes and, on the way back, drops them. */
export function indexMigration(name: string, indexes: readonly WantedIndex[]): Migration {
  return {
    name,
    async up(db) {
      for (const index of indexes) {
        await db.collection(index.collection).createIndex(index.keys, indexOptions(index));
      }
    },
    async down(db) {
      for (const index of indexes) await db.collection(index.collection).dropIndex(index.name);
    },
  };
}

function indexOptions(index: WantedIndex): Record<string, unknown> {
  return {
    name: index.name,
    ...(index.unique === true ? { unique: true } : {}),
    ...(index.partial === undefined ? {} : { partialFilterExpression: index.partial }),
    ...(index.expireAfterSeconds === undefined ? {} : { expireAfterSeconds: index.expireAfterSeconds }),
  };
}

/** Which migrations were applied and which are still to come. */
export async function migrationState(db: Connection, migrations: readonly Migration[]): Promise<MigrationState> {
  const rows = await db.collection<MigrationRow>('migrations').find({}).toArray();
  const done = rows.map((row) => row._id);
  return { done, missing: migrations.map((migration) => migration.name).filter((name) => !done.includes(name)) };
}

/** Applies what is missing, in order; the names of what was applied. */
export async function migrateUp(db: Connection, migrations: readonly Migration[], now: Date): Promise<readonly string[]> {
  const { missing } = await migrationState(db, migrations);
  for (const migration of migrations.filter((one) => missing.includes(one.name))) {
    await migration.up(db);
    await db.collection<MigrationRow>('migrations').updateOne({ _id: migration.name }, { $setOnInsert: { at: now } }, { upsert: true });
  }
  return missing;
}

/** Takes back the newest applied migration; its name, or null when there is none. */
export async function migrateDown(db: Connection, migrations: readonly Migration[]): Promise<string | null> {
  const { done } = await migrationState(db, migrations);
  const newest = [...migrations].reverse().find((migration) => done.includes(migration.name));
  if (newest === undefined) return null;
  await newest.down(db);
  await db.collection<MigrationRow>('migrations').deleteOne({ _id: newest.name });
  return newest.name;
}
