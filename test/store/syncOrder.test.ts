import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Dispatcher } from '../../server/embedded-mongo/commands/dispatch.js';
import { Engine } from '../../server/embedded-mongo/engine.js';
import { META_BYTES, readMeta } from '../../server/embedded-mongo/storage/pages/layout.js';
import type { Request } from '../../server/embedded-mongo/wire/messages.js';
import { openStore, spawnOwner } from './ownerProcess.js';
import { RawClient } from './rawClient.js';
import { useFolder } from './storeFolder.js';

const WRITES = 12;

/** The number of the newest commit that the two first pages of a file speak of. */
function commitIn(file: string): bigint {
  const fd = openSync(file, 'r');
  try {
    const metas = [0, 1].map((number) => {
      const bytes = Buffer.alloc(META_BYTES);
      readSync(fd, bytes, 0, META_BYTES, number * 4096);
      return readMeta(bytes, number).commit;
    });
    return metas.reduce((a, b) => (a > b ? a : b));
  } finally {
    closeSync(fd);
  }
}

/** Whether system calls can be watched here; not every machine has the tool, nor lets it in. */
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

/** One line of a trace: the call, and the file or socket it is for. */
interface Call {
  readonly name: string;
  readonly fd: string;
  readonly text: string;
}

/** The calls in the order in which they returned, those of several threads put together. */
function callsOf(trace: string): Call[] {
  const unfinished = new Map<string, string>();
  return trace.split('\n').flatMap((line) => {
    const text = wholeLine(line, unfinished);
    const [, name = '', fd = ''] = /^(\w+)\((\d+|AT_FDCWD)/.exec(text) ?? [];
    return fd === '' ? [] : [{ name, fd, text }];
  });
}

/** A call without its thread; empty as long as it has not returned. */
function wholeLine(line: string, unfinished: Map<string, string>): string {
  const [, thread = '', rest = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
  const [, begun] = /^(.*)<unfinished \.\.\.>$/.exec(rest) ?? [];
  if (begun !== undefined) {
    unfinished.set(thread, begun);
    return '';
  }
  const [, resumed] = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest) ?? [];
  return resumed === undefined ? rest : `${unfinished.get(thread) ?? ''}${resumed}`;
}

const result = ({ text }: Call): string => /= (\d+)\s*$/.exec(text)?.[1] ?? '';

describe('the order of syncs', () => {
  const folder = useFolder();

  it('is commit, then answer: the newest page of the file speaks of the commit before anybody is answered', async () => {
    const engine = new Engine({ dataDir: folder(), durability: 'disk', ttlSeconds: 0 });
    const file = path.join(folder(), 'store', 'store.mdb');
    const dispatcher = new Dispatcher(engine);
    const events: string[] = [];
    const commit = engine.env.commit.bind(engine.env);
    engine.env.commit = (work) => {
      const before = commitIn(file);
      const value = commit(work);
      events.push(commitIn(file) > before ? 'committed' : 'nothing to commit');
      return value;
    };
    const insert = (n: number): Request =>
      ({ command: { insert: 'c', documents: [{ _id: n }], $db: 'app' }, sequences: new Map() }) as never;
    const peer = { id: 1, address: '', scram: undefined };
    await dispatcher.run(insert(-1), peer);
    events.length = 0;
    const all = [0, 1, 2, 3].map((n) =>
      dispatcher.run(insert(n), peer).then((reply) => events.push(`answered ${String((reply as { n: number }).n)}`)),
    );
    expect(events).to.deep.equal([]);
    await Promise.all(all);
    // They waited together, so one commit holds them all.
    expect(events).to.deep.equal(['committed', ...[0, 1, 2, 3].map(() => 'answered 1')]);
    await engine.close();
  });

  it(`is data, sync, first page with sync, answer, by the system calls themselves${canTrace ? '' : ' (skipped: strace cannot be used here)'}`, async function () {
    if (!canTrace) this.skip();
    const trace = path.join(folder(), 'trace');
    const watched = 'trace=openat,accept4,accept,pwrite64,pwritev,writev,write,sendmsg,sendto,fdatasync,fsync';
    const owner = spawnOwner(path.join(folder(), 'data'), ['strace', '-f', '-qq', '-o', trace, '-e', watched, '-e', 'signal=none']);
    const client = await RawClient.open(await openStore(owner));
    for (let n = 0; n < WRITES; n += 1)
      expect((await client.run('app', { insert: 'c', documents: [{ _id: n, text: 'x'.repeat(100) }] }))['n']).to.equal(1);
    client.close();
    // The tool ends with the process that it watches, not the other way about.
    const ended = once(owner, 'exit');
    process.kill(Number.parseInt(readFileSync(trace, 'utf8'), 10), 'SIGKILL');
    await ended;
    expect(commitsBeforeAnswers(callsOf(readFileSync(trace, 'utf8')))).to.be.at.least(WRITES);
  });

  /** The number of answers that followed a commit with data; every commit before them is in order and complete. */
  function commitsBeforeAnswers(calls: readonly Call[]): number {
    const opened = calls.filter((call) => call.name === 'openat' && call.text.includes('store.mdb"'));
    const meta = opened.filter((call) => call.text.includes('O_DSYNC')).map(result);
    const data = opened.filter((call) => !call.text.includes('O_DSYNC')).map(result);
    const sockets = new Set(calls.filter(({ name }) => name.startsWith('accept')).map(result));
    expect([meta.length, data.length > 0, sockets.size > 0]).to.deep.equal([1, true, true]);
    const kindOf = ({ name, fd }: Call): string => {
      if (data.includes(fd)) return name.includes('sync') ? 'sync' : 'data';
      if (meta.includes(fd)) return 'meta';
      return sockets.has(fd) ? 'answer' : '';
    };
    // Each answer with what was written since the one before; a run of the same counts once.
    const kinds = calls.map(kindOf).filter((kind) => kind !== '');
    const order = kinds.filter((kind, i) => kind !== kinds[i - 1] || kind === 'answer');
    const beforeAnswers = order
      .join(' ')
      .split(' answer')
      .map((text) => text.trim());
    beforeAnswers.pop();
    for (const text of beforeAnswers) expect(text).to.match(/^((data )?sync meta ?)*$/);
    return beforeAnswers.filter((text) => text.endsWith('data sync meta')).length;
  }
});
