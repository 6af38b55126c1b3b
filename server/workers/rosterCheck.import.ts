import type { CheckedRow, Finding, ImportAbout, ImportChecker, MissingRow, SheetRow } from '../imports/kinds.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Sealed } from '../platform/crypto.js';
import { reaches } from '../platform/scope.js';
import { planCareer, type CareerChange } from './careers.rules.js';
import { shortCommunityName } from './communities.rules.js';
import type { FactLists } from './facts.store.js';
import { hasLeft, usualPostClass, type Post, type PostClass, type ServiceStatus } from './posts.rules.js';
import { diffOf, type RosterCareer } from './rosterDiff.import.js';
import type { RosterDeps } from './rosterDeps.import.js';
import { readRosterRow, type ReadingGround, type RosterRow } from './rosterRow.import.js';
import type { Worker, WorkerDetails } from './worker.rules.js';

/** What is written for a new person. */
export interface NewPayload {
  readonly sort: 'new';
  readonly details: WorkerDetails;
  readonly idSealed: Sealed;
  readonly idIndex: string;
  readonly phoneSealed: Sealed | null;
  readonly divisionId: string;
  readonly post: Post;
  readonly postClass: PostClass;
  readonly status: ServiceStatus;
  readonly from: CivilDay;
  readonly postSince: CivilDay;
}

/** What is written for a known person; only when the version is still the one that was compared. */
export interface ChangePayload {
  readonly sort: 'change';
  readonly workerId: string;
  readonly version: number;
  readonly details: Partial<WorkerDetails>;
  readonly phoneSealed: Sealed | null;
  readonly career: RosterCareer | null;
}

/** What is asked of another county. */
export interface RequestPayload {
  readonly sort: 'request';
  readonly workerId: string;
  readonly name: string;
  readonly divisionId: string;
  readonly post: Post;
  readonly postClass: PostClass;
  readonly effectiveOn: CivilDay;
}

export type RosterPayload = NewPayload | ChangePayload | RequestPayload;

interface Known {
  readonly workers: ReadonlyMap<string, Worker>;
  readonly facts: ReadonlyMap<string, FactLists>;
  readonly placeNames: ReadonlyMap<string, string>;
  readonly asked: ReadonlySet<string>;
}

const noFacts: FactLists = { appointments: [], statuses: [] };
const emptyDetails: Omit<WorkerDetails, 'name'> = {
  ethnicity: null, politicalStatus: null, joinedPartyOn: null, fullTimeEducation: null, fullTimeSchool: '', inServiceEducation: null, inServiceSchool: '',
  isSocialWorkMajor: false, entrySource: null, workStartedOn: null, grade: null, note: '',
};

