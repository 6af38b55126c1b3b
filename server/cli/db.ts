import { randomBytes } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { databaseDocument } from '../embedded-mongo/document.js';
import { findRunningStore, startEmbeddedMongo, startStore } from '../embedded-mongo/start.js';

const USAGE = `npm run db -- serve --port N --data DIR [--no-auth]   starts the store alone on 127.0.0.1
npm run db -- backup FILE [--data DIR]                copies the store to FILE, also while the product runs
npm run db -- docs                                    prints the list of what is served into docs/database.md`;

const USER = 'store';

/** Starts the store on loopback and prints one line with its address; ends with SIGTERM or SIGINT. */
async function serve(dataDir: string, port: number, withSignIn: boolean): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  const store = await startStore({ dataDir }, { port, signIn: withSignIn ? { user: USER, password } : undefined });
  const signIn = withSignIn ? `${USER}:${password}@` : '';
  console.log(`listening mongodb://${signIn}${store.loopback ?? ''}/?directConnection=true&replicaSet=rs0`);
  const stop = (): void => void store.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** Asks the owner of the folder for a copy; opens the store for it when nobody has. */
async function backup(dataDir: string, file: string): Promise<void> {
  const running = await findRunningStore(dataDir);
  const own = running === null ? await startEmbeddedMongo({ dataDir }) : null;
  const client = await new MongoClient((running ?? own)?.uri('admin') ?? '').connect();
  try {
    await client.db('admin').command({ backup: 1, file: path.resolve(file) });
    await chmod(path.resolve(file), 0o600);
    console.log(`saved ${path.resolve(file)}; the keys of DATA_DIR/keys are not inside, keep a copy of them elsewhere`);
  } finally {
    await client.close();
    await own?.stop();
  }
}

async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string', default: './data' },
      'no-auth': { type: 'boolean', default: false },
    },
  });
  const [command, file] = positionals;
  if (command === 'serve') return serve(values.data, Number(values.port), !values['no-auth']);
  if (command === 'backup' && file !== undefined) return backup(values.data, file);
  if (command === 'docs') return writeFile('docs/database.md', databaseDocument());
  console.error(USAGE);
  process.exitCode = 2;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
