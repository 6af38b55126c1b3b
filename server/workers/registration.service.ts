import type { CivilDay } from '../platform/civilDays.js';
import type { Problem } from '../platform/http/forms.js';
import { reaches, type Scope } from '../platform/scope.js';
import type { Tx } from '../platform/transactions.js';
import { stampOf, type CareersService, type Outcome, type PostInput } from './careers.service.js';
import type { PostPlace } from './careers.rules.js';
import type { FactsStore } from './facts.store.js';
import { readIdNumber, type IdNumberFacts } from './idNumber.rules.js';
import type { AccountsFollow, PlacesPort, RosterPolicies } from './neighbours.service.js';
import type { NewPerson, People } from './people.service.js';
import { readPhone } from './phone.rules.js';
import { hasLeft, type ServiceStatus } from './posts.rules.js';
import { idNumberProblem, phoneProblem } from './problems.rules.js';
import { asAuditChange, detailChanges, yearsTouched, type Worker, type WorkerDetails } from './worker.rules.js';
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

/** What identifies a new person, read, and the place of the post. */
interface ReadPerson {
  readonly place: PostPlace;
  readonly number: IdNumberFacts;
  readonly phone: string;
}

/** Without a place there is no policy to ask; the age is judged once the place is right. */
const anyAge = { min: 0, max: 200 };

/** Entering people and editing what they are. */
export function makeRegistrationService(deps: RegistrationDeps) {
  const { store, people } = deps;

  /** The county of a path, by name. */
  async function countyOf(path: readonly string[]): Promise<string> {
    const places = await deps.places.byIds(path);
    return [...places.values()].find((place) => place.level === 'county')?.name ?? '';
  }

  /** Reads what identifies a new person and where the post is, with a problem for each field that is wrong. */
  async function readNew(
    scope: Scope,
    input: JoinInput,
    today: CivilDay,
  ): Promise<{ person: ReadPerson | null; problems: readonly Problem[] }> {
    const problems: Problem[] = [];
    const place = await deps.careers.placeFor(scope, input.divisionId);
    if (place === null) problems.push({ field: 'divisionId', key: 'workers.divisionId.unknown' });
    const ages = await deps.policies.agesFor(today);
    const number = readIdNumber(input.idNumber, today, place === null ? anyAge : ages(place.divisionPath));
    if (!number.ok) problems.push({ field: 'idNumber', ...idNumberProblem(number.problem) });
    const phone = readPhone(input.phone);
    if (!phone.ok) problems.push({ field: 'phone', ...phoneProblem(phone.problem) });
    if (input.from > today) problems.push({ field: 'from', key: 'workers.from.future', values: { day: input.from } });
    const whole = place !== null && number.ok && phone.ok && problems.length === 0;
    return { person: whole ? { place, number: number.facts, phone: phone.phone } : null, problems };
  }

  async function knownProblem(scope: Scope, known: Worker): Promise<JoinOutcome> {
    const gone = hasLeft(known.status);
    if (!reaches(scope, known.divisionPath)) {
      const county = await countyOf(known.divisionPath);
      const key = gone ? 'workers.idNumber.leftElsewhere' : 'workers.idNumber.servesElsewhere';
      return {
        ok: false,
        problems: [{ field: 'idNumber', key, values: { county } }],
        elsewhere: { workerId: known.id, county, hasLeft: gone },
      };
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
    await deps.facts.add(tx, {
      appointments: made.flatMap((one) => one.facts.appointments),
      statuses: made.flatMap((one) => one.facts.statuses),
    });
    await deps.accounts.addWorkers(tx, rows);
    rows.forEach((row, index) => {
      tx.audit({
        action: 'worker.joined',
        object: { kind: 'worker', id: row.id },
        divisionPath: row.divisionPath,
        reason: added[index]?.reason ?? '',
      });
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
      const { person, problems } = await readNew(scope, input, tx.today);
      if (person === null) return { ok: false, problems };
      const known = [...(await store.byIdIndexes([people.idIndex(person.number.idNumber)], tx)).values()][0];
      if (known !== undefined) return knownProblem(scope, known);
      const post = {
        ...person.place,
        post: input.post,
        postClass: input.postClass,
        kind: 'REGULAR' as const,
        source: input.details.entrySource,
      };
      const statuses = [{ status: input.status, from: input.from }];
      const [worker] = await addPeople(tx, [
        { ...input, idNumber: person.number, phone: person.phone, post, statuses, postSince: input.from, importId: null },
      ]);
      return worker === undefined ? { ok: false, problems: [] } : { ok: true, worker };
    },

    /** Changes what a person is. @throws Conflict when somebody else was faster */
    async edit(tx: Tx, scope: Scope, input: EditInput): Promise<Outcome> {
      const worker = await store.byId(scope, input.workerId, tx);
      const changes = detailChanges(worker, input.details);
      const phone = input.phone === '' ? null : readPhone(input.phone);
      if (phone?.ok === false) return { ok: false, problems: [{ field: 'phone', ...phoneProblem(phone.problem) }] };
      const fields = { ...people.detailFieldsOf(input.details), ...(phone === null ? {} : people.phoneFields(phone.phone)) };
      await store.change(tx, scope, { id: worker.id, version: input.version }, fields);
      const after: Worker = { ...worker, ...fields, version: worker.version + 1 };
      await deps.accounts.followWorker(tx, after);
      const audited = changes.map(asAuditChange);
      const phoneChange = phone === null ? [] : [{ field: 'phone', from: worker.phoneMasked, to: after.phoneMasked }];
      tx.audit({
        action: 'worker.changed',
        object: { kind: 'worker', id: worker.id },
        divisionPath: worker.divisionPath,
        changes: [...audited, ...phoneChange],
      });
      tx.emit({ name: 'worker.changed', workerIds: [worker.id], years: yearsTouched(tx.today, tx.today) });
      return { ok: true, worker: after };
    },
  };
}

export type RegistrationService = ReturnType<typeof makeRegistrationService>;
