/** A process that owns a store until it is killed. Opens it when told to, and says its address on standard output. */
import { once } from 'node:events';
import { startEmbeddedMongo } from '../../server/embedded-mongo/start.js';

const [, , dataDir = ''] = process.argv;
await once(process.stdin, 'data');
const store = await startEmbeddedMongo({ dataDir });
process.stdout.write(`${store.uri('crash')}\n`);
