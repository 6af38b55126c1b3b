import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

/** A door to a server that falls silent: what clients send beyond so many bytes is kept back for ever. */
export interface StallingProxy {
  readonly address: string;
  /** Resolves when it has kept something back. */
  readonly stalled: Promise<void>;
  close(): void;
}

/** Passes bytes to `address` (`127.0.0.1:port`) and back until `bytes` have been sent. */
export async function openStallingProxy(address: string, bytes: number): Promise<StallingProxy> {
  const sockets: Socket[] = [];
  let sent = 0;
  let stall: () => void = () => undefined;
  const stalled = new Promise<void>((resolve) => (stall = resolve));
  const server = createServer((client) => {
    const behind = connect(Number(address.split(':')[1]), '127.0.0.1');
    sockets.push(client, behind);
    for (const socket of [client, behind]) socket.on('error', () => socket.destroy());
    behind.pipe(client);
    client.on('data', (piece) => {
      sent += piece.length;
      if (sent > bytes) stall();
      else behind.write(piece);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { address: `127.0.0.1:${String((server.address() as AddressInfo).port)}`, stalled, close };
}
