import type { CivilDay } from '../platform/civilDays.js';
import type { Secrets } from '../platform/crypto.js';
import { newId } from '../platform/ids.js';
import { appointmentFact, statusFact, type NewPost, type Stamp } from './careers.rules.js';
import type { FactLists } from './facts.store.js';
import { maskIdNumber, type IdNumberFacts } from './idNumber.rules.js';
import { searchKeysOf } from './nameKeys.rules.js';
import type { NamesPort } from './neighbours.service.js';
import { maskPhone } from './phone.rules.js';
import { hasLeft, type ServiceStatus } from './posts.rules.js';
import { highestEducation, type WorkerDetails } from './worker.rules.js';
import type { WorkerRow } from './workers.store.js';

/** A person ready to be written: everything read and checked, the ID number and phone in clear. */
export interface NewPerson {
  readonly details: WorkerDetails;
  readonly idNumber: IdNumberFacts;
  readonly phone: string | null;
  readonly post: NewPost;
  readonly status: ServiceStatus;
  /** The first day of service. */
  readonly from: CivilDay;
  /** 任现职时间; the post is then recorded as held since that day. */
  readonly postSince: CivilDay;
  readonly reason: string;
  readonly importId: string | null;
}

/** Turns people into rows: seals, indexes, masks and sort keys. */
export function makePeople(deps: { readonly secrets: Secrets; readonly names: NamesPort }) {
  const { secrets, names } = deps;

  function nameFields(name: string): Pick<WorkerRow, 'name' | 'searchKeys' | 'sortPinyin' | 'sortStroke'> {
    const syllables = names.syllables(name);
    return { name, searchKeys: searchKeysOf({ name, syllables }), sortPinyin: names.pinyinKey(name), sortStroke: names.strokeKey(name) };
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
    idIndex: (idNumber: string): string => secrets.blindIndex('idNumber', idNumber),

    /** The row and the first facts of a new person. */
    newPerson(person: NewPerson, stamp: Stamp): { readonly row: WorkerRow; readonly facts: FactLists } {
      const id = newId();
      const { details, idNumber, post } = person;
      const { kind: _kind, source: _source, ...place } = post;
      const row: WorkerRow = {
        id, ...details, ...place, ...nameFields(details.name), ...phoneFields(person.phone),
        sex: idNumber.sex,
        birthDay: idNumber.birth,
        idSealed: secrets.seal(idNumber.idNumber),
        idIndex: secrets.blindIndex('idNumber', idNumber.idNumber),
        idMasked: maskIdNumber(idNumber.idNumber),
        education: highestEducation(details.fullTimeEducation, details.inServiceEducation),
        isDualPost: post.post === 'DUAL_POST',
        postSince: person.postSince,
        entryDate: person.from,
        status: person.status,
        inServiceSince: hasLeft(person.status) ? null : person.from,
        importId: person.importId,
        version: 1, changedBy: stamp.by, changedAt: stamp.now,
      };
      const because = { reason: person.reason, importId: person.importId };
      const facts: FactLists = {
        appointments: hasLeft(person.status) ? [] : [appointmentFact(id, { post, day: person.postSince, ...because }, stamp)],
        statuses: [statusFact(id, { status: person.status, day: person.from, ...because }, stamp)],
      };
      return { row, facts };
    },
  };
}

export type People = ReturnType<typeof makePeople>;
