import { startOrSay } from '../cli/say.js';
import { refuseInstalled } from '../cli/setupGround.js';
import { migrations } from '../migrations.js';
import { migrateUp } from '../platform/migrations.js';
import { readConfig } from '../platform/config.js';
import { openProcess } from '../process.js';
import { serve } from '../serve.js';
import { demoIsLoaded, loadDemoCity } from './city.js';
import { signInTable } from './signInTable.js';

await startOrSay(async () => {
  const config = readConfig({ LOG_LEVEL: 'warn', ...process.env });
  const running = await openProcess(config);
  const { deps } = running;
  if (!(await demoIsLoaded(deps))) {
    await refuseInstalled(deps.db);
    await deps.db.dropDatabase();
    await migrateUp(deps.db, migrations, deps.clock.now());
    await loadDemoCity(deps, (line) => process.stdout.write(`${line}\n`));
  }
  await migrateUp(deps.db, migrations, deps.clock.now());
  await serve(running);
  process.stdout.write(signInTable(`http://${config.HOST}:${String(config.PORT)}`));
});
