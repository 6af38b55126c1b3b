import type { Socket } from 'node:net';
import type { Dispatcher } from '../commands/dispatch.js';
import { Framer, parseRequest, replyTo, type Request } from './messages.js';
import { ScramConversation, type Credentials } from './scram.js';

/** What a command may know of the connection it came by. */
export interface Peer {
  readonly id: number;
  /** How the client reached us, for `hello`'s `me`. */
  readonly address: string;
  /** The sign-in under way, or undefined when none is asked for. */
  readonly scram: ScramConversation | undefined;
}

let connections = 0;

/** Serves one client: requests are answered one after another, in order. */
export function serveConnection(socket: Socket, dispatcher: Dispatcher, address: string, credentials: Credentials | undefined): void {
  const framer = new Framer();
  connections += 1;
  const peer: Peer = { id: connections, address, scram: credentials && new ScramConversation(credentials) };
  let last = Promise.resolve();
  socket.setNoDelay(true);
  socket.on('data', (piece) => {
    try {
      for (const bytes of framer.push(piece)) {
        const request = parseRequest(bytes);
        last = last.then(() => answer(socket, dispatcher, peer, request)).catch(() => void socket.destroy());
      }
    } catch {
      // A peer that does not speak the protocol is not answered.
      socket.destroy();
    }
  });
  socket.on('error', () => socket.destroy());
}

async function answer(socket: Socket, dispatcher: Dispatcher, peer: Peer, request: Request): Promise<void> {
  const reply = await dispatcher.run(request, peer);
  if (request.silent || socket.destroyed) return;
  const [head, body] = replyTo(request, reply);
  socket.cork();
  socket.write(head as Buffer);
  socket.write(body as Buffer);
  socket.uncork();
}
