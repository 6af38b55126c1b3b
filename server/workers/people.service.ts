import type { CivilDay } from '../platform/civilDays.js';
import type { Sealed, Secrets } from '../platform/crypto.js';
import { newId } from '../platform/ids.js';
import { searchKeys, sortKeys } from '../platform/text/pinyin.js';
import { appointmentFact, statusFact, type NewPost, type Stamp } from './careers.rules.js';
import type { FactLists } from './facts.store.js';
import { maskIdNumber, type IdNumberFacts } from './idNumber.rules.js';
import { maskPhone } from './phone.rules.js';
import { hasLeft, type ServiceStatus } from './posts.rules.js';
import { joinedOn } from './service.rules.js';
import { highestEducation, type WorkerDetails } from './worker.rules.js';
import type { WorkerRow } from './workers.store.js';

/** A person ready to be written: everything read and checked, the ID number and phone in clear. */
export interface NewPerson {
  readonly details: WorkerDetails;
  readonly idNumber: IdNumberFacts;
  readonly phone: string | null;
  readonly post: NewPost;
  /** From the entry on, in order; the last one holds today. Never empty. */
  readonly statuses: readonly { readonly status: ServiceStatus; readonly from: CivilDay }[];
  /** 任现职时间; the post is recorded as held since that day. */
  readonly postSince: CivilDay;
  readonly reason: string;
  readonly importId: string | null;
}

/** Turns people into rows: seals, indexes, masks and sort keys. */
export function makePeople(deps: { readonly secrets: Secrets }) {
  const { secrets } = deps;

  function nameFields(name: string): Pick<WorkerRow, 'name' | 'searchKeys' | 'sortPinyin' | 'sortStroke'> {
    const { pinyin, stroke } = sortKeys(name);
    return { name, searchKeys: searchKeys(name), sortPinyin: pinyin, sortStroke: stroke };
  }

  function phoneFields(phone: string | null): Pick<WorkerRow, 'phoneSealed' | 'phoneIndex' | 'phoneTail' | 'phoneMasked'> {
    if (phone === null) return { phoneSealed: null, phoneIndex: null, phoneTail: null, phoneMasked: null };
    return {
      phoneSealed: secrets.seal(phone),
      phoneIndex: secrets.blindIndex('phone', phone),
      phoneTail: secrets.phoneTailIndex(phone),
      phoneMasked: maskPhone(phone),
    };
  }

  /** The fields of an edit, with everything that follows from them. */
  function detailFieldsOf(details: WorkerDetails): Partial<WorkerRow> {
    const education = highestEducation(details.fullTimeEducation, details.inServiceEducation);
    return { ...details, ...nameFields(details.name), education };
  }

  return {
    phoneFields,
    detailFieldsOf,
    seal: (text: string): Sealed => secrets.seal(text),
    open: (sealed: Sealed): string => secrets.open(sealed),
    phoneIndex: (phone: string): string => secrets.blindIndex('phone', phone),
    idIndex: (idNumber: string): string => secrets.blindIndex('idNumber', idNumber),

    /** The row and the first facts of a new person. */
    newPerson(person: NewPerson, stamp: Stamp): { readonly row: WorkerRow; readonly facts: FactLists } {
      const id = newId();
      const { details, idNumber, post } = person;
      const { kind: _kind, source: _source, ...place } = post;
      const facts = firstFacts(id, person, stamp);
      const last = facts.statuses.at(-1);
      if (last === undefined) throw new Error('a person has at least one status');
      const joined = joinedOn(facts, stamp.today);
      const row: WorkerRow = {
        id,
        ...details,
        ...place,
        ...nameFields(details.name),
        ...phoneFields(person.phone),
        sex: idNumber.sex,
        birthDay: idNumber.birth,
        idSealed: secrets.seal(idNumber.idNumber),
        idIndex: secrets.blindIndex('idNumber', idNumber.idNumber),
        idMasked: maskIdNumber(idNumber.idNumber),
        education: highestEducation(details.fullTimeEducation, details.inServiceEducation),
        isDualPost: post.post === 'DUAL_POST',
        postSince: person.postSince,
        entryDate: joined ?? facts.statuses[0]?.from ?? person.postSince,
        status: last.status,
        inServiceSince: joined,
        importId: person.importId,
        version: 1,
        changedBy: stamp.by,
        changedAt: stamp.now,
      };
      return { row, facts };
    },
  };
}

export type People = ReturnType<typeof makePeople>;

/** The statuses one after the other, and the post until the person left. */
function firstFacts(workerId: string, person: NewPerson, stamp: Stamp): FactLists {
  const because = { reason: person.reason, importId: person.importId };
  const statuses = person.statuses.map(({ status, from }, index) => ({
    ...statusFact(workerId, { status, day: from, ...because }, stamp),
    to: person.statuses[index + 1]?.from ?? null,
  }));
  const last = statuses.at(-1);
  const left = last !== undefined && hasLeft(last.status) ? last.from : null;
  const appointment = { ...appointmentFact(workerId, { post: person.post, day: person.postSince, ...because }, stamp), to: left };
  return { appointments: left !== null && left <= person.postSince ? [] : [appointment], statuses };
}
