/** A command that is served: the options it takes besides the general ones, and what is narrower than in MongoDB. */
export interface CommandEntry {
  readonly options: readonly string[];
  readonly note: string;
  /** May be sent inside a multi-document transaction. */
  readonly inTransaction?: true;
  /** May be sent before signing in. */
  readonly beforeSignIn?: true;
}

/** Taken with every command. */
export const generalOptions: Readonly<Record<string, string>> = {
  $db: 'the database',
  lsid: 'the session',
  txnNumber: 'number of a retryable write or a transaction',
  autocommit: 'only false, in a transaction',
  startTransaction: 'only true, with the first statement of a transaction',
  readConcern: 'local, majority, available; snapshot only inside a transaction',
  writeConcern: 'every acknowledged write is on the disk, whatever is asked',
  $readPreference: 'there is one member',
  $clusterTime: 'accepted, has no effect',
  comment: 'accepted, has no effect',
  maxTimeMS: 'enforced between slices, error 50',
};

/** Every command that is served. Whatever is not here is refused with error 59. */
export const commandList: Readonly<Record<string, CommandEntry>> = {
  hello: {
    options: ['helloOk', 'client', 'compression', 'saslSupportedMechs', 'speculativeAuthenticate', 'loadBalanced', 'backpressure'],
    note: 'introduces itself as a replica set of one member',
    beforeSignIn: true,
  },
  isMaster: {
    options: ['helloOk', 'client', 'compression', 'saslSupportedMechs', 'speculativeAuthenticate', 'loadBalanced', 'backpressure'],
    note: 'the old name of hello',
    beforeSignIn: true,
  },
  ismaster: {
    options: ['helloOk', 'client', 'compression', 'saslSupportedMechs', 'speculativeAuthenticate', 'loadBalanced', 'backpressure'],
    note: 'the old name of hello',
    beforeSignIn: true,
  },
  ping: { options: [], note: '', beforeSignIn: true },
  buildInfo: { options: [], note: '', beforeSignIn: true },
  saslStart: {
    options: ['mechanism', 'payload', 'autoAuthorize', 'options', 'db'],
    note: 'SCRAM-SHA-256, when the store was started with a password',
    beforeSignIn: true,
  },
  saslContinue: { options: ['conversationId', 'payload'], note: '', beforeSignIn: true },
  endSessions: { options: [], note: '' },
  commitTransaction: { options: [], note: '', inTransaction: true },
  abortTransaction: { options: [], note: '', inTransaction: true },
  create: { options: ['autoIndexId'], note: 'plain collections: no capped, time series, clustered, validated ones and no views' },
  drop: { options: [], note: '' },
  dropDatabase: { options: [], note: '' },
  listCollections: { options: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'], note: '' },
  listDatabases: { options: ['filter', 'nameOnly', 'authorizedDatabases'], note: '' },
  createIndexes: { options: ['indexes', 'commitQuorum'], note: 'see index options' },
  listIndexes: { options: ['cursor'], note: '' },
  dropIndexes: { options: ['index'], note: 'by name, list of names, key, or *' },
  insert: { options: ['documents', 'ordered', 'bypassDocumentValidation'], note: '', inTransaction: true },
  update: {
    options: ['updates', 'ordered', 'bypassDocumentValidation'],
    note: 'statements take q, u, multi, upsert, hint',
    inTransaction: true,
  },
  delete: { options: ['deletes', 'ordered'], note: 'statements take q, limit, hint', inTransaction: true },
  findAndModify: {
    options: ['query', 'update', 'remove', 'sort', 'new', 'fields', 'upsert', 'hint', 'bypassDocumentValidation'],
    note: '',
    inTransaction: true,
  },
  find: {
    options: ['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch', 'hint', 'noCursorTimeout', 'allowDiskUse'],
    note: '',
    inTransaction: true,
  },
  getMore: { options: ['collection', 'batchSize'], note: '', inTransaction: true },
  killCursors: { options: ['cursors'], note: '', inTransaction: true },
  count: { options: ['query', 'limit', 'skip', 'hint', 'fields'], note: '' },
  distinct: { options: ['key', 'query', 'hint'], note: '', inTransaction: true },
  aggregate: { options: ['pipeline', 'cursor', 'allowDiskUse', 'hint', 'bypassDocumentValidation'], note: '', inTransaction: true },
  explain: { options: ['verbosity'], note: 'of find, count, distinct, update, delete, findAndModify, aggregate; the plan only' },
  serverStatus: { options: [], note: 'a few figures; own ones under lmdb: the file, the oldest snapshot, commits' },
  dbStats: { options: ['scale'], note: 'counted by reading the database' },
  collStats: { options: ['scale'], note: 'counted by reading the collection; own: indexEntries' },
  validate: { options: [], note: 'every document against every index entry and back, over a snapshot; reads all, changes nothing' },
  validateStore: { options: [], note: 'own: checks what belongs to no collection: catalogue, kept replies, what is to be emptied' },
  runTtlPass: { options: [], note: 'own: removes expired documents now' },
  backup: { options: ['file'], note: 'own: writes a consistent copy of the store to a file of the server' },
};

/** Keys of one statement of `update`. */
export const updateStatementKeys: readonly string[] = ['q', 'u', 'multi', 'upsert', 'hint'];

/** Keys of one statement of `delete`. */
export const deleteStatementKeys: readonly string[] = ['q', 'limit', 'hint'];

/** Options of one index. */
export const indexOptions: Readonly<Record<string, string>> = {
  key: 'fields with 1 or -1: single, compound, descending; arrays make it multikey',
  name: 'made from the key when absent',
  unique: '',
  partialFilterExpression: 'instead of sparse',
  expireAfterSeconds: 'on one field that holds dates',
  background: 'accepted, has no effect',
  v: 'accepted, has no effect',
  ns: 'accepted, has no effect',
};
