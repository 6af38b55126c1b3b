import { Binary, calculateObjectSize, Long, type Document } from 'bson';
import { admin, seed, vector, type CommandVector } from './commandKinds.js';
import { commandWrites } from './commandWrites.js';

const batch = (firstBatch: Document[], ns = 'app.c'): Document => ({ cursor: { firstBatch, id: 0, ns } });

const seedBytes = seed.reduce((sum, document) => sum + calculateObjectSize(document), 0);

const client = { driver: { name: 'by hand', version: '1' } };

const greetings = [
  admin(
    'greets',
    { hello: 1, helloOk: true, client, compression: [], loadBalanced: false, backpressure: true },
    { isWritablePrimary: true, setName: 'rs0', secondary: false, minWireVersion: 0, maxWireVersion: 24, logicalSessionTimeoutMinutes: 30 },
  ),
  admin('offers SCRAM', { hello: 1, saslSupportedMechs: 'admin.store' }, { saslSupportedMechs: ['SCRAM-SHA-256'] }),
  admin(
    'greets although a sign-in rides on it that it does not ask for',
    { hello: 1, speculativeAuthenticate: { saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: new Binary(), db: 'admin' } },
    { helloOk: true },
  ),
  ...['isMaster', 'ismaster'].flatMap((name) => [
    admin(
      `greets by ${name}`,
      { [name]: 1, helloOk: true, client, compression: [], loadBalanced: false, backpressure: true },
      { ismaster: true, helloOk: true, setName: 'rs0' },
    ),
    admin(
      `offers SCRAM by ${name}`,
      { [name]: 1, saslSupportedMechs: 'a.b', speculativeAuthenticate: {} },
      { saslSupportedMechs: ['SCRAM-SHA-256'] },
    ),
  ]),
  admin('answers', { ping: 1 }, {}),
  admin('tells its version', { buildInfo: 1 }, { version: '8.0.0', bits: 64 }),
  admin('tells how it is', { serverStatus: 1 }, { process: 'embedded-mongo' }),
  // https://www.mongodb.com/docs/manual/reference/command/dbStats/ and collStats/
  vector(
    'counts what a database holds',
    { dbStats: 1, scale: 1 },
    { db: 'app', collections: 1, objects: 3, indexes: 2, dataSize: seedBytes },
  ),
  vector('counts in larger units', { dbStats: 1, scale: 1024 }, { objects: 3, dataSize: 0, scaleFactor: 1024 }),
  vector(
    'counts what a collection holds',
    { collStats: 'c', scale: 1 },
    { ns: 'app.c', count: 3, size: seedBytes, avgObjSize: Math.round(seedBytes / 3), nindexes: 2, indexEntries: { a_1: 3 } },
  ),
  vector('does not count what is not there', { collStats: 'none' }, { ok: 0, code: 26 }),
];

const catalogue = [
  vector('creates, also what is there', { create: 'c', autoIndexId: true }, {}),
  vector('drops with its indexes', { drop: 'c' }, { nIndexesWas: 2, ns: 'app.c' }),
  vector('drops what is not there', { drop: 'none' }, {}),
  vector('drops a database', { dropDatabase: 1 }, { dropped: 'app' }),
  vector(
    'lists collections',
    { listCollections: 1, filter: { name: 'c' }, nameOnly: true, authorizedCollections: true, cursor: {} },
    batch([{ name: 'c', type: 'collection' }], 'app.$cmd.listCollections'),
  ),
  admin(
    'lists databases',
    { listDatabases: 1, filter: { name: 'app' }, nameOnly: true, authorizedDatabases: false },
    { databases: [{ name: 'app', sizeOnDisk: 0, empty: false }] },
  ),
  vector(
    'creates an index with every option',
    {
      createIndexes: 'c',
      commitQuorum: 'majority',
      indexes: [
        {
          key: { d: -1 },
          name: 'n',
          unique: true,
          partialFilterExpression: { d: { $exists: true } },
          expireAfterSeconds: 5,
          background: true,
          v: 2,
          ns: 'app.c',
        },
      ],
    },
    { numIndexesBefore: 2, numIndexesAfter: 3, createdCollectionAutomatically: false },
  ),
  vector(
    'finds that an index is there',
    { createIndexes: 'c', indexes: [{ key: { a: 1 }, name: 'a_1' }] },
    { numIndexesAfter: 2, note: 'all indexes already exist' },
  ),
  vector(
    'lists indexes',
    { listIndexes: 'c', cursor: {} },
    batch([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1 }, name: 'a_1' },
    ]),
  ),
  vector('drops an index by name', { dropIndexes: 'c', index: 'a_1' }, { nIndexesWas: 2 }),
  vector('drops an index by key', { dropIndexes: 'c', index: { a: 1 } }, { nIndexesWas: 2 }),
  vector('drops all indexes but _id', { dropIndexes: 'c', index: '*' }, { nIndexesWas: 2 }),
];

