import type { CoverageService } from '../coverage/coverage.service.js';
import type { ExamStandings } from '../exams/standings.service.js';
import type { PoliciesService } from '../policies/policies.service.js';
import type { ClassesService } from '../trainings/classes.service.js';
import type { EnrolmentsService } from '../trainings/enrolments.service.js';
import type { NominationsService } from '../trainings/nominations.service.js';
import type { WorkersService } from '../workers/workers.service.js';
import { makeCandidatesService } from './candidates.service.js';
import { makeSelectionService } from './selection.service.js';

interface Ground {
  readonly coverage: CoverageService;
  readonly classes: ClassesService;
  readonly enrolments: EnrolmentsService;
  readonly nominations: NominationsService;
  readonly policies: PoliciesService;
  readonly workers: WorkersService;
  readonly examStandings: ExamStandings;
}

/** Who goes to which class (decision 14). */
export function wirePlanner(ground: Ground) {
  const candidates = makeCandidatesService(ground);
  return { candidates, selection: makeSelectionService({ ...ground, candidates }) };
}
