import type { Division } from '../divisions/divisions.store.js';
import type { CivilDay } from '../platform/civilDays.js';
import { ageOn } from '../workers/idNumber.rules.js';
import type { NewPerson } from '../workers/people.service.js';
import type { DemoPerson } from './people.js';

/** A synthetic person as the roster takes it. */
export function newPersonOf(person: DemoPerson, community: Division, today: CivilDay): NewPerson {
  return {
    details: {
      name: person.name,
      ethnicity: '汉族',
      politicalStatus: person.politicalStatus,
      joinedPartyOn: null,
      fullTimeEducation: person.education,
      fullTimeSchool: '',
      inServiceEducation: null,
      inServiceSchool: '',
      isSocialWorkMajor: person.isSocialWorkMajor,
      entrySource: person.source,
      workStartedOn: person.entryDate,
      grade: null,
      note: '',
    },
    idNumber: { idNumber: person.idNumber, birth: person.birthDay, sex: person.sex, age: ageOn(person.birthDay, today), converted: false },
    phone: person.phone,
    post: {
      divisionId: community.id,
      divisionPath: community.path,
      divisionCode: community.code,
      post: person.post,
      postClass: person.postClass,
      kind: 'REGULAR',
      source: person.source,
    },
    statuses: person.statuses,
    postSince: person.postSince,
    reason: '演示数据',
    importId: null,
  };
}