const reads = [
  vector(
    'finds',
    {
      find: 'c',
      filter: { a: { $gt: 1 } },
      sort: { a: -1 },
      projection: { a: 1 },
      hint: 'a_1',
      allowDiskUse: true,
      noCursorTimeout: false,
    },
    batch([
      { _id: 3, a: 3 },
      { _id: 2, a: 2 },
    ]),
  ),
  vector(
    'finds from here to there',
    { find: 'c', skip: 1, limit: 1, batchSize: 5, singleBatch: true },
    batch([{ _id: 2, a: 2, t: ['y'] }]),
  ),
  vector('finds nothing where nothing is', { find: 'none' }, batch([], 'app.none')),
  vector(
    'finds with everything a driver may add',
    {
      find: 'c',
      filter: { _id: 3 },
      comment: 'x',
      maxTimeMS: 1000,
      readConcern: { level: 'majority' },
      $readPreference: { mode: 'primary' },
      $clusterTime: {},
      lsid: { id: new Binary(Buffer.alloc(16), 4) },
    },
    batch([{ _id: 3, a: 3 }]),
  ),
  vector('counts', { count: 'c', query: { a: { $gte: 1 } }, skip: 1, limit: 5, hint: { a: 1 }, fields: null }, { n: 2 }),
  vector('counts all', { count: 'c' }, { n: 3 }),
  vector('counts nothing', { count: 'none', query: {} }, { n: 0 }),
  vector('gives distinct values in order', { distinct: 'c', key: 't', query: { a: { $lt: 9 } }, hint: 'a_1' }, { values: ['x', 'y'] }),
  vector(
    'aggregates',
    {
      aggregate: 'c',
      pipeline: [{ $match: { a: { $gt: 1 } } }, { $group: { _id: null, n: { $sum: '$a' } } }],
      cursor: { batchSize: 10 },
      allowDiskUse: true,
      hint: 'a_1',
      bypassDocumentValidation: false,
    },
    batch([{ _id: null, n: 5 }]),
  ),
  vector(
    'explains',
    { explain: { find: 'c', filter: { a: 1 } }, verbosity: 'queryPlanner' },
    {
      queryPlanner: {
        namespace: 'app.c',
        plannerVersion: 1,
        winningPlan: {
          stage: 'FETCH',
          inputStage: {
            stage: 'IXSCAN',
            indexName: 'a_1',
            keyPattern: { a: 1 },
            isMultiKey: false,
            isUnique: false,
            isPartial: false,
            direction: 'forward',
            ranges: 1,
          },
        },
        rejectedPlans: [],
      },
    },
  ),
  vector('knows no cursor', { killCursors: 'c', cursors: [Long.fromNumber(7)] }, { cursorsKilled: [], cursorsNotFound: [7] }),
];

export const commandVectors: readonly CommandVector[] = [...greetings, ...catalogue, ...reads, ...commandWrites];
