import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { makeStoreFolder } from '../../server/embedded-mongo/dataFolder.js';
import { startEmbeddedMongo } from '../../server/embedded-mongo/start.js';
import { spaces } from '../../server/embedded-mongo/storage/keyspace.js';
import { hashOf, storeFile, withRawFile } from './rawFile.js';
import { inStore, useFolder } from './storeFolder.js';

describe('a data folder that cannot be used', () => {
  const folder = useFolder();
  const refusalOf = (dataDir: string): Promise<string> =>
    startEmbeddedMongo({ dataDir }).then(
      () => 'opened',
      (error: unknown) => (error as Error).message,
    );

  it('is named when a file stands in its place, or a folder in that of the store’s file', async () => {
    const place = path.join(folder(), 'file');
    writeFileSync(place, 'x');
    expect(await refusalOf(place)).to.contain(`the data folder ${place} is not a folder: move`);
    expect(readFileSync(place, 'utf8')).to.equal('x');
    const taken = path.join(folder(), 'taken');
    mkdirSync(storeFile(taken), { recursive: true });
    expect(await refusalOf(taken)).to.contain(`${storeFile(taken)} is a folder`);
  });

  it('is named when it may only be read, with what is in it and without', () => {
    const isRoot = process.getuid?.() === 0;
    for (const within of ['', 'store']) {
      const dataDir = path.join(folder(), `read only ${within}`);
      mkdirSync(path.join(dataDir, within), { recursive: true });
      chmodSync(dataDir, 0o555);
      // Rights do not bind root, so for a moment it is somebody else.
      if (isRoot) {
        chmodSync(folder(), 0o755);
        process.seteuid?.(65_534);
      }
      try {
        expect(() => makeStoreFolder(dataDir)).to.throw(
          new RegExp(`the data folder ${dataDir} cannot be written to \\(E(ACCES|PERM)\\): give it`),
        );
      } finally {
        if (isRoot) process.seteuid?.(0);
        chmodSync(dataDir, 0o755);
      }
    }
  });

  it('holds a file of a newer format: it is named and stays as it is', async () => {
    await inStore(folder(), (db) => db.collection('c').insertOne({ n: 1 }));
    await withRawFile(folder(), (raw) => {
      raw.putSync(spaces.format, Buffer.from([99]));
    });
    const before = hashOf(storeFile(folder()));
    expect(await refusalOf(folder())).to.contain(`${storeFile(folder())} has format 99, this program reads format 1: start the program`);
    expect(hashOf(storeFile(folder()))).to.equal(before);
  });
});
