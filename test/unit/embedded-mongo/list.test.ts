import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Document } from 'bson';
import { expect } from 'chai';
import { commandTable } from '../../../server/embedded-mongo/commands/table.js';
import { databaseDocument } from '../../../server/embedded-mongo/document.js';
import { servedList, type ListGroup } from '../../../server/embedded-mongo/list.js';
import { commandVectors } from './vectors/commands.js';
import { shownInSuites } from './vectors/commandSuites.js';

const root = path.resolve(import.meta.dirname, '../../..');
const vectorFolder = path.join(import.meta.dirname, 'vectors');

/** What the vectors of the files with this beginning say they cover. */
async function coveredBy(beginning: string): Promise<Set<string>> {
  const covered = new Set<string>();
  for (const file of readdirSync(vectorFolder).filter((name) => name.startsWith(beginning))) {
    const module = (await import(path.join(vectorFolder, file))) as Record<string, unknown>;
    const vectors = Object.values(module).filter(Array.isArray).flat() as { covers?: readonly string[] }[];
    for (const name of vectors.flatMap(({ covers }) => covers ?? [])) covered.add(name);
  }
  return covered;
}

/** A command vector covers its command, its options, its statements' keys and its indexes' options. */
function coveredByCommands(): Set<string> {
  const covered = new Set<string>();
  for (const { command } of commandVectors) {
    const [name = '', ...options] = Object.keys(command);
    covered.add(name);
    for (const option of options) covered.add(option).add(`${name}.${option}`);
    for (const list of ['updates', 'deletes']) for (const key of keysWithin(command[list])) covered.add(`${list}.${key}`);
    for (const key of keysWithin(command['indexes'])) covered.add(`index ${key}`);
  }
  for (const [name, file] of Object.entries(shownInSuites)) if (isNamedIn(file, name)) covered.add(name);
  return covered;
}

const keysWithin = (list: unknown): string[] => (Array.isArray(list) ? (list as Document[]).flatMap(Object.keys) : []);

function isNamedIn(file: string, entry: string): boolean {
  const text = readFileSync(path.join(root, 'test/store', file), 'utf8');
  return entry.split('.').every((part) => text.includes(part));
}

const vectorFiles: Readonly<Partial<Record<ListGroup['key'], string>>> = {
  query: 'query',
  update: 'update',
  stage: 'aggregate',
  accumulator: 'aggregate',
  expression: 'aggregate',
  variable: 'aggregate',
};

async function coverageOf({ key }: ListGroup): Promise<Set<string>> {
  const files = vectorFiles[key];
  if (files !== undefined) return coveredBy(files);
  const covered = coveredByCommands();
  return key === 'index' ? new Set([...covered].filter((name) => name.startsWith('index ')).map((name) => name.slice(6))) : covered;
}

/** All text of the product that talks to a database. */
function productText(): string {
  return ['server', 'jobs']
    .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)))
    .filter((name) => name.endsWith('.ts') && !name.startsWith(path.join('server', 'embedded-mongo')))
    .map((name) => readFileSync(path.join(root, name), 'utf8'))
    .join('\n');
}

describe('the list of what the store serves', () => {
  for (const group of servedList) {
    it(`is shown by vectors, entry by entry: ${group.title}`, async () => {
      const covered = await coverageOf(group);
      expect(Object.keys(group.entries).filter((name) => !covered.has(name))).to.deep.equal([]);
    });
  }

  it('has a function for every command', () => {
    expect(Object.keys(commandTable)).to.have.members(Object.keys(servedList[0]?.entries ?? {}));
  });

  it('is what docs/database.md says (npm run db -- docs)', () => {
    expect(readFileSync(path.join(root, 'docs/database.md'), 'utf8')).to.equal(databaseDocument());
  });

  it('names operators that no product code uses, for whoever wants it shorter', () => {
    const text = productText();
    const unused = servedList.flatMap(({ entries }) => Object.keys(entries)).filter((name) => name.startsWith('$') && !text.includes(name));
    process.stdout.write(`    served, but used by no product code: ${unused.join(' ')}\n`);
    expect(text).to.contain('$set');
  });
});
