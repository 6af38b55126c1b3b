import type { CheckedRow, Finding, ImportAbout } from '../imports/kinds.js';
import type { CivilDay } from '../platform/civilDays.js';
import { planCareer, type CareerChange } from './careers.rules.js';
import type { FactLists } from './facts.store.js';
import type { People } from './people.service.js';
import { diffOf, type RosterCareer, type RosterDiff } from './rosterDiff.import.js';
import { found, verdict, type ChangePayload } from './rosterPayload.import.js';
import type { RosterRow } from './rosterRow.import.js';
import type { Worker } from './worker.rules.js';

/** A stored person that a row is about. */
export interface StoredPerson {
  readonly worker: Worker;
  readonly facts: FactLists;
  readonly placeName: string;
}

/** The row of somebody inside the scope: what changes and what follows from it. */
export function knownRow(
  people: People,
  about: ImportAbout,
  row: RosterRow,
  at: { readonly person: StoredPerson; readonly findings: readonly Finding[] },
): CheckedRow {
  const { worker, placeName } = at.person;
  const samePhone = row.phone !== null && people.phoneIndex(row.phone) === worker.phoneIndex;
  const diff = diffOf(row, { worker, placeName, samePhone, asOf: about.asOf });
  const findings = [...at.findings, ...findingsOf(row, diff, at.person, about.today)];
  const rest = { subjectId: worker.id, changes: diff.changes };
  if (diff.changes.length === 0) return verdict(row, findings, rest);
  const payload: ChangePayload = {
    sort: 'change',
    workerId: worker.id,
    version: worker.version,
    details: diff.details,
    career: diff.career,
    phoneSealed: diff.phone === null ? null : people.seal(diff.phone),
  };
  return verdict(row, findings, { ...rest, outcome: 'changed', payload });
}

function findingsOf(row: RosterRow, diff: RosterDiff, person: StoredPerson, today: CivilDay): Finding[] {
  const { worker } = person;
  const findings: Finding[] = [];
  if (diff.leftUntouched)
    findings.push(found('warning', 'status', 'workers.import.status.hasLeft', { statusKey: `workers.serviceStatus.${worker.status}` }));
  if (diff.details.name !== undefined)
    findings.push({ ...found('warning', 'name', 'workers.import.name.differs', { name: worker.name }), shown: row.name });
  const later = diff.career === null ? null : laterFact(person, diff.career, today);
  if (diff.career !== null && later !== null) {
    const { day } = diff.career;
    findings.push({ ...found('error', 'postSince', 'workers.import.laterFact', { day, later }), shown: day });
  }
  return findings;
}

/** The day of a fact that stands after the day the change would hold from; then the future was already written. */
function laterFact(person: StoredPerson, career: RosterCareer, today: CivilDay): CivilDay | null {
  const { worker, facts } = person;
  const change: CareerChange = { day: career.day, reason: '', importId: null, ...changeOf(worker, career) };
  const plan = planCareer({ worker, ...facts }, change, { now: worker.changedAt, today, by: '' });
  return plan.ok ? null : plan.laterFact;
}

/** Which lists a career touches; the place does not matter here. */
function changeOf(worker: Worker, career: RosterCareer): Pick<CareerChange, 'post' | 'status'> {
  const status = career.status === undefined ? {} : { status: career.status };
  if (career.post === undefined) return status;
  if (career.post === null) return { ...status, post: null };
  return {
    ...status,
    post: { ...career.post, divisionPath: worker.divisionPath, divisionCode: worker.divisionCode, kind: 'REGULAR', source: null },
  };
}
