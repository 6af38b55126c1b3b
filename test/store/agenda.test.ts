import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, type Job } from 'agenda';
import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { dropAndClose, openTestDatabase } from '../support/database.js';
import { plainDb } from './client.js';

describe('agenda on the store', () => {
  let connection: Connection;
  let agendas: Agenda[] = [];

  /** A scheduler of its own, as a process would have it. */
  function open(name: string): Agenda {
    const agenda = new Agenda({
      backend: new MongoBackend({ mongo: plainDb(connection), collection: 'jobs', ensureIndex: false }),
      name,
      processEvery: 50,
    });
    agendas.push(agenda);
    return agenda;
  }
  /** Resolves with the names of jobs as they succeed, once there are so many. */
  const successes = (agenda: Agenda, count: number): Promise<string[]> =>
    new Promise((resolve) => {
      const names: string[] = [];
      agenda.on('success', (job: Job) => {
        names.push(job.attrs.name);
        if (names.length === count) resolve(names);
      });
    });

  before(async () => {
    connection = await openTestDatabase();
    await plainDb(connection)
      .collection('jobs')
      .createIndex({ name: 1 }, { unique: true, partialFilterExpression: { type: 'single' } });
  });
  afterEach(async () => {
    await Promise.all(agendas.map((agenda) => agenda.stop()));
    agendas = [];
    await plainDb(connection).collection('jobs').deleteMany({});
  });
  after(() => dropAndClose(connection));

  it('repeats a recurring job and keeps one row for it in two processes', async () => {
    const [one, two] = [open('one'), open('two')];
    for (const agenda of [one, two]) agenda.define('tick', async () => undefined);
    const ran = successes(one, 2);
    const ranToo = successes(two, 2);
    await Promise.all([one.start(), two.start()]);
    await Promise.all([one.every(60, 'tick'), two.every(60, 'tick')]);
    await Promise.race([ran, ranToo]);
    expect(await plainDb(connection).collection('jobs').countDocuments({ name: 'tick' })).to.equal(1);
  });

  it('runs each job that is due once, whoever takes it', async () => {
    const seen: number[] = [];
    const all = new Promise<void>((resolve) => {
      for (const name of ['one', 'two']) {
        open(name).define('once', async (job: Job<{ n: number }>) => {
          seen.push(job.attrs.data.n);
          if (seen.length === 6) resolve();
        });
      }
    });
    for (let n = 0; n < 6; n += 1) await agendas[0]!.now('once', { n });
    await Promise.all(agendas.map((agenda) => agenda.start()));
    await all;
    expect(seen.sort()).to.deep.equal([0, 1, 2, 3, 4, 5]);
  });

  it('takes a job again whose holder died: lock expiry after a restart of the process', async () => {
    const dead = open('dead');
    dead.define('work', async () => undefined, { lockLifetime: 200 });
    await dead.now('work', { from: 'before' });
    // What a process that was killed in the middle leaves behind: a lock, and no end.
    await plainDb(connection)
      .collection('jobs')
      .updateOne({ name: 'work' }, { $set: { lockedAt: new Date(Date.now() - 1000), nextRunAt: null } });
    const fresh = open('fresh');
    fresh.define('work', async () => undefined, { lockLifetime: 200 });
    const ran = successes(fresh, 1);
    await fresh.start();
    expect(await ran).to.deep.equal(['work']);
    await fresh.drain();
    const row = await plainDb(connection).collection('jobs').findOne({ name: 'work' });
    expect(row).to.deep.include({ lockedAt: null });
    expect(row?.['lastFinishedAt']).to.be.instanceOf(Date);
  });

  it('collapses two requests for the same work', async () => {
    const agenda = open('asker');
    agenda.define('sum', async () => undefined);
    const ask = () =>
      agenda
        .create('sum', { year: 2026 })
        .unique({ name: 'sum', data: { year: 2026 }, lastFinishedAt: null })
        .schedule(new Date())
        .save();
    await ask();
    await ask();
    expect(await plainDb(connection).collection('jobs').countDocuments({ name: 'sum' })).to.equal(1);
  });
});
