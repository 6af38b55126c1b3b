import { storedCollection } from '../storage/catalogue.js';
import type { Reader } from '../storage/environment.js';
import { catalogueKey } from '../storage/keyspace.js';
import { CollectionCheck } from '../validate/collectionCheck.js';
import { Findings, type Finding } from '../validate/finding.js';
import { pageFindings } from '../validate/pageFindings.js';
import { StoreCheck } from '../validate/storeCheck.js';
import { collectionName } from './arguments.js';
import { existing, onlyAdmin } from './collections.js';
import type { Command, Context } from './context.js';
import { readAll } from './readAll.js';

/** `validate`: one collection with its indexes, over a snapshot and in slices, so that everything else goes on. */
export const validate: Command = async (context) => {
  const name = collectionName(context);
  const { id } = existing(context, name);
  let check: CollectionCheck | undefined;
  const findings = await gather(context, (reader) => {
    // Memory may run ahead of the snapshot while this goes on: the catalogue is read from the snapshot too.
    check = new CollectionCheck(reader, storedCollection(reader, reader.get(catalogueKey(id)) as Uint8Array));
    return check.run();
  });
  const keysPerIndex = check?.keysPerIndex() ?? {};
  return {
    ns: `${context.db}.${name}`,
    nInvalidDocuments: findings.countOf('corrupt'),
    nrecords: check?.records ?? 0,
    nIndexes: Object.keys(keysPerIndex).length,
    keysPerIndex,
    valid: findings.total === 0,
    errors: findings.texts(),
    missingIndexEntries: entries(findings, 'missing'),
    extraIndexEntries: entries(findings, 'extra'),
    nErrors: findings.total,
    ok: 1,
  };
};

/** `validateStore` (own): the pages of the file, and what belongs to no collection. */
export const validateStore: Command = async (context) => {
  onlyAdmin(context);
  const { file } = context.engine.env;
  let nPages = 0;
  const pages = await gather(context, () => pageFindings(file, () => (nPages += 1)));
  let check: StoreCheck | undefined;
  // Pages that are damaged must not be read through lmdb: it believes them.
  const findings =
    pages.total > 0
      ? pages
      : await gather(context, (reader) => {
          check = new StoreCheck(reader);
          return check.run();
        });
  return {
    pagesValid: pages.total === 0,
    nPages,
    nReplies: check?.replies ?? 0,
    valid: findings.total === 0,
    errors: findings.texts(),
    nErrors: findings.total,
    ok: 1,
  };
};

async function gather(context: Context, rows: (reader: Reader) => Iterable<Finding | undefined>): Promise<Findings> {
  const findings = new Findings();
  await readAll(context, rows, (finding) => {
    findings.add(finding);
  });
  return findings;
}

const entries = (findings: Findings, kind: Finding['kind']) =>
  findings.listed.filter((one) => one.kind === kind).map(({ index, text }) => ({ indexName: index, text }));
