import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Connection } from 'mongoose';
import { adminRoles, type Role } from '../access/permissions.rules.js';
import { readConfig, type Config } from '../platform/config.js';
import { openDatabase } from '../platform/database.js';
import { makeLog } from '../platform/log.js';
import { SetupError } from './setupError.js';

/** The name under which setup stands in the trail. */
export const setupActor = 'setup';

/** What a database holds before setup touches it. */
export interface Holdings {
  readonly divisions: number;
  readonly workers: number;
  readonly classes: number;
  readonly accounts: number;
  /** The administrators' roles that somebody has. */
  readonly roles: readonly Role[];
  readonly isDemo: boolean;
}

/** Where setup works: the settings, the folder of the keys, and what is in the database. */
export interface SetupGround {
  readonly config: Config;
  readonly keyFolder: string;
  readonly keysWereThere: boolean;
  readonly holdings: Holdings;
}

/** The settings of the environment; what production asks for beyond them is what setup is about to make. */
export function setupConfig(env: NodeJS.ProcessEnv): Config {
  return readConfig({ LOG_LEVEL: 'warn', ...env, NODE_ENV: 'development', DEMO_TODAY: '', PASSWORD_HASHING: '' });
}

/**
 * Looks at the database and the key folder.
 * @throws SetupError when a demo or strange data is in the way, or when sealed data has lost its keys
 */
export async function findFolder(config: Config): Promise<SetupGround> {
  const keyFolder = path.resolve(config.KEY_RING ?? path.join(config.DATA_DIR, 'keys'));
  const keysWereThere = (await readdir(keyFolder).catch(() => [])).some((name) => name.endsWith('.json'));
  const database = await openDatabase(config, makeLog(config.LOG_LEVEL));
  const holdings = await holdingsOf(database.connection).finally(() => database.close());
  const where = config.MONGODB_URI === undefined ? `DATA_DIR=${config.DATA_DIR}` : `DATABASE_NAME=${config.DATABASE_NAME}`;
  if (holdings.isDemo)
    throw new SetupError(`${where} 里是演示市（${inWords(holdings)}）：请另设 DATA_DIR 或 DATABASE_NAME，演示留在原处。`);
  if (holdings.divisions === 0 && inWords(holdings) !== '')
    throw new SetupError(`${where} 里没有区划，却有${inWords(holdings)}：请换一个空的数据库。`);
  if (holdings.divisions > 0 && !keysWereThere) {
    throw new SetupError(
      `${where} 里已有${inWords(holdings)}，密钥目录 ${keyFolder} 却是空的：请从备份恢复密钥，或把 KEY_RING 指到它们所在的目录。`,
    );
  }
  return { config, keyFolder, keysWereThere, holdings };
}

/** `区划 203 个、人员 2,550 人、…`; '' for an empty database. */
export function inWords(holdings: Holdings): string {
  const parts: readonly [string, number, string][] = [
    ['区划', holdings.divisions, '个'],
    ['人员', holdings.workers, '人'],
    ['班次', holdings.classes, '个'],
    ['账号', holdings.accounts, '个'],
  ];
  return parts
    .filter(([, count]) => count > 0)
    .map(([what, count, unit]) => `${what} ${count.toLocaleString('en-US')} ${unit}`)
    .join('、');
}

/** Counts what is there without wiring the product, which would need the keys. */
export async function holdingsOf(db: Connection): Promise<Holdings> {
  const count = (collection: string, filter: Record<string, unknown> = {}): Promise<number> =>
    db.collection(collection).countDocuments(filter);
  const [divisions, workers, classes, accounts, demo] = await Promise.all([
    count('divisions'),
    count('workers'),
    count('classes'),
    count('accounts'),
    count('demo'),
  ]);
  const held = await Promise.all(adminRoles.map((role) => count('accounts', { 'grants.role': role })));
  return { divisions, workers, classes, accounts, roles: adminRoles.filter((_, index) => (held[index] ?? 0) > 0), isDemo: demo > 0 };
}

/** @throws SetupError when the database was loaded by setup: the demo never takes the place of a real installation */
export async function refuseInstalled(db: Connection): Promise<void> {
  const loaded = await db.collection('audit_rows').findOne({ action: 'divisions.loaded', actorName: setupActor });
  if (loaded === null) return;
  throw new SetupError(`这里是正式安装的数据（${inWords(await holdingsOf(db))}），演示不会动它：看演示请另设 DATA_DIR 或 DATABASE_NAME。`);
}
