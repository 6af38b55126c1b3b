import { deserialize, Long, serialize, type Document } from 'bson';
import { createServer, type Socket } from 'node:net';
import { workerAt, WORKERS } from './data.js';

/**
 * A server that does as little as a driver can talk to: replies are bytes made beforehand, found by `_id` in a map. What the
 * same driver reaches against it is what driver, socket and framing allow.
 */
const path = process.argv[2] ?? '';
const ns = 'bench.workers';
const replies = new Map<string, Uint8Array>();
for (let i = 0; i < WORKERS; i += 1) {
  const worker = workerAt(i);
  replies.set(worker['_id'] as string, serialize({ cursor: { firstBatch: [worker], id: Long.ZERO, ns }, ok: 1 }));
}
const inserted = serialize({ n: 1, ok: 1 });
const greeting = serialize({
  ismaster: true,
  isWritablePrimary: true,
  helloOk: true,
  setName: 'rs0',
  setVersion: 1,
  hosts: [path],
  me: path,
  primary: path,
  secondary: false,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 24,
  ok: 1,
});
const done = serialize({ ok: 1 });

function bodyFor(command: Document): Uint8Array {
  if ('find' in command) return replies.get((command['filter'] as { _id: string })._id) ?? done;
  if ('insert' in command) return inserted;
  return 'hello' in command || 'ismaster' in command || 'isMaster' in command ? greeting : done;
}

function answer(socket: Socket, message: Buffer): void {
  const isQuery = message.readInt32LE(12) === 2004;
  const start = isQuery ? message.indexOf(0, 20) + 9 : 21;
  const body = bodyFor(deserialize(message.subarray(start, start + message.readInt32LE(start))));
  const head = Buffer.alloc(isQuery ? 36 : 21);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(isQuery ? 1 : 2013, 12);
  if (isQuery) head.writeInt32LE(1, 32);
  socket.cork();
  socket.write(head);
  socket.write(body);
  socket.uncork();
}

const server = createServer((socket) => {
  let held: Buffer = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (piece: Buffer) => {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    while (held.length >= 16 && held.length >= held.readInt32LE(0)) {
      const length = held.readInt32LE(0);
      answer(socket, held.subarray(0, length));
      held = held.subarray(length);
    }
  });
});
process.on('message', () => process.exit());
server.listen(path, () => process.send?.({ uri: `mongodb://${encodeURIComponent(path)}/bench?directConnection=true&replicaSet=rs0` }));
