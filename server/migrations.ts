import { accessIndexes } from './access/accounts.model.js';
import { auditIndexes } from './audit/audit.model.js';
import { certificateIndexes } from './certificates/certificates.model.js';
import { coverageIndexes } from './coverage/coverage.model.js';
import { divisionIndexes } from './divisions/divisions.model.js';
import { gapIndexes } from './gaps/gaps.model.js';
import { examCountIndexes, examIndexes } from './exams/exams.model.js';
import { jobRunIndexes } from './operations/jobRuns.model.js';
import { policyIndexes } from './policies/policies.model.js';
import { importIndexes } from './imports/imports.model.js';
import { attendanceIndexes } from './attendance/attendance.model.js';
import { indexMigration, type Migration } from './platform/migrations.js';
import { platformIndexes } from './platform/platformIndexes.js';
import { targetIndexes } from './targets/targets.model.js';
import { trainingIndexes } from './trainings/classes.model.js';
import { factIndexes } from './workers/facts.model.js';
import { requestIndexes } from './workers/requests.model.js';
import { workerIndexes } from './workers/workers.model.js';

/** Every migration of the product in order; a released one is never changed, a new one is added at the end. */
export const migrations: readonly Migration[] = [
  indexMigration('0001-platform', platformIndexes),
  indexMigration('0002-divisions', divisionIndexes),
  indexMigration('0003-operations', jobRunIndexes),
  indexMigration('0004-policies', policyIndexes),
  indexMigration('0005-access', accessIndexes),
  indexMigration('0006-audit', auditIndexes),
  indexMigration('0007-workers', [...workerIndexes, ...factIndexes, ...requestIndexes]),
  indexMigration('0008-imports', importIndexes),
  indexMigration('0009-trainings', trainingIndexes),
  indexMigration('0011-attendance', attendanceIndexes),
  indexMigration('0012-coverage', coverageIndexes),
  indexMigration('0013-gaps', gapIndexes),
  indexMigration('0014-certification', [...certificateIndexes, ...examIndexes, ...targetIndexes]),
  indexMigration('0015-exam-counts', examCountIndexes),
];
