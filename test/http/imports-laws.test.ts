import { expect } from 'chai';
import fc from 'fast-check';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import { posts } from '../../server/workers/posts.rules.js';
import { postWords } from '../../server/workers/rosterWords.rules.js';
import { formOf, startTestApp, type Agent, type TestApp } from '../support/app.js';
import { seed } from '../support/property.js';
import { checkRows, commitImport, rowOf, type RosterCells } from './importActs.js';
import { idNumberOf, send, stored } from './workerActs.js';

describe('roster import: laws', () => {
  let app: TestApp;
  let county: Agent;

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    county = await app.signIn('county');
  });

  after(() => app.close());

  const scope = systemScope('test');
  const row = (sequence: number): RosterCells => ({
    community: '府新社区',
    name: '安文涛',
    idNumber: idNumberOf('19900909', sequence),
    post: '专职网格员',
  });

  /** Everything that an import may write, without what only says when. */
  async function state(): Promise<string> {
    const all = await Promise.all(
      ['workers', 'appointments', 'service_statuses', 'transfers'].map((name) =>
        app.deps.db.collection(name).find().sort({ _id: 1 }).toArray(),
      ),
    );
    return JSON.stringify(all);
  }

  it('importing the same file twice changes nothing', async function () {
    this.timeout(120_000);
    const people = app.fixture.workers.filter((one) => one.divisionPath.includes(app.fixture.county.id));
    const base = await Promise.all(people.slice(0, 12).map((one) => rowOf(app, one)));
    let next = 100;
    const change = fc.record({
      at: fc.nat({ max: base.length - 1 }),
      community: fc.constantFrom('东泰社区', '府新社区', '跃进社区'),
      post: fc.constantFrom(...posts.map((post) => postWords[post][0] ?? '')),
      status: fc.constantFrom('在岗', '试用', '产假', ''),
      grade: fc.constantFrom('', '3', '7'),
      education: fc.constantFrom('', '大专', '本科'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), fc.nat({ max: 2 }), async (changes, added) => {
        const rows = base.map((one) => ({ ...one }));
        for (const { at, education, ...cells } of changes) Object.assign(rows[at]!, cells, { inServiceEducation: education });
        for (let index = 0; index < added; index += 1) rows.push(row((next += 1)));
        const first = await checkRows(app, county, rows);
        if (first.batch.counts!.errors > 0) return; // a rival change of the same day is refused, which is another law
        if (first.batch.counts!.added + first.batch.counts!.changed > 0) await commitImport(app, county, first.id);
        const before = await state();
        const second = await checkRows(app, county, rows);
        expect(second.batch.counts).to.include({ errors: 0, added: 0, changed: 0, requested: 0, unchanged: rows.length });
        expect(second.page).not.to.contain(`/imports/${second.id}/commit`);
        expect(await state()).to.equal(before);
      }),
      { seed, numRuns: 6 },
    );
  });

  it('nobody is removed by being absent', async () => {
    const before = await app.deps.workers.count(scope, { present: true });
    const checked = await checkRows(app, county, [row(301)]);
    expect(checked.batch.counts!.missing).to.be.greaterThan(0);
    await commitImport(app, county, checked.id);
    expect(await app.deps.workers.count(scope, { present: true })).to.equal(before + 1);
  });

  it('of two commits at once one writes, the other does nothing', async () => {
    const checked = await checkRows(app, county, [row(311), row(313)]);
    const action = `${checked.address}/commit`;
    const keys = await formOf(county, checked.address, action);
    const answers = await Promise.all(
      ['a', 'b'].map((once) =>
        county
          .post(action)
          .type('form')
          .send({ ...keys, once }),
      ),
    );
    await app.deps.importRuns.idle();
    expect(answers.map((answer) => answer.status)).to.deep.equal([303, 303]);
    expect(await app.deps.db.collection('workers').countDocuments({ importId: checked.id })).to.equal(2);
    expect(await app.deps.db.collection('audit_rows').countDocuments({ action: 'import.committed', objectId: checked.id })).to.equal(1);
  });

  it('two files with the same new people: the second is checked anew and writes nothing twice', async () => {
    const [one, other] = [await checkRows(app, county, [row(321)]), await checkRows(app, county, [row(321)])];
    await commitImport(app, county, one.id);
    const { batch } = await commitImport(app, county, other.id);
    expect(batch).to.include({ state: 'checked' });
    expect(batch.counts).to.include({ added: 0, unchanged: 1 });
    expect((await county.get(other.address)).text).to.contain('检查之后有 1 人又有变动');
  });

  it('stops when a person changed after the check, writes no row and shows the new differences', async () => {
    const worker = app.fixture.workers.find((one) => one.divisionId === app.fixture.communities[2]!.id)!;
    const checked = await checkRows(app, county, [{ ...(await rowOf(app, worker)), grade: '9' }, row(331)]);
    const moved = await send(county, `/workers/${worker.id}/status`, {
      version: String((await stored(app, worker.id)).version),
      status: 'LONG_SICK_LEAVE',
      from: '2026-11-23',
      reason: '病假',
    });
    expect(moved.status).to.equal(303);
    const { batch } = await commitImport(app, county, checked.id);
    expect(batch.state).to.equal('checked');
    expect(batch.note?.key).to.equal('imports.note.moved');
    expect((await stored(app, worker.id)).grade).not.to.equal(9);
    expect(await app.deps.db.collection('workers').countDocuments({ importId: checked.id })).to.equal(0);
  });

  it('goes on after a restart: the stored rows are checked and committed by the next look', async () => {
    const read = await app.deps.imports.read({
      kind: 'roster',
      file: {
        name: '重启.csv',
        bytes: Buffer.from(`姓名,社区,身份证号,职务\r\n安文涛,府新社区,${idNumberOf('19900909', 341)},网格员\r\n`, 'utf8'),
      },
    });
    if (!read.ok) throw new Error('unreadable');
    const { county: area } = app.fixture;
    const id = await app.deps.transact(systemActor('test'), (tx) =>
      app.deps.imports.add(tx, { kind: 'roster', area, asOf: tx.today, file: { name: '重启.csv', bytes: Buffer.alloc(0) } }, read.read),
    );
    expect((await app.deps.imports.byId(scope, id)).state).to.equal('checking');
    expect((await county.get(`/imports/${id}`)).text).to.contain('入库这 1 人');
    const { batch } = await commitImport(app, county, id);
    expect(batch.state).to.equal('committed');
  });
});
