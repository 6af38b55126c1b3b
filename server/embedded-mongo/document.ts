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
- **A full disk** refuses writes with error 14031 and keeps nothing of them; reading goes on, and writing when there is room.
  Removing documents needs a little room too. A file that can no longer be read after a failed write ends the process; the next
  start begins from the last commit.
- **Damage.** lmdb maps its file and believes it, so the file is looked at first: its two first pages and all branch pages at every
  start, every page after an owner was killed or the power went, and by \`check\`. What is damaged is refused by file and page, and
  nothing is changed. A bit that turns inside a value of a document that no index holds goes unnoticed: documents have no checksum
  (backups have one for the whole file). So does a page that goes bad while the store runs, until it is read, or checked.
- **One owner:** the process that opened the folder. Others become its clients through the socket that \`DATA_DIR/store.json\` names.
- **Looking in:** \`npm run db -- serve --port N --data DIR\` prints an address for any driver.

## For the technician

Every command takes \`--data DIR\` (else \`DATA_DIR\`, else \`./data\`) and says what it did; a refusal names the mend.

| command | what it does |
| --- | --- |
| \`npm run db -- backup FILE\` | copies the store, also while the product runs; reads the copy from end to end before it gets its name; writes \`FILE.sha256\` beside it |
| \`npm run db -- restore FILE\` | checks a backup and puts it in the place of the store, which is kept beside it; only while nothing runs on the folder |
| \`npm run db -- check\` | looks through all pages of the file, compares every document with every index entry and back, and kept numbers, replies and notes with what is there; over snapshots, also while the product runs; changes nothing; exit code 1 and a list when anything differs |
| \`npm run db -- stats\` | sizes, counts, free pages, commits and what is open (cursors, transactions, oldest snapshot), also while the product runs; \`--json\` for programs |
| \`npm run db -- compact\` | writes the file anew without its free pages (the file never shrinks by itself); only while nothing runs on the folder |
| \`npm run db -- copy --to ADDRESS\` | moves the product's database to a MongoDB replica set, \`--from\` brings it back: documents byte for byte, indexes with their options; compares count and SHA-256 of every collection at the end; goes on when it was cut short; the product must be stopped |

## When to move on

The store is one file of one machine, written by one thread. It carries a city; it ends where one of these is reached. Measured on
2026-11-24 with Node 20.20 on 2 × AMD EPYC, every commit synced, beside other work that kept both cores busy (load 7 to 13), so
that a quiet machine does better: \`npm run bench -- store\` measures yours (its last run is in \`test/bench/results/store.md\`).

| what ends | measured | move when |
| --- | --- | --- |
| writes: one thread for all web and job processes together | durable inserts: 283 /s from one caller, 4,186 /s from 64; bulk load of 310,000 documents with three indexes in 29 s | saving is slow at the hour of roll call although the log's slow operations name a good plan; \`stats\` shows hundreds of commits a second for long |
| reads: the same thread | 2,625 /s by \`_id\` from 16 callers; more web processes do not add to it | the same, for pages |
| size: the file is mapped into memory | 391,000 documents with 5 indexes are 217 MiB, 1.3 million with 3 are 816 MiB; grouping all 1.3 million took 15 s beside a bulk load; nobody has measured more than 1.3 million | the file outgrows the machine's memory, or what is in daily use passes a few million documents |
| growth while something is read for long | a snapshot keeps every page that is written over meanwhile: a 15-second group beside a bulk load let the file grow from 0.8 to 2.6 GiB, of which 1.6 GiB were free afterwards | \`stats\` shows old snapshots day after day (else \`compact\` gives the space back) |
| sorts and groups without an index | 300,000 documents of 230 bytes were sorted, 1.3 million were refused (error 292 at 100 MB) | reports need them and no index helps |
| the technician's commands, for those 391,000 documents | stats 1 s, restore 5 s, backup 6 s, check 7 s, compact 9 s, copy with its comparison 56 s | the nightly backup takes longer than the night's lull |
| one machine | no second copy, no failover: after a crash it opens where it was, a lost disk is as old as the last backup | nobody may wait for a restore, or two machines must serve |

How to move: stop the product, \`npm run db -- backup\`, then \`npm run db -- copy --to 'mongodb://…'\`, then start it with
\`MONGODB_URI\`. The folder stays as it was until you remove it. Nobody may write to the target meanwhile: the store's side is
locked, the other side cannot be, and the comparison at the end finds who did.

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
