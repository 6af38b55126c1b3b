import { createKeyRing } from '../platform/keyRing.js';
import { openProcess } from '../process.js';
import { findFolder, setupConfig } from './setupGround.js';
import { checkWanted, install } from './setupWork.js';
import { completed, readFlags, usage } from './setupFlags.js';
import { setupReport } from './setupReport.js';
import { startOrSay } from './say.js';

/** `npm run setup`: from an empty database to one that `npm start` serves; a second run adds what is missing. */
await startOrSay(async () => {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    process.stdout.write(usage);
    return;
  }
  const ground = await findFolder(setupConfig(process.env));
  const wanted = await completed(flags, ground.holdings);
  checkWanted(wanted, ground.holdings);
  await createKeyRing(ground.keyFolder);
  const running = await openProcess({ ...ground.config, KEY_RING: ground.keyFolder });
  try {
    process.stdout.write(setupReport(await install(running.deps, wanted), ground));
  } finally {
    await running.close();
  }
}, '没有装好');