/** The check of one roster file. */
export function rosterChecker(deps: RosterDeps, about: ImportAbout, ground: ReadingGround): ImportChecker {
  const lineOfNumber = new Map<string, number>();
  const seenWorkers = new Set<string>();
  const seenCommunities = new Set<string>();

  function verdict(row: RosterRow, findings: readonly Finding[], rest: Partial<CheckedRow> = {}): CheckedRow {
    const failed = findings.some((finding) => finding.severity === 'error');
    return {
      line: row.line, name: row.name, subjectId: null, changes: [], findings,
      ...rest, outcome: failed ? 'error' : (rest.outcome ?? 'unchanged'), payload: failed ? null : (rest.payload ?? null),
    };
  }

  /** Whether the number stands in an earlier row; the first row is the one that counts. */
  function duplicate(row: RosterRow, idIndex: string): Finding[] {
    const first = lineOfNumber.get(idIndex);
    if (first === undefined) {
      lineOfNumber.set(idIndex, row.line);
      return [];
    }
    return [{ severity: 'error', column: 'idNumber', shown: '', message: { key: 'workers.import.idNumber.twice', values: { line: first } } }];
  }

  function newRow(row: RosterRow, findings: readonly Finding[], idIndex: string): CheckedRow {
    const status = row.status ?? 'IN_SERVICE';
    if (hasLeft(status)) {
      return verdict(row, [...findings, { severity: 'warning', column: 'status', shown: '', message: { key: 'workers.import.status.unknownLeft', values: {} } }]);
    }
    if (row.post === null) {
      const missing: Finding = { severity: 'error', column: 'post', shown: '', message: { key: 'workers.import.post.EMPTY', values: {} } };
      return verdict(row, findings.some((one) => one.column === 'post') ? findings : [...findings, missing]);
    }
    if (row.community === null || row.idNumber === null) return verdict(row, findings);
    const from = row.details.workStartedOn ?? row.postSince ?? about.asOf;
    const payload: NewPayload = {
      sort: 'new', details: { ...emptyDetails, ...row.details, name: row.name }, idSealed: deps.people.seal(row.idNumber.idNumber), idIndex,
      phoneSealed: row.phone === null ? null : deps.people.seal(row.phone), divisionId: row.community.id, post: row.post,
      postClass: row.postClass ?? usualPostClass[row.post], status, from, postSince: row.postSince !== null && row.postSince > from ? row.postSince : from,
    };
    const change = {
      field: 'workers.field.division', now: '', after: shortCommunityName(row.community.name),
      effect: { key: 'workers.import.effect.joins', values: { day: from, postKey: `workers.post.${row.post}` } },
    };
    return verdict(row, findings, { outcome: 'new', payload, changes: [change] });
  }

  /** Decision 8: only the county is told, and nothing is written but a request. */
  async function elsewhere(row: RosterRow, findings: readonly Finding[], worker: Worker, known: Known): Promise<CheckedRow> {
    const county = await deps.registration.countyOf(worker.divisionPath);
    const warn = (key: string): Finding => ({ severity: 'warning', column: 'idNumber', shown: '', message: { key, values: { county } } });
    if (known.asked.has(worker.id)) return verdict(row, [...findings, warn('workers.import.elsewhere.asked')]);
    if (row.community === null) return verdict(row, findings);
    const post = row.post ?? worker.post;
    const payload: RequestPayload = {
      sort: 'request', workerId: worker.id, name: row.name, divisionId: row.community.id, post,
      postClass: row.postClass ?? usualPostClass[post], effectiveOn: row.postSince !== null && row.postSince > worker.postSince ? row.postSince : about.asOf,
    };
    const change = {
      field: 'workers.field.division', now: county, after: shortCommunityName(row.community.name),
      effect: { key: 'workers.import.effect.asks', values: { county } },
    };
    const key = hasLeft(worker.status) ? 'workers.import.elsewhere.left' : 'workers.import.elsewhere.serves';
    return verdict(row, [...findings, warn(key)], { outcome: 'request', payload, changes: [change] });
  }

  function laterFact(worker: Worker, career: RosterCareer, facts: FactLists): CivilDay | null {
    const change: CareerChange = { day: career.day, reason: '', importId: null, ...asChange(worker, career) };
    const plan = planCareer({ worker, ...facts }, change, { now: worker.changedAt, today: about.today, by: '' });
    return plan.ok ? null : plan.laterFact;
  }

  function knownRow(row: RosterRow, findings: readonly Finding[], worker: Worker, known: Known): CheckedRow {
    seenWorkers.add(worker.id);
    const samePhone = row.phone !== null && deps.people.phoneIndex(row.phone) === worker.phoneIndex;
    const diff = diffOf(row, { worker, placeName: known.placeNames.get(worker.divisionId) ?? '', samePhone, asOf: about.asOf });
    const more: Finding[] = [];
    if (diff.leftUntouched) more.push({ severity: 'warning', column: 'status', shown: '', message: { key: 'workers.import.status.hasLeft', values: { statusKey: `workers.serviceStatus.${worker.status}` } } });
    if (diff.details.name !== undefined) more.push({ severity: 'warning', column: 'name', shown: row.name, message: { key: 'workers.import.name.differs', values: { name: worker.name } } });
    const later = diff.career === null ? null : laterFact(worker, diff.career, known.facts.get(worker.id) ?? noFacts);
    if (later !== null && diff.career !== null) {
      more.push({ severity: 'error', column: 'postSince', shown: diff.career.day, message: { key: 'workers.import.laterFact', values: { day: diff.career.day, later } } });
    }
    const rest = { subjectId: worker.id, changes: diff.changes };
    if (diff.changes.length === 0) return verdict(row, [...findings, ...more], rest);
    const payload: ChangePayload = {
      sort: 'change', workerId: worker.id, version: worker.version, details: diff.details, career: diff.career,
      phoneSealed: diff.phone === null ? null : deps.people.seal(diff.phone),
    };
    return verdict(row, [...findings, ...more], { ...rest, outcome: 'changed', payload });
  }

  async function knownTo(indexes: readonly string[]): Promise<Known> {
    const workers = await deps.store.byIdIndexes(indexes);
    const ids = [...workers.values()].map((worker) => worker.id);
    const places = await deps.places.byIds([...workers.values()].map((worker) => worker.divisionId));
    const asked = await deps.transfers.openFor(ids);
    return {
      workers, facts: await deps.facts.standing(ids),
      placeNames: new Map([...places].map(([id, place]) => [id, place.name])), asked: new Set(asked.map((transfer) => transfer.workerId)),
    };
  }

  return {
    async check(sheets: readonly SheetRow[]): Promise<readonly CheckedRow[]> {
      const read = sheets.map((sheet) => readRosterRow(sheet, ground));
      const indexOf = ({ row }: (typeof read)[number]): string | null => (row.idNumber === null ? null : deps.people.idIndex(row.idNumber.idNumber));
      const known = await knownTo(read.flatMap((one) => indexOf(one) ?? []));
      const checked: CheckedRow[] = [];
      for (const one of read) {
        if (one.row.community !== null) seenCommunities.add(one.row.community.id);
        const idIndex = indexOf(one);
        if (idIndex === null) {
          checked.push(verdict(one.row, one.findings));
          continue;
        }
        const findings = [...one.findings, ...duplicate(one.row, idIndex)];
        const worker = known.workers.get(idIndex);
        if (worker === undefined) checked.push(newRow(one.row, findings, idIndex));
        else if (reaches(about.scope, worker.divisionPath)) checked.push(knownRow(one.row, findings, worker, known));
        else checked.push(await elsewhere(one.row, findings, worker, known));
      }
      return checked;
    },

    async finish(): Promise<readonly MissingRow[]> {
      const names = new Map(ground.communities.map((one) => [one.id, shortCommunityName(one.name)]));
      const missing: MissingRow[] = [];
      for await (const batch of deps.store.stream(about.scope, { divisionIds: [...seenCommunities], present: true })) {
        const absent = batch.filter((worker) => !seenWorkers.has(worker.id));
        missing.push(...absent.map((worker) => ({ subjectId: worker.id, name: worker.name, where: names.get(worker.divisionId) ?? '' })));
      }
      return missing;
    },
  };
}

/** The career part of a change; a place that does not change keeps its path. */
function asChange(worker: Worker, career: RosterCareer): Pick<CareerChange, 'post' | 'status'> {
  const status = career.status === undefined ? {} : { status: career.status };
  if (career.post === undefined) return status;
  if (career.post === null) return { ...status, post: null };
  return { ...status, post: { ...career.post, divisionPath: worker.divisionPath, divisionCode: worker.divisionCode, kind: 'REGULAR', source: null } };
}
