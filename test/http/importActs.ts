import { writeXlsx } from 'hucre';
import { load } from 'cheerio';
import { rosterColumns } from '../../server/workers/rosterColumns.import.js';
import { systemScope } from '../../server/platform/scope.js';
import { postWords } from '../../server/workers/rosterWords.rules.js';
import type { Worker } from '../../server/workers/worker.rules.js';
import { formOf, type Agent, type TestApp } from '../support/app.js';

/** One row of a roster by column key. */
export type RosterCells = Partial<Record<string, string | number>>;

const keys = rosterColumns.map((column) => column.key);

/** The rows of a file with the header of the template. */
export function rosterRows(rows: readonly RosterCells[]): (string | number | null)[][] {
  return [rosterColumns.map((column) => column.header), ...rows.map((row) => keys.map((key) => row[key] ?? null))];
}

/** A roster as xlsx. */
export async function rosterXlsx(rows: readonly RosterCells[]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: [{ name: '花名册', rows: rosterRows(rows) }] }));
}

/** The row that says of a stored person what is stored. */
export async function rowOf(app: TestApp, worker: Worker): Promise<RosterCells> {
  const scope = systemScope('test');
  const facts = await app.deps.transact({ accountId: null, name: 'test', divisionId: null, requestId: 'test' }, (tx) =>
    app.deps.workers.reveal(tx, scope, { workerId: worker.id, purpose: 'test' }),
  );
  const place = await app.deps.divisionsStore.byId(worker.divisionId);
  return {
    community: place.name,
    name: worker.name,
    idNumber: facts.idNumber,
    phone: facts.phone ?? '',
    post: postWords[worker.post][0] ?? '',
    status: '在岗',
  };
}

/** Uploads a file on the import page; the address of the new import, or the refused page. */
export async function uploadRoster(agent: Agent, file: { name: string; bytes: Buffer }, asOf = '2026-11-24') {
  const form = await formOf(agent, '/imports', '/imports');
  return agent
    .post('/imports')
    .field('_csrf', form['_csrf'] ?? '')
    .field('once', form['once'] ?? '')
    .field('asOf', asOf)
    .attach('file', file.bytes, file.name);
}

/** The id of an import in an address. */
export function importId(address: string | undefined): string {
  return /\/imports\/([0-9a-f]{24})/.exec(address ?? '')?.[1] ?? '';
}

/** Uploads rows as xlsx and waits for the check. */
export async function checkRows(app: TestApp, agent: Agent, rows: readonly RosterCells[], asOf = '2026-11-24') {
  const answer = await uploadRoster(agent, { name: '花名册.xlsx', bytes: await rosterXlsx(rows) }, asOf);
  if (answer.status !== 303) throw new Error(`upload answered ${String(answer.status)}: ${load(answer.text)('.error-box').text()}`);
  await app.deps.importRuns.idle();
  const id = importId(answer.headers['location']);
  return {
    id,
    address: `/imports/${id}`,
    page: (await agent.get(`/imports/${id}`)).text,
    batch: await app.deps.imports.byId(systemScope('test'), id),
  };
}

/** Commits a checked file and waits for it. */
export async function commitImport(app: TestApp, agent: Agent, id: string) {
  const form = await formOf(agent, `/imports/${id}`, `/imports/${id}/commit`);
  const answer = await agent.post(`/imports/${id}/commit`).type('form').send(form);
  await app.deps.importRuns.idle();
  return { answer, batch: await app.deps.imports.byId(systemScope('test'), id) };
}

/** The findings of a page as `severity cell text`. */
export function findingsOf(html: string): string[] {
  const $ = load(html);
  return $('table')
    .first()
    .find('tbody tr')
    .toArray()
    .map((row) => {
      const cells = $(row).find('td');
      return [cells.eq(0).text(), cells.eq(1).text(), cells.eq(5).text()].map((text) => text.trim()).join(' ');
    });
}
