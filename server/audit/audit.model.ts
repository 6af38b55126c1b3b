import type { WantedIndex } from '../platform/migrations.js';

/** Indexes for reading the trail by place; the platform, which writes it, has the others. */
export const auditIndexes: readonly WantedIndex[] = [{ collection: 'audit_rows', name: 'path_at', keys: { divisionPath: 1, at: -1 } }];
