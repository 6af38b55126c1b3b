import { migrations } from '../migrations.js';
import { migrateDown, migrateUp, migrationState } from '../platform/migrations.js';
import { openProcess } from '../process.js';

const running = await openProcess();
try {
  const { db, clock } = running.deps;
  const [command = 'up'] = process.argv.slice(2);
  if (command === 'up') report('已执行', await migrateUp(db, migrations, clock.now()));
  else if (command === 'down')
    report(
      '已撤回',
      [await migrateDown(db, migrations)].filter((name) => name !== null),
    );
  else if (command === 'status') report('待执行', (await migrationState(db, migrations)).missing);
  else process.exitCode = usage();
} finally {
  await running.close();
}

function report(what: string, names: readonly string[]): void {
  process.stdout.write(names.length === 0 ? `${what}：无\n` : `${what}：\n${names.map((name) => `  ${name}`).join('\n')}\n`);
}

function usage(): number {
  process.stderr.write('用法：npm run migrate -- [up|down|status]\n');
  return 2;
}
