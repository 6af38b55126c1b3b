import { refuseUnready } from '../server/cli/ready.js';
import { startOrSay } from '../server/cli/say.js';
import { readConfig } from '../server/platform/config.js';
import { openProcess } from '../server/process.js';
import { startWork } from './start.js';

await startOrSay(async () => {
  const running = await openProcess(readConfig());
  await refuseUnready(running.deps);
  const work = await startWork(running.deps);
  running.deps.log.info({ database: running.deps.databaseDescription }, 'jobs running');
  running.onSignal(async () => {
    await work.stop();
  });
});
