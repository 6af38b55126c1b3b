import { serialize } from 'bson';
import { Dispatcher } from '../../../server/embedded-mongo/commands/dispatch.js';
import { Engine } from '../../../server/embedded-mongo/engine.js';
import { parseRequest, replyTo } from '../../../server/embedded-mongo/wire/messages.js';
import { median } from './measure.js';
import { newestOfClass } from './workload.js';

/** One OP_MSG as it comes out of the socket. */
function message(command: object): Buffer {
  const body = serialize(command);
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, body]);
}

/** Milliseconds of the compound range inside the store: from the bytes of the request to the bytes of the reply, without a socket. */
export async function atTheDoor(dataDir: string): Promise<number> {
  const engine = new Engine({ dataDir, durability: 'disk', ttlSeconds: 0 });
  const dispatcher = new Dispatcher(engine);
  const peer = { id: 1, address: '', scram: undefined };
  const requests = Array.from({ length: 600 }, (_, i) => message({ find: 'attendance', ...newestOfClass(i), $db: 'bench' }));
  let i = 0;
  const taken = await median(3000, async () => {
    const request = parseRequest(requests[(i += 1) % requests.length] as Buffer);
    return replyTo(request, await dispatcher.run(request, peer));
  });
  await dispatcher.close();
  await engine.close();
  return taken;
}
