import { jobs } from '../jobs/jobs.js';
import { accountRoutes } from './access/account.routes.js';
import { accountsRoutes } from './access/accounts.routes.js';
import { codesRoutes } from './access/codes.routes.js';
import { grantsRoutes } from './access/grants.routes.js';
import { signInRoutes } from './access/signIn.routes.js';
import { attendanceRoutes } from './attendance/attendance.routes.js';
import { attendancePart } from './attendance/classPart.pages.js';
import { auditRoutes } from './audit/audit.routes.js';
import { certificateRoutes } from './certificates/certificate.routes.js';
import { certificatesRoutes } from './certificates/certificates.routes.js';
import { certificatesPersonPart } from './certificates/person.routes.js';
import { coveragePersonPart } from './coverage/person.routes.js';
import { coverageRoutes } from './coverage/coverage.routes.js';
import { examCalendarRoutes } from './exams/calendar.routes.js';
import { examsRoutes } from './exams/exams.routes.js';
import { examsPersonPart } from './exams/person.routes.js';
import { gapsPersonPart } from './gaps/person.routes.js';
import { gapsRoutes } from './gaps/gaps.routes.js';
import { importsRoutes } from './imports/imports.routes.js';
import { deskRoutes } from './home/desk.routes.js';
import { meRoutes } from './home/me.routes.js';
import { searchRoutes } from './home/search.routes.js';
import { operationsRoutes } from './operations/operations.routes.js';
import type { Route } from './platform/http/routeTable.js';
import { targetsRoutes } from './targets/targets.routes.js';
import { policiesRoutes } from './policies/policies.routes.js';
import { careerRoutes } from './workers/careers.routes.js';
import { factsRoutes } from './workers/facts.routes.js';
import { registrationRoutes } from './workers/registration.routes.js';
import { exemptionEndRoutes } from './workers/exemptionEnd.routes.js';
import { correctionsRoutes, exemptionsRoutes, transfersRoutes } from './workers/requests.routes.js';
import { workersRoutes } from './workers/workers.routes.js';
import { nominationsRoutes } from './planner/nominations.routes.js';
import { calendarRoutes } from './trainings/calendar.routes.js';
import { classesRoutes } from './trainings/classes.routes.js';
import { externalRoutes } from './trainings/external.routes.js';
import { myClassesRoutes } from './trainings/myClasses.routes.js';
import { noticeRoutes } from './trainings/notice.routes.js';
import { planningRoutes } from './trainings/planning.routes.js';
import { trainingPersonPart } from './trainings/person.routes.js';
import { stepsRoutes } from './trainings/steps.routes.js';
import type { Deps } from './wiring.js';

/** Every row of the product, one line per feature; the access-matrix and accessibility tests walk what this returns. */
export function routes(deps: Deps): readonly Route[] {
  const classParts = [attendancePart(deps)];
  return [
    ...signInRoutes(deps),
    ...accountRoutes(deps),
    ...accountsRoutes(deps),
    ...codesRoutes(deps),
    ...grantsRoutes(deps),
    ...auditRoutes(deps),
    ...deskRoutes(deps),
    ...searchRoutes(deps),
    ...meRoutes(deps),
    ...registrationRoutes(deps),
    ...careerRoutes(deps),
    ...factsRoutes(deps),
    ...workersRoutes(deps, [
      trainingPersonPart(deps),
      coveragePersonPart(deps),
      gapsPersonPart(deps),
      examsPersonPart(deps),
      certificatesPersonPart(deps),
    ]),
    ...exemptionsRoutes(deps),
    ...exemptionEndRoutes(deps),
    ...transfersRoutes(deps),
    ...correctionsRoutes(deps),
    ...importsRoutes(deps),
    ...planningRoutes(deps),
    ...externalRoutes(deps),
    ...noticeRoutes(deps),
    ...myClassesRoutes(deps),
    ...classesRoutes(deps, classParts),
    ...stepsRoutes(deps),
    ...calendarRoutes(deps),
    ...nominationsRoutes(deps, classParts),
    ...attendanceRoutes(deps, classParts),
    ...coverageRoutes(deps),
    ...gapsRoutes(deps),
    ...policiesRoutes(deps),
    ...examsRoutes(deps),
    ...examCalendarRoutes(deps),
    ...certificatesRoutes(deps),
    ...certificateRoutes(deps),
    ...targetsRoutes(deps),
    ...operationsRoutes(deps, jobs),
  ];
}
