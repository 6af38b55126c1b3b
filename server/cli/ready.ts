import { migrations } from '../migrations.js';
import { migrationState } from '../platform/migrations.js';
import type { Deps } from '../wiring.js';

/** The database is not fit to be served from; the message names the command that mends it. */
export class NotReady extends Error {}

/** @throws NotReady when migrations are missing or no division was ever loaded */
export async function refuseUnready(deps: Deps): Promise<void> {
  const { missing } = await migrationState(deps.db, migrations);
  if (missing.length > 0) throw new NotReady(`数据库还缺 ${String(missing.length)} 个结构变更（${missing.join('、')}）：请先运行 npm run migrate。`);
  if ((await deps.divisionsStore.root()) === null) throw new NotReady('数据库是空的：请先运行 npm run setup 装入区划、规则和管理员，或运行 npm run demo 看演示。');
}
