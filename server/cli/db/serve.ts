import { randomBytes } from 'node:crypto';
import { startStore } from '../../embedded-mongo/start.js';
import { dataOption, parsed, type DbCommand, type Say } from './command.js';

const USER = 'store';

const options = { ...dataOption, port: { type: 'string', default: '0' }, 'no-auth': { type: 'boolean', default: false } } as const;

/** Starts the store on loopback and prints one line with its address; ends with SIGTERM or SIGINT. */
async function run(args: string[], say: Say): Promise<void> {
  const { values } = parsed(args, options, 0);
  const password = values['no-auth'] ? undefined : randomBytes(24).toString('base64url');
  const signIn = password === undefined ? undefined : { user: USER, password };
  const store = await startStore({ dataDir: values.data }, { port: Number(values.port), signIn });
  const credentials = password === undefined ? '' : `${USER}:${password}@`;
  say(`listening mongodb://${credentials}${store.loopback ?? ''}/?directConnection=true&replicaSet=rs0`);
  const stop = (): void => void store.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

export const serve: DbCommand = {
  usage: 'serve [--port N] [--data DIR] [--no-auth]',
  what: 'starts the store alone on 127.0.0.1 and prints its address',
  run,
};
