import type { Connection } from 'mongoose';
import type { Transact } from '../platform/transactions.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { ClassesService } from '../trainings/classes.service.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import type { ExternalService } from '../trainings/external.service.js';
import { makeAttendanceService, makeExternalHours } from './attendance.service.js';
import { makeClosingService } from './closing.service.js';
import { makeClosingsStore } from './closings.store.js';
import { makeLedgerStore } from './ledger.store.js';
import { makeMarksStore } from './marks.store.js';
import { makeRollCallService } from './rollCall.service.js';

interface AttendanceGround {
  readonly db: Connection;
  readonly transact: Transact;
  readonly policies: PoliciesService;
  readonly classes: ClassesService;
  readonly enrolments: EnrolmentsService;
  readonly externalClasses: ExternalService;
}

/** The stores and services of roll call, closing and hours. */
export function wireAttendance(ground: AttendanceGround) {
  const marks = makeMarksStore(ground.db);
  const ledger = makeLedgerStore(ground.db);
  const shared = { ...ground, marks, ledger, closings: makeClosingsStore(ground.db), external: ground.externalClasses };
  return {
    attendance: makeAttendanceService(shared),
    rollCalls: makeRollCallService(shared),
    closing: makeClosingService(shared),
    externalHours: makeExternalHours(shared),
  };
}
