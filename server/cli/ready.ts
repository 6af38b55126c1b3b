import type { Connection } from 'mongoose';
import { migrations } from '../migrations.js';
import { migrationState } from '../platform/migrations.js';
import { adminRoles } from '../access/permissions.rules.js';
import { systemScope } from '../platform/scope.js';
import type { Deps } from '../wiring.js';
import { NOTE } from './db/copy/shape.js';

/** The database is not fit to be served from; the message names the command that mends it. */
export class NotReady extends Error {}

/** @throws NotReady when `npm run db -- copy` was cut short here, or found a difference: a part of a city looks like a whole one */
export async function refuseHalfCopy(connection: Connection): Promise<void> {
  if (await connection.getClient().db(connection.name).listCollections({ name: NOTE }, { nameOnly: true }).hasNext()) {
    throw new NotReady('往这个库搬数据还没有搬完：请把原来那条 npm run db -- copy 命令再运行一次，它接着搬；或者先用原来的数据库启动。');
  }
}

const scope = systemScope('whether an installation is complete');

/** @throws NotReady when no division was ever loaded, migrations are missing, or setup was cut off before its accounts */
export async function refuseUnready(deps: Deps): Promise<void> {
  await refuseHalfCopy(deps.db);
  if ((await deps.divisionsStore.root()) === null) {
    throw new NotReady('数据库是空的：请先运行 npm run setup 装入区划、规则和管理员，或运行 npm run demo 看演示。');
  }
  const { missing } = await migrationState(deps.db, migrations);
  if (missing.length > 0) {
    throw new NotReady(`数据库还缺 ${String(missing.length)} 个结构变更（${missing.join('、')}）：请先运行 npm run migrate。`);
  }
  const held = await Promise.all(adminRoles.map((role) => deps.accountsStore.count(scope, { who: 'office', role }, deps.clock.now())));
  if (held.includes(0)) throw new NotReady('安装没有做完：还缺管理员账号。请再运行一次 npm run setup，它只补缺的。');
}
