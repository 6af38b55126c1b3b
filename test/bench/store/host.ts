import { readFileSync } from 'node:fs';
import { startEmbeddedMongo } from '../../../server/embedded-mongo/start.js';

/**
 * A process that holds the store and nothing else, so that its memory can be told from the caller's. Messages: `memory` is
 * answered with kilobytes in memory beyond the mapped file, `stop` ends it.
 */
const store = await startEmbeddedMongo({ dataDir: process.argv[2] ?? '', ttlSeconds: 0 });

function residentKilobytes(): number {
  const smaps = readFileSync('/proc/self/smaps', 'utf8');
  const mapping = /^[0-9a-f]+-[0-9a-f]+ [rwxsp-]{4} .*$/;
  let isFile = false;
  let sum = 0;
  for (const line of smaps.split('\n')) {
    if (mapping.test(line)) isFile = line.endsWith('store.mdb');
    else if (!isFile && line.startsWith('Rss:')) sum += Number(/\d+/.exec(line)?.[0]);
  }
  return sum;
}

process.on('message', (message) => {
  if (message === 'memory') process.send?.({ kilobytes: residentKilobytes() });
  else void store.stop().then(() => process.exit());
});
process.send?.({ uri: store.uri('bench') });
