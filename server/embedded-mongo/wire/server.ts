import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Dispatcher } from '../commands/dispatch.js';
import { serveConnection } from './connection.js';
import type { Credentials } from './scram.js';

/** Where to listen: a unix socket for this user alone, or loopback. */
export type Listen = { readonly socket: string } | { readonly port: number };

/** A listening store. */
export interface Listener {
  /** The path or `127.0.0.1:port`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Listens and serves; resolves when clients may connect. */
export async function listen(dispatcher: Dispatcher, where: Listen, credentials: Credentials | undefined): Promise<Listener> {
  const sockets = new Set<Socket>();
  let address = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, dispatcher, address, credentials);
  });
  if ('socket' in where) rmSync(where.socket, { force: true });
  await opened(server, where);
  address = addressOf(server, where);
  const close = async (): Promise<void> => {
    const closed = new Promise<void>(
      (resolve) =>
        void server.close(() => {
          resolve();
        }),
    );
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { address, close };
}

function opened(server: Server, where: Listen): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const ready = (): void => {
      server.off('error', reject);
      resolve();
    };
    if ('socket' in where) server.listen(where.socket, ready);
    else server.listen(where.port, '127.0.0.1', ready);
  });
}

function addressOf(server: Server, where: Listen): string {
  if ('socket' in where) {
    chmodSync(where.socket, 0o600);
    return where.socket;
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? `127.0.0.1:${String(address.port)}` : '';
}
