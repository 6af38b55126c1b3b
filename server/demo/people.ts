import { addDays, addMonths, civilDay, dayFrom, yearOf, type CivilDay } from '../platform/civilDays.js';
import { checkDigitOf } from '../workers/idNumber.rules.js';
import {
  isPrincipal,
  usualPostClass,
  type EducationLevel,
  type EntrySource,
  type PoliticalStatus,
  type Post,
  type PostClass,
  type ServiceStatus,
  type Sex,
} from '../workers/posts.rules.js';
import { nameFor } from './names.js';
import type { Random } from './random.js';

/** One synthetic worker of the demo; numbers stand on an address code that was never given out (domain.md §5.3). */
export interface DemoPerson {
  readonly communityId: string;
  readonly name: string;
  readonly sex: Sex;
  readonly birthDay: CivilDay;
  readonly idNumber: string;
  readonly phone: string;
  readonly politicalStatus: PoliticalStatus;
  readonly education: EducationLevel;
  readonly isSocialWorkMajor: boolean;
  readonly post: Post;
  readonly postClass: PostClass;
  readonly source: EntrySource;
  readonly entryDate: CivilDay;
  readonly postSince: CivilDay;
  /** From the entry on; the last one holds today. */
  readonly statuses: readonly { readonly status: ServiceStatus; readonly from: CivilDay }[];
}

/** The 2021 term-change election, after which most committees serve (seed). */
const termChange = civilDay('2021-03-20');

/** What the people of a community are made from; `taken` keeps ID numbers apart over the whole city. */
export interface Community {
  readonly id: string;
  readonly size: number;
  readonly turnover: number;
  readonly firstNumber: number;
  readonly taken: Set<string>;
}

/** The people of one community: one who leads, a committee, full-time workers and grid workers. */
export function peopleOf(random: Random, community: Community, today: CivilDay): DemoPerson[] {
  return Array.from({ length: community.size }, (_, index) =>
    personAt(random, { ...community, index, number: community.firstNumber + index }, today),
  );
}

interface Place {
  readonly id: string;
  readonly turnover: number;
  readonly index: number;
  readonly number: number;
  readonly taken: Set<string>;
}

function personAt(random: Random, place: Place, today: CivilDay): DemoPerson {
  const post = postAt(random, place.index);
  const sex: Sex = random.chance(isPrincipal(post) ? 0.42 : 0.68) ? 'FEMALE' : 'MALE';
  const birthDay = birthOf(random, post, today);
  const entryDate = entryOf(random, { post, turnover: place.turnover, birthDay }, today);
  const education = educationOf(random, yearOf(birthDay));
  return {
    communityId: place.id,
    name: nameFor(random, sex, yearOf(birthDay)),
    sex,
    birthDay,
    idNumber: idNumberOf(birthDay, sex, place),
    phone: `199${String(35_000_000 + place.number)}`,
    politicalStatus: politicalOf(random, post),
    education,
    isSocialWorkMajor: random.chance(education === 'BACHELOR' ? 0.09 : 0.03),
    post,
    postClass: usualPostClass[post],
    source: sourceOf(random, post),
    entryDate,
    postSince: entryDate > termChange ? entryDate : random.chance(0.8) ? termChange : addMonths(termChange, random.between(6, 60)),
    statuses: statusesOf(random, entryDate, today),
  };
}

function postAt(random: Random, index: number): Post {
  if (index === 0) return random.chance(0.78) ? 'DUAL_POST' : 'PARTY_SECRETARY';
  if (index === 1) return random.chance(0.5) ? 'DEPUTY_SECRETARY' : 'DEPUTY_DIRECTOR';
  if (index <= 4) return 'COMMITTEE_MEMBER';
  return random.weighted({ FULL_TIME_WORKER: 5, GRID_WORKER: 6, SERVICE_STATION_STAFF: 1 });
}

function birthOf(random: Random, post: Post, today: CivilDay): CivilDay {
  const age = isPrincipal(post) ? random.between(33, 58) : random.between(23, 52);
  return dayFrom(yearOf(today) - age, random.between(1, 12), random.between(1, 28)) ?? today;
}

function entryOf(random: Random, who: { post: Post; turnover: number; birthDay: CivilDay }, today: CivilDay): CivilDay {
  const grown = addMonths(who.birthDay, 12 * 21);
  const newThisYear = !isPrincipal(who.post) && random.chance(who.turnover * 0.5);
  const entry = newThisYear ? addDays(today, -random.between(10, 330)) : addDays(today, -random.between(400, 5200));
  return entry > grown ? entry : addDays(grown, random.between(1, 300));
}

function educationOf(random: Random, birthYear: number): EducationLevel {
  return birthYear < 1980
    ? random.weighted({ SECONDARY: 32, COLLEGE: 48, BACHELOR: 20 })
    : random.weighted({ SECONDARY: 6, COLLEGE: 50, BACHELOR: 42, MASTER: 2 });
}

function politicalOf(random: Random, post: Post): PoliticalStatus {
  if (post === 'DUAL_POST' || post === 'PARTY_SECRETARY' || post === 'DEPUTY_SECRETARY') return 'PARTY_MEMBER';
  return random.weighted({ PARTY_MEMBER: 36, PROBATIONARY_PARTY_MEMBER: 3, YOUTH_LEAGUE_MEMBER: 12, CITIZEN: 49 });
}

function sourceOf(random: Random, post: Post): EntrySource {
  if (usualPostClass[post] !== 'STAFF' || post === 'COMMITTEE_MEMBER') return random.chance(0.9) ? 'TERM_ELECTION' : 'SECONDMENT';
  if (post === 'GRID_WORKER') return 'GRID_TRANSFER';
  return random.weighted({
    OPEN_RECRUITMENT: 60,
    SELECTIVE_APPOINTMENT: 16,
    VETERAN: 9,
    PROPERTY_MANAGER: 3,
    RETURNING_YOUTH: 6,
    OTHER: 6,
  });
}

function statusesOf(random: Random, entryDate: CivilDay, today: CivilDay): DemoPerson['statuses'] {
  const probationEnds = addMonths(entryDate, 3);
  const first = { status: 'PROBATION' as const, from: entryDate };
  if (probationEnds > today) return [first];
  const serving = [first, { status: 'IN_SERVICE' as const, from: probationEnds }];
  const began = addDays(today, -random.between(20, 150));
  if (began <= probationEnds || !random.chance(0.018)) return serving;
  return [...serving, { status: random.weighted({ LONG_SICK_LEAVE: 4, MATERNITY_LEAVE: 5, TEMPORARILY_REASSIGNED: 3 }), from: began }];
}

function idNumberOf(birthDay: CivilDay, sex: Sex, place: Pick<Place, 'number' | 'taken'>): string {
  for (let attempt = place.number; ; attempt += 1) {
    const sequence = ((attempt * 2 + (sex === 'MALE' ? 1 : 0)) % 1000).toString().padStart(3, '0');
    const body = `149999${birthDay.replaceAll('-', '')}${sequence}`;
    const idNumber = body + checkDigitOf(body);
    if (place.taken.has(idNumber)) continue;
    place.taken.add(idNumber);
    return idNumber;
  }
}
