import type { WantedIndex } from './migrations.js';

const day = 86_400;

/** Indexes of the platform's own collections: trail, outbox, answered forms, sessions, limits, jobs. */
export const platformIndexes: readonly WantedIndex[] = [
  { collection: 'audit_rows', name: 'at', keys: { at: -1 } },
  { collection: 'audit_rows', name: 'object_at', keys: { objectKind: 1, objectId: 1, at: -1 } },
  { collection: 'audit_rows', name: 'account_at', keys: { accountId: 1, at: -1 } },
  { collection: 'audit_rows', name: 'action_at', keys: { action: 1, at: -1 } },
  { collection: 'outbox', name: 'due', keys: { dueAt: 1 }, partial: { doneAt: null } },
  { collection: 'outbox', name: 'done_ttl', keys: { doneAt: 1 }, expireAfterSeconds: 7 * day },
  { collection: 'once_keys', name: 'at_ttl', keys: { at: 1 }, expireAfterSeconds: day },
  { collection: 'sessions', name: 'expires_1', keys: { expires: 1 }, expireAfterSeconds: 0 },
];
