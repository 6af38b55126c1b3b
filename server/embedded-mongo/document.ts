import { servedList, type ListGroup } from './list.js';

const INTRODUCTION = `# The embedded store: what it serves

This page is printed from \`server/embedded-mongo/list.ts\` by \`npm run db -- docs\`; a test compares the two. The store speaks
MongoDB's wire protocol to standard drivers and serves the short list below. Whatever is not on the list is refused before it
runs, also on an empty collection, with MongoDB's error code and the name of the thing. With \`MONGODB_URI\` the product runs on
a MongoDB replica set instead; only what stands here is used, so both give the same answers.

- **Data** lie in \`DATA_DIR/store\` (lmdb). A write is acknowledged when its commit is on the disk; all writes that wait go into
  one commit. Retryable writes keep their reply in that commit: a retry after a crash is answered, not applied again.
- **Transactions** read a snapshot and hold what they write: whoever comes second gets error 112 at the write, with the label
  \`TransientTransactionError\`. They end after 60 seconds. Commands that change collections or indexes are refused inside (263).
- **Cursors** read a snapshot and end after ten idle minutes. Searches, sorts and groups give way to others every 10 ms.
- **Sorts and groups** without an index hold at most 100 MB (error 292).
- **Numbers** keep their type; decimal128 is stored, compared and returned, arithmetic on it is refused.
- **Field names** that are whole numbers (\`2026\`) stand first in a document that the store has rewritten, as in JavaScript.
- **Slow operations** (from 100 ms) are told to the process that opened the store: namespace, plan, what was examined and given,
  and the shape of the command with its values left out. The product writes a line of its log for each.
- **One owner:** the process that opened the folder. Others become its clients through the socket that \`DATA_DIR/store.json\` names.
- **Looking in:** \`npm run db -- serve --port N --data DIR\` prints an address for any driver.

## For the technician

Every command takes \`--data DIR\` (else \`DATA_DIR\`, else \`./data\`) and says what it did; a refusal names the mend.

| command | what it does |
| --- | --- |
| \`npm run db -- backup FILE\` | copies the store, also while the product runs; reads the copy from end to end before it gets its name; writes \`FILE.sha256\` beside it |
| \`npm run db -- restore FILE\` | checks a backup and puts it in the place of the store, which is kept beside it; only while nothing runs on the folder |
| \`npm run db -- check\` | compares every document with every index entry and back, also while the product runs; changes nothing |
| \`npm run db -- stats\` | sizes, counts, free pages, commits and what is open (cursors, transactions, oldest snapshot), also while the product runs; \`--json\` for programs |
| \`npm run db -- compact\` | writes the file anew without its free pages (the file never shrinks by itself); only while nothing runs on the folder |
| \`npm run db -- copy --to ADDRESS\` | moves the product's database to a MongoDB replica set, \`--from\` brings it back: documents byte for byte, indexes with their options; compares count and SHA-256 of every collection at the end; goes on when it was cut short; the product must be stopped |

## What is not served

Change streams, \`arrayFilters\`, positional \`$\`, updates by pipeline, collation, text, geo and sparse indexes (use
partial ones), views, capped, time-series and clustered collections, validators, references (\`$ref\`),
server-side JavaScript.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

function table({ title, manual, entries }: ListGroup): string {
  const rows = Object.entries(entries).map(([name, note]) => `| \`${name}\` | ${cell(note)} |`);
  return [`## ${title}`, '', `[MongoDB's manual](${manual})`, '', '| name | note |', '| --- | --- |', ...rows, ''].join('\n');
}

/** Options belong to their command: one row for each command is easier to read than one for each option. */
function optionsTable({ title, entries }: ListGroup): string {
  const byCommand = new Map<string, string[]>();
  for (const name of Object.keys(entries)) {
    const [command = '', option = ''] = name.split('.');
    byCommand.set(command, [...(byCommand.get(command) ?? []), `\`${option}\``]);
  }
  const rows = [...byCommand].map(([command, options]) => `| \`${command}\` | ${options.join(', ')} |`);
  return [`## ${title}`, '', '| command | options |', '| --- | --- |', ...rows, ''].join('\n');
}

/** The text of `docs/database.md`. */
export const databaseDocument = (): string =>
  [
    INTRODUCTION,
    ...servedList.map((group) => (group.key === 'option' || group.key === 'statement' ? optionsTable(group) : table(group))),
  ].join('\n');
