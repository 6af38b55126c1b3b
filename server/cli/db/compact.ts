import { compactStore } from '../../embedded-mongo/offline/compact.js';
import { dataOption, parsed, type DbCommand, type Say } from './command.js';
import { figure, size } from './figures.js';
import { mustHaveStore } from './openStore.js';

async function run(args: string[], say: Say): Promise<void> {
  const { values } = parsed(args, dataOption, 0);
  await mustHaveStore(values.data);
  const { before, after } = await compactStore(values.data);
  say(`before ${size(before)}, after ${size(after)}: ${figure(before - after)} bytes given back`);
}

export const compact: DbCommand = {
  usage: 'compact [--data DIR]',
  what: 'writes the file anew without its free pages; only while nothing runs on the folder',
  run,
};
