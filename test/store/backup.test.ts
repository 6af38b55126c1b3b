import { cp, mkdir, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { Db } from 'mongodb';
import { restoreStore } from '../../server/embedded-mongo/offline/restore.js';
import { walkFile } from '../../server/embedded-mongo/offline/walk.js';
import { Environment } from '../../server/embedded-mongo/storage/environment.js';
import { backup } from '../../server/cli/db/backup.js';
import { compact } from '../../server/cli/db/compact.js';
import { restore } from '../../server/cli/db/restore.js';
import { runDb, runHere } from './dbCommand.js';
import { inStore, useFolder } from './storeFolder.js';

const workers = (db: Db) => db.collection<{ _id: string; name: string; town: number }>('workers');

async function fill(db: Db, count: number): Promise<void> {
  await workers(db).createIndex({ town: 1, name: 1 });
  await workers(db).insertMany(Array.from({ length: count }, (_, n) => ({ _id: `w${String(n)}`, name: `name ${String(n)}`, town: n % 7 })));
}

/** Number of documents in the file of a store that nobody has open. */
async function documentsIn(file: string): Promise<number> {
  const env = Environment.openReadOnly(file);
  try {
    return walkFile(env).documents;
  } finally {
    await env.close();
  }
}

const messageOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error as Error).message,
  );

const storeOf = (dataDir: string): string => path.join(dataDir, 'store', 'store.mdb');

describe('npm run db -- backup', () => {
  const folder = useFolder();

  it('copies a store while it runs, reads the copy back and leaves nothing but the copy and its checksum', async () => {
    const [dataDir, target] = [path.join(folder(), 'data'), path.join(folder(), 'backups')];
    await mkdir(target);
    const file = path.join(target, 'today.mdb');
    const { code, out } = await inStore(dataDir, async (db) => {
      await fill(db, 700);
      return runDb('backup', file, '--data', dataDir);
    });
    expect(code).to.equal(0);
    expect(out).to.contain(`saved ${file}`).and.contain('1 collections, 700 documents, 700 index entries');
    expect((await readdir(target)).sort()).to.deep.equal(['today.mdb', 'today.mdb.sha256']);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readFile(`${file}.sha256`, 'utf8')).to.match(/^[0-9a-f]{64} {2}today\.mdb\n$/);
    expect(await documentsIn(file)).to.equal(700);
  });

  it('keeps an older file of that name, and replaces it when told so', async () => {
    const dataDir = path.join(folder(), 'data');
    await inStore(dataDir, (db) => fill(db, 20));
    const file = path.join(folder(), 'nightly.mdb');
    await writeFile(file, 'older');
    expect(await runHere(backup, file, '--data', dataDir))
      .to.contain('refused')
      .and.contain('--force');
    expect(await readFile(file, 'utf8')).to.equal('older');
    expect(await runHere(backup, file, '--data', dataDir, '--force')).to.contain('saved');
    expect(await documentsIn(file)).to.equal(20);
  });

  it('does not make the folder of a mistyped name', async () => {
    const dataDir = path.join(folder(), 'data');
    await inStore(dataDir, (db) => fill(db, 1));
    const said = await runHere(backup, path.join(folder(), 'bakcups', 'x.mdb'), '--data', dataDir);
    expect(said).to.contain(`there is no folder ${path.join(folder(), 'bakcups')}`);
  });
});

