import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { findRunningStore, startEmbeddedMongo } from '../../server/embedded-mongo/start.js';
import { Environment } from '../../server/embedded-mongo/storage/environment.js';
import { flags, META_BYTES, nodesOf, readMeta } from '../../server/embedded-mongo/storage/pages/layout.js';
import { walkPages } from '../../server/embedded-mongo/storage/pages/walk.js';
import { randomFrom } from '../../server/demo/random.js';
import { seed } from '../support/property.js';
import { runDb } from './dbCommand.js';
import { hashOf, storeFile } from './rawFile.js';
import { inStore, useFolder } from './storeFolder.js';

const PAGE = 4096;

/** What the walk over all pages says, or undefined when it finds nothing. */
function damageOf(file: string): string | undefined {
  try {
    expect([...walkPages(file, 'all')].length).to.be.greaterThan(10);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function openingOf(dataDir: string): string | undefined {
  try {
    void Environment.open(path.join(dataDir, 'store'), 'memory').close();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a damaged file of the store', () => {
  const folder = useFolder();
  let dataDir: string;
  let file: string;
  let whole: Buffer;
  let root: number;

  /** A store with branch pages, leaves, long values and free pages. */
  before(async () => {
    const first = await mkdtemp(path.join(tmpdir(), 'store-whole-'));
    await inStore(first, async (db) => {
      const rows = db.collection<{ _id: number; text: string }>('rows');
      await rows.createIndex({ text: 1 });
      await rows.insertMany(Array.from({ length: 1500 }, (_, n) => ({ _id: n, text: `row ${String(n)}` })));
      await rows.insertMany([5000, 5001].map((n) => ({ _id: n, text: 'long '.repeat(3000) })));
      await rows.deleteMany({ _id: { $lt: 300 } });
    });
    whole = readFileSync(storeFile(first));
    root = newest().main.root!;
    await rm(first, { recursive: true });
  });
  beforeEach(() => {
    dataDir = path.join(folder(), 'data');
    file = storeFile(dataDir);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, whole);
  });

  const newest = () => {
    const metas = [0, 1].map((n) => readMeta(whole.subarray(n * PAGE, n * PAGE + META_BYTES), n));
    return metas[0]!.commit > metas[1]!.commit ? metas[0]! : metas[1]!;
  };

  /** Puts a file with one bit turned in the place of the store's. */
  function turn(at: number, bit = 0): void {
    const bytes = Buffer.from(whole);
    bytes[at] = bytes[at]! ^ (1 << bit);
    writeFileSync(file, bytes);
  }

  /** Opening refuses, says which file and what to do, and changes nothing. */
  function expectRefused(saying: string): void {
    const before = hashOf(file);
    expect(openingOf(dataDir)).to.contain(file).and.contain(saying).and.contain('put a backup in its place');
    expect(hashOf(file)).to.equal(before);
  }

  it('is told from a whole one', () => {
    expect(damageOf(file)).to.equal(undefined);
    expect(openingOf(dataDir)).to.equal(undefined);
  });

  it('is refused when it is cut short anywhere within what is in use, and opened when only free pages are missing', () => {
    const pages = whole.length / PAGE;
    let opened = 0;
    for (let kept = 0; kept < pages; kept += 1) {
      writeFileSync(file, whole.subarray(0, kept * PAGE + 100));
      const before = hashOf(file);
      if (damageOf(file) === undefined) opened += 1;
      else {
        expect(openingOf(dataDir), `${String(kept)} pages`).to.contain('put a backup in its place');
        expect(hashOf(file)).to.equal(before);
      }
    }
    expect(opened).to.be.lessThan(20);
    writeFileSync(file, '');
    expectRefused('it is cut off');
  });

  it('is refused when a bit has turned in the two first pages', () => {
    const meta = newest().commit % 2n === 0n ? 0 : PAGE;
    turn(24);
    expectRefused('it does not begin as it must');
    turn(24 + 4, 1);
    expectRefused('version 0 is not 2');
    turn(24 + 24 + 1, 7);
    expectRefused('page size');
    turn(meta + 24 + 128, 3);
    expectRefused('do not follow each other');
    turn(meta + 24 + 72 + 40, 5);
    expectRefused('page ');
  });

  it('is refused when a bit has turned in a branch page: its head, its order, the pages below', () => {
    const page = whole.subarray(root * PAGE, (root + 1) * PAGE);
    expect(page.readUInt16LE(18)).to.equal(flags.branch);
    turn(root * PAGE + 3);
    expectRefused('another page stands in its place');
    turn(root * PAGE + 20, 3);
    expectRefused(`page ${String(root)}`);
    const [, second] = nodesOf(page, root);
    const child = page.readUInt16LE(24 + 2) + 24;
    expect(page.readUInt32LE(child)).to.equal(second!.child);
    turn(root * PAGE + child + 2, 6);
    expectRefused('there is no such page');
    const [first] = nodesOf(page, root);
    const bytes = Buffer.from(whole);
    bytes.writeUInt32LE(first!.child, root * PAGE + child);
    writeFileSync(file, bytes);
    expectRefused('it is in use twice');
  });

  it('is found out by check when a bit has turned in a leaf, with its page, and is not read through lmdb then', async () => {
    const leaf = leftmostLeaf();
    turn(leaf * PAGE + 22, 2);
    const before = hashOf(file);
    const { code, out, err } = await runDb('check', '--data', dataDir);
    expect([code, out]).to.deep.equal([1, '']);
    expect(err)
      .to.contain(file)
      .and.contain(`page ${String(leaf)}`)
      .and.contain('put a backup in its place');
    expect(hashOf(file)).to.equal(before);
  });

  it('is found out by the next start when a bit has turned in a leaf and the last owner did not come to give the folder back', async () => {
    const leaf = leftmostLeaf();
    turn(leaf * PAGE + 22, 2);
    // A note that a power cut has emptied, and one of a process that is no more.
    for (const note of ['', JSON.stringify({ pid: 2 ** 22 + 1, began: '1', address: '/nowhere', ready: true })]) {
      writeFileSync(path.join(dataDir, 'store.json'), note);
      expect(await findRunningStore(dataDir)).to.equal(null);
      const refusal = await startEmbeddedMongo({ dataDir }).catch((error: unknown) => (error as Error).message);
      expect(refusal)
        .to.contain(`page ${String(leaf)}: `)
        .and.contain('put a backup in its place');
    }
    writeFileSync(file, whole);
    writeFileSync(path.join(dataDir, 'store.json'), '');
    expect(await inStore(dataDir, (db) => db.collection('rows').countDocuments({}))).to.equal(1202);
  });

  function leftmostLeaf(): number {
    let page = root;
    for (let level = 1; level < newest().main.depth; level += 1)
      page = [...nodesOf(whole.subarray(page * PAGE, (page + 1) * PAGE), page)][0]!.child;
    return page;
  }

  it('is found out page by page: a turned bit in the frame of any page that is in use', () => {
    const random = randomFrom(String(seed));
    for (let n = 0; n < 60; n += 1) {
      const number = random.between(2, whole.length / PAGE - 1);
      if (whole.readUInt16LE(number * PAGE + 18) > flags.overflow) continue;
      const isFree = damageOfFrame(number) === undefined;
      // What a free page holds is of no consequence.
      if (isFree) expect(pagesInUse().has(number), `page ${String(number)} SEED=${String(seed)}`).to.equal(false);
    }
  });

  function damageOfFrame(number: number): string | undefined {
    turn(number * PAGE + 18, 1);
    return damageOf(file);
  }

  function pagesInUse(): Set<number> {
    const seen = new Set<number>();
    const visit = (page: number, level: number, depth: number): void => {
      seen.add(page);
      if (level < depth)
        for (const { child } of nodesOf(whole.subarray(page * PAGE, (page + 1) * PAGE), page)) visit(child, level + 1, depth);
    };
    for (const { root: top, depth } of [newest().main, newest().free]) if (top !== undefined) visit(top, 1, depth);
    return seen;
  }

  it('leaves the folder free for a backup when a start is refused', async () => {
    const backup = path.join(folder(), 'backup.mdb');
    copyFileSync(file, backup);
    turn(24);
    const refusal = await startEmbeddedMongo({ dataDir }).catch((error: unknown) => (error as Error).message);
    expect(refusal).to.contain(`${file} is damaged`);
    expect(await findRunningStore(dataDir)).to.equal(null);
    copyFileSync(backup, file);
    expect(await inStore(dataDir, (db) => db.collection('rows').countDocuments({}))).to.equal(1202);
  });
});
