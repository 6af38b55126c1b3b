import type { CivilDay } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import { Conflict } from '../platform/errors.js';
import { reaches, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { stampOf, type CareersService, type Outcome, type PostInput } from './careers.service.js';
import type { FactsStore } from './facts.store.js';
import { readIdNumber, type IdNumberFacts } from './idNumber.rules.js';
import type { AccountsFollow, PlacesPort, RosterPolicies } from './neighbours.service.js';
import type { NewPerson, People } from './people.service.js';
import { readPhone } from './phone.rules.js';
import { hasLeft, type ServiceStatus } from './posts.rules.js';
import { idNumberProblem, phoneProblem } from './problems.rules.js';
import { detailChanges, yearsTouched, type Worker, type WorkerDetails } from './worker.rules.js';
import type { WorkersStore } from './workers.store.js';

/** A new person as the form names them. */
export interface JoinInput extends PostInput {
  readonly details: WorkerDetails;
  readonly idNumber: string;
  readonly phone: string;
  readonly divisionId: string;
  readonly status: ServiceStatus;
  readonly from: CivilDay;
  readonly reason: string;
}

/** Who already has an ID number: only the county of a person outside the scope is told (decision 8). */
export interface KnownElsewhere {
  readonly workerId: string;
  readonly county: string;
  readonly hasLeft: boolean;
}

/** The outcome of entering a person: done, refused, or known in another county. */
export type JoinOutcome = Outcome | { readonly ok: false; readonly problems: readonly Problem[]; readonly elsewhere: KnownElsewhere };

/** An edit of what a person is beside posts and service. */
export interface EditInput {
  readonly workerId: string;
  readonly version: number;
  readonly details: WorkerDetails;
  /** A new number, or '' when the stored one stays. */
  readonly phone: string;
}

interface RegistrationDeps {
  readonly store: WorkersStore;
  readonly facts: FactsStore;
  readonly places: PlacesPort;
  readonly policies: RosterPolicies;
  readonly accounts: AccountsFollow;
  readonly people: People;
  readonly careers: CareersService;
}

/** Entering people and editing what they are. */
export function makeRegistrationService(deps: RegistrationDeps) {
  const { store, people } = deps;

  /** The county of a path, by name. */
  async function countyOf(path: readonly string[]): Promise<string> {
    const places = await deps.places.byIds(path);
    return [...places.values()].find((place) => place.level === 'county')?.name ?? '';
  }

  async function readNumber(text: string, path: readonly string[], today: CivilDay): Promise<{ facts: IdNumberFacts } | { problem: Problem }> {
    const ages = (await deps.policies.agesFor(today))(path);
    const reading = readIdNumber(text, today, ages);
    return reading.ok ? { facts: reading.facts } : { problem: { field: 'idNumber', ...idNumberProblem(reading.problem) } };
  }

  async function knownProblem(scope: Scope, known: Worker): Promise<JoinOutcome> {
    const gone = hasLeft(known.status);
    if (!reaches(scope, known.divisionPath)) {
      const county = await countyOf(known.divisionPath);
      const key = gone ? 'workers.idNumber.leftElsewhere' : 'workers.idNumber.servesElsewhere';
      return { ok: false, problems: [{ field: 'idNumber', key, values: { county } }], elsewhere: { workerId: known.id, county, hasLeft: gone } };
    }
    const key = gone ? 'workers.idNumber.leftHere' : 'workers.idNumber.servesHere';
    const offer = { href: `/workers/${known.id}${gone ? '/return' : ''}`, label: known.name };
    return { ok: false, problems: [{ field: 'idNumber', key, values: { name: known.name }, offer }] };
  }

  /** Writes new people with their facts, accounts, trail and event; the caller has checked everything. */
  async function addPeople(tx: Tx, added: readonly NewPerson[]): Promise<readonly Worker[]> {
    const made = added.map((person) => people.newPerson(person, stampOf(tx)));
    if (made.length === 0) return [];
    const rows = made.map((one) => one.row);
    await store.add(tx, rows);
    await deps.facts.add(tx, { appointments: made.flatMap((one) => one.facts.appointments), statuses: made.flatMap((one) => one.facts.statuses) });
    await deps.accounts.addWorkers(tx, rows);
    rows.forEach((row, index) => {
      tx.audit({ action: 'worker.joined', object: { kind: 'worker', id: row.id }, divisionPath: row.divisionPath, reason: added[index]?.reason ?? '' });
    });
    const first = rows.map((row) => row.entryDate).sort()[0] ?? tx.today;
    tx.emit({ name: 'worker.changed', workerIds: rows.map((row) => row.id), years: yearsTouched(first, tx.today) });
    return rows;
  }

  return {
    countyOf,
    addPeople,

    /** Enters a person; a known ID number is refused with the way on. */
    async join(tx: Tx, scope: Scope, input: JoinInput): Promise<JoinOutcome> {
      const problems: Problem[] = [];
      const place = await deps.careers.placeFor(scope, input.divisionId);
      if (place === null) problems.push({ field: 'divisionId', key: 'workers.divisionId.unknown' });
      const number = await readNumber(input.idNumber, place?.divisionPath ?? [], tx.today);
      if ('problem' in number) problems.push(number.problem);
      const phone = readPhone(input.phone);
      if (!phone.ok) problems.push({ field: 'phone', ...phoneProblem(phone.problem) });
      if (input.from > tx.today) problems.push({ field: 'from', key: 'workers.from.future', values: { day: input.from } });
      if (problems.length > 0 || place === null || 'problem' in number || !phone.ok) return { ok: false, problems };
      const known = [...(await store.byIdIndexes([people.idIndex(number.facts.idNumber)], tx)).values()][0];
      if (known !== undefined) return knownProblem(scope, known);
      const post = { ...place, post: input.post, postClass: input.postClass, kind: 'REGULAR' as const, source: input.details.entrySource };
      const statuses = [{ status: input.status, from: input.from }];
      const [worker] = await addPeople(tx, [{ ...input, idNumber: number.facts, phone: phone.phone, post, statuses, postSince: input.from, importId: null }]);
      return worker === undefined ? { ok: false, problems: [] } : { ok: true, worker };
    },

    /**
     * Changes what a person is. @throws Conflict with both values when somebody else was faster
     */
    async edit(tx: Tx, scope: Scope, input: EditInput): Promise<Outcome> {
      const worker = await store.byId(scope, input.workerId, tx);
      const changes = detailChanges(worker, input.details);
      if (worker.version !== input.version) {
        const text = (value: unknown): string => (value === null ? '' : String(value));
        const differences = changes.map(({ field, from, to }) => ({ field: `workers.field.${field}`, yours: text(to), theirs: text(from) }));
        throw new Conflict(worker.changedBy, worker.changedAt, differences);
      }
      const phone = input.phone === '' ? null : readPhone(input.phone);
      if (phone?.ok === false) return { ok: false, problems: [{ field: 'phone', ...phoneProblem(phone.problem) }] };
      const fields = { ...people.detailFieldsOf(input.details), ...(phone === null ? {} : people.phoneFields(phone.phone)) };
      await store.change(tx, scope, worker, fields);
      const after: Worker = { ...worker, ...fields, version: worker.version + 1 };
      await deps.accounts.followWorker(tx, after);
      const text = (value: unknown): string | null => (value === null || value === '' ? null : String(value));
      const audited = changes.map(({ field, from, to }) => ({ field, from: text(from), to: text(to) }));
      const phoneChange = phone === null ? [] : [{ field: 'phone', from: worker.phoneMasked, to: after.phoneMasked }];
      tx.audit({ action: 'worker.changed', object: { kind: 'worker', id: worker.id }, divisionPath: worker.divisionPath, changes: [...audited, ...phoneChange] });
      tx.emit({ name: 'worker.changed', workerIds: [worker.id], years: yearsTouched(tx.today, tx.today) });
      return { ok: true, worker: after };
    },
  };
}

export type RegistrationService = ReturnType<typeof makeRegistrationService>;