describe('npm run db -- restore', () => {
  const folder = useFolder();

  let master: string;

  before(async () => {
    master = await mkdtemp(path.join(tmpdir(), 'store-master-'));
    await inStore(path.join(master, 'data'), async (db) => {
      await fill(db, 30);
      await runHere(backup, path.join(master, 'backup.mdb'), '--data', path.join(master, 'data'));
    });
  });
  after(() => rm(master, { recursive: true, force: true }));

  /** A store with 30 documents, and its backup. */
  async function backedUp(): Promise<{ dataDir: string; file: string }> {
    await cp(master, folder(), { recursive: true });
    return { dataDir: path.join(folder(), 'data'), file: path.join(folder(), 'backup.mdb') };
  }

  it('fills an empty folder', async () => {
    const { file } = await backedUp();
    const other = path.join(folder(), 'other machine');
    const said = await runHere(restore, file, '--data', other);
    expect(said).to.contain('no store was there before').and.contain('30 documents');
    expect((await stat(storeOf(other))).mode & 0o777).to.equal(0o600);
    expect(await documentsIn(storeOf(other))).to.equal(30);
  });

  it('keeps the store that was there, and is undone by the command that it prints', async () => {
    const { dataDir, file } = await backedUp();
    await inStore(dataDir, (db) => workers(db).insertOne({ _id: 'later', name: 'later', town: 1 }));
    const out = await runHere(restore, file, '--data', dataDir);
    expect(await documentsIn(storeOf(dataDir))).to.equal(30);
    const undo = /to undo: +npm run db -- (.*)/.exec(out)?.[1] ?? '';
    expect(undo).to.match(/^restore .*store\.mdb\.before-2\d{3}-/);
    expect((await runDb(...undo.split(' '))).code).to.equal(0);
    expect(await documentsIn(storeOf(dataDir))).to.equal(31);
  });

  it('is refused while a process has the folder, with its number and the mend', async () => {
    const { dataDir, file } = await backedUp();
    const { code, err } = await inStore(dataDir, async (db) => {
      await workers(db).insertOne({ _id: 'later', name: 'later', town: 1 });
      return runDb('restore', file, '--data', dataDir);
    });
    expect(code).to.equal(1);
    expect(err)
      .to.contain(`process ${String(process.pid)}`)
      .and.contain('stop that process first');
    expect(await documentsIn(storeOf(dataDir))).to.equal(31);
  });

  describe('with a file that is not what was saved', () => {
    const ends: Record<string, { harm: (file: string) => Promise<void>; says: RegExp }> = {
      'one byte of a name changed': { harm: changeName, says: /SHA-256 .* Take another backup; nothing was changed/ },
      'a short end, without its checksum': { harm: shorten, says: /damaged or no file of the store/ },
      'a page overwritten, without its checksum': { harm: overwritePages, says: /damaged or no file of the store/ },
      'a text of somebody else': { harm: replaceByText, says: /damaged or no file of the store/ },
    };
    for (const [title, { harm, says }] of Object.entries(ends)) {
      it(`${title}: says so and changes nothing`, async () => {
        const { dataDir, file } = await backedUp();
        const before = await readFile(storeOf(dataDir));
        await harm(file);
        expect(await runHere(restore, file, '--data', dataDir))
          .to.match(/^refused/)
          .and.to.match(says);
        expect(before.equals(await readFile(storeOf(dataDir)))).to.equal(true);
        expect((await readdir(path.dirname(storeOf(dataDir)))).filter((name) => name.startsWith('store.mdb.'))).to.deep.equal([]);
      });
    }
  });

  it('of a file that is not there, or of the store itself, is refused', async () => {
    const { dataDir } = await backedUp();
    expect(await runHere(restore, path.join(folder(), 'gone.mdb'), '--data', dataDir)).to.contain('refused: there is no file');
    expect(await runHere(restore, storeOf(dataDir), '--data', dataDir)).to.contain('is the store itself');
  });

  it('leaves the store alone when the copy is not the file that was meant', async () => {
    const { dataDir, file } = await backedUp();
    const refused = restoreStore(file, dataDir, () => Promise.reject(new Error('another file')));
    expect(await messageOf(refused)).to.equal('another file');
    expect(await documentsIn(storeOf(dataDir))).to.equal(30);
  });
});

/** `name 7` becomes `nome 7`: every structure of the file stays sound. */
async function changeName(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[bytes.indexOf('name 7') + 1] = 'o'.charCodeAt(0);
  await writeFile(file, bytes);
}

async function shorten(file: string): Promise<void> {
  await rm(`${file}.sha256`);
  await truncate(file, Math.floor((await stat(file)).size / 8192) * 4096);
}

async function overwritePages(file: string): Promise<void> {
  await rm(`${file}.sha256`);
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  // All but the two pages that say where everything begins.
  await handle.write(Buffer.alloc(size - 8192, 0xa5), 0, undefined, 8192);
  await handle.close();
}

async function replaceByText(file: string): Promise<void> {
  await rm(`${file}.sha256`);
  await writeFile(file, 'not a store'.repeat(2000));
}

describe('npm run db -- compact', () => {
  const folder = useFolder();

  it('gives back the pages of what was removed and keeps the rest', async () => {
    await inStore(folder(), async (db) => {
      await fill(db, 4000);
      await workers(db).deleteMany({ town: { $gt: 0 } });
    });
    const before = (await stat(storeOf(folder()))).size;
    const said = await runHere(compact, '--data', folder());
    const { size: after, mode } = await stat(storeOf(folder()));
    expect(after).to.be.below(before / 2);
    expect(mode & 0o777).to.equal(0o600);
    expect(said)
      .to.contain(`before ${(before / 1_048_576).toFixed(1)} MiB`)
      .and.contain(`${(before - after).toLocaleString('en-US')} bytes given back`);
    expect(await readdir(path.dirname(storeOf(folder())))).to.deep.equal(['store.mdb']);
    expect(await documentsIn(storeOf(folder()))).to.equal(572);
  });

  it('is refused while a process has the folder, with its number and the mend', async () => {
    const { code, err } = await inStore(folder(), async (db) => {
      await fill(db, 3);
      return runDb('compact', '--data', folder());
    });
    expect(code).to.equal(1);
    expect(err)
      .to.contain(`process ${String(process.pid)}`)
      .and.contain('stop that process first');
    expect(await documentsIn(storeOf(folder()))).to.equal(3);
  });
});
