import { Long, ObjectId, Timestamp } from 'bson';
import type { Document } from '../values/types.js';
import type { Command, Context } from './context.js';
import { saslStart } from './sasl.js';
import { MAX_DOCUMENT_BYTES, MAX_STATEMENTS } from './insert.js';
import { MAX_MESSAGE_BYTES } from '../wire/messages.js';

/** The version whose behaviour the served list follows, and its wire version. */
const VERSION = '8.0.0';
const WIRE_VERSION = 24;

const electionId = new ObjectId('7fffffff0000000000000001');

/** `hello`, `isMaster`, `ismaster`: one writable member of a replica set, so that drivers retry writes and allow transactions. */
export const hello: Command = (context) => {
  const { peer, command, name } = context;
  const now = new Date();
  return {
    ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
    helloOk: true,
    setName: 'rs0',
    setVersion: 1,
    hosts: [peer.address],
    me: peer.address,
    primary: peer.address,
    secondary: false,
    electionId,
    lastWrite: { opTime: { ts: Timestamp.fromBits(1, Math.floor(now.getTime() / 1000)), t: Long.ONE }, lastWriteDate: now },
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_STATEMENTS,
    localTime: now,
    logicalSessionTimeoutMinutes: 30,
    connectionId: peer.id,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    ...(command['saslSupportedMechs'] === undefined ? {} : { saslSupportedMechs: ['SCRAM-SHA-256'] }),
    ...signIn(context),
    ok: 1,
  };
};

/** The first round of the sign-in may ride on the greeting; when it fails, the greeting does not. */
function signIn(context: Context): Document {
  const speculative = context.command['speculativeAuthenticate'] as Document | undefined;
  if (speculative === undefined || context.peer.scram === undefined) return {};
  try {
    return { speculativeAuthenticate: saslStart({ ...context, command: speculative }) };
  } catch {
    return {};
  }
}

/** `ping` */
export const ping: Command = () => ({ ok: 1 });

/** `buildInfo`: what clients look at before they use a feature. */
export const buildInfo: Command = () => ({
  version: VERSION,
  versionArray: VERSION.split('.').concat('0').map(Number),
  gitVersion: 'embedded',
  modules: [],
  storageEngines: ['lmdb'],
  bits: 64,
  debug: false,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  ok: 1,
});
