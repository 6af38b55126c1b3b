/** A process that owns a store until it is killed. Says its address on standard output. */
import { startEmbeddedMongo } from '../../server/embedded-mongo/start.js';

const [, , dataDir = ''] = process.argv;
const store = await startEmbeddedMongo({ dataDir });
process.stdout.write(`${store.uri('crash')}\n`);
