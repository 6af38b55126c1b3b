import { refuseUnready } from './cli/ready.js';
import { startOrSay } from './cli/say.js';
import { readConfig } from './platform/config.js';
import { openProcess } from './process.js';
import { serve } from './serve.js';

await startOrSay(async () => {
  const running = await openProcess(readConfig());
  await refuseUnready(running.deps);
  await serve(running);
});
