import type { Division } from '../divisions/divisions.store.js';
import { addDays, addMonths, civilDay, weekdayOf, yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Purpose } from '../trainings/classes.rules.js';
import { isPrincipal, isSecretary } from '../workers/posts.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import { dealOut, newDiary, type Diary } from './assign.js';
import type { CountyStory } from './counties.js';
import { servedOn, timetable, type Fate, type PlannedClass } from './plan.js';
import type { Random } from './random.js';

/** A county with its people, as the plan of a year sees it. */
export interface CountyPeople {
  readonly county: Division;
  readonly story: CountyStory;
  readonly workers: readonly Worker[];
  readonly townships: readonly Division[];
}

interface Year {
  readonly random: Random;
  readonly year: number;
  readonly today: CivilDay;
  readonly city: Division;
  readonly counties: readonly CountyPeople[];
  readonly diary: Diary;
  /** Who will have been trained by the story's day; the rest is left for December or for nobody. */
  readonly trained: ReadonlySet<string>;
}

/** The day to which the stories' shares belong. */
const storyDay = '11-20';
const pastYearShare = 0.97;

/** Every class of a year, from the province's to the townships', with who is in it and how it ends. */
export function planYear(random: Random, year: number, of: { today: CivilDay; city: Division; counties: readonly CountyPeople[] }): readonly PlannedClass[] {
  const trained = new Set(of.counties.flatMap((county) => trainedIn(random, year, { ...of, county })));
  const at: Year = { random, year, ...of, diary: newDiary(), trained };
  const above = cityClasses(at);
  return [...running(at), ...above, ...onboarding(at), ...of.counties.flatMap((county) => [...countyClasses(at, county, above), ...townshipClasses(at, county)])];
}

function trainedIn(random: Random, year: number, of: { today: CivilDay; county: CountyPeople }): readonly string[] {
  const share = year < yearOf(of.today) ? Math.max(pastYearShare, of.county.story.trained) : of.county.story.trained;
  const due = random.shuffle(of.county.workers.filter((worker) => servedOn(worker, dayIn(year, '10-01'))));
  return due.slice(0, Math.round(due.length * share)).map((worker) => worker.id);
}

function dayIn(year: number, monthDay: string): CivilDay {
  return civilDay(`${String(year)}-${monthDay}`);
}

/** The Monday on or after a day. */
function mondayFrom(day: CivilDay): CivilDay {
  return addDays(day, (8 - weekdayOf(day)) % 7);
}

interface Frame {
  readonly name: string;
  readonly purpose: Purpose;
  readonly firstDay: CivilDay;
  readonly halfDays: number;
  readonly capacity: number;
}

function cityClass(at: Year, frame: Frame, more: Partial<PlannedClass> = {}): PlannedClass {
  return {
    name: frame.name,
    tier: 'CITY',
    purpose: frame.purpose,
    owner: at.city,
    audience: at.counties.map((one) => one.county),
    audienceGroups: frame.purpose === 'DEMONSTRATION' ? ['PRINCIPAL'] : [],
    organiser: '市委社会工作部',
    institution: '市委党校',
    place: '市委党校 2 号楼 301',
    sessions: timetable(at.random, frame.firstDay, { purpose: frame.purpose, isTownship: false, halfDays: frame.halfDays }),
    capacity: frame.capacity,
    assessment: frame.purpose === 'DEMONSTRATION',
    external: false,
    people: [],
    ...more,
  };
}

/** Puts people into a class until it is full; who is busy then or not yet there is passed over. */
function fill(at: Year, into: PlannedClass, people: readonly Worker[], fateOf: (worker: Worker) => Fate): PlannedClass {
  const first = into.sessions[0]?.slot.slice(0, 10) ?? '';
  const places: PlannedClass['people'][number][] = [];
  for (const worker of people) {
    if (places.length === into.capacity) break;
    if (worker.entryDate <= first && at.diary.book(worker, into.sessions)) places.push({ worker, fate: fateOf(worker) });
  }
  return { ...into, people: places };
}

const completes = (): Fate => 'completes';

function chiefs(at: Year): Worker[] {
  const trained = at.counties.flatMap((county) => county.workers).filter((worker) => at.trained.has(worker.id));
  return [...at.random.shuffle(trained.filter((worker) => isPrincipal(worker.post))), ...at.random.shuffle(trained.filter((worker) => worker.postClass === 'DEPUTY'))];
}

/** The city class that is under way today: the class teacher of the demo takes its roll. */
function running(at: Year): PlannedClass[] {
  if (at.year !== yearOf(at.today)) return [];
  const monday = addDays(at.today, -((weekdayOf(at.today) + 6) % 7));
  const frame: Frame = { name: `社区“两委”主干示范培训班（${String(at.year)} 年第 6 期）`, purpose: 'DEMONSTRATION', firstDay: monday, halfDays: 10, capacity: 60 };
  const principals = at.counties.flatMap((county) => county.workers).filter((worker) => isPrincipal(worker.post));
  return [fill(at, cityClass(at, frame), at.random.shuffle(principals), completes)];
}

function cityClasses(at: Year): PlannedClass[] {
  const people = chiefs(at);
  const half = Math.ceil(people.length / 2);
  const rotation = [...people, ...people.slice(half), ...people.slice(0, half)];
  const dates = ['03-16', '04-13', '06-08', '07-13', '09-14'];
  const demonstration = dates.map((day, index) => {
    const frame: Frame = {
      name: `社区“两委”主干示范培训班（${String(at.year)} 年第 ${String(index + 1)} 期）`,
      purpose: 'DEMONSTRATION',
      firstDay: mondayFrom(dayIn(at.year, day)),
      halfDays: 6,
      capacity: 58,
    };
    return fill(at, cityClass(at, frame), rotation.slice(index * 58), () => slip(at, 0.02));
  });
  const province = ['05-11', '10-12'].map((day, index) =>
    fill(at, { ...cityClass(at, { name: `全省社区党组织书记示范培训班（第 ${String(index + 1)} 期）`, purpose: 'DEMONSTRATION', firstDay: mondayFrom(dayIn(at.year, day)), halfDays: 8, capacity: 24 }), ...externalProvince }, at.random.shuffle(people), completes),
  );
  const newSecretaries = at.counties.flatMap((county) => county.workers).filter((worker) => isSecretary(worker.post) && yearOf(worker.postSince) >= at.year - 1);
  const inductionFrame: Frame = { name: `新任社区党组织书记任职培训班（${String(at.year)} 年）`, purpose: 'INDUCTION', firstDay: mondayFrom(dayIn(at.year, '08-10')), halfDays: 4, capacity: 40 };
  const induction = fill(at, cityClass(at, inductionFrame), newSecretaries.filter((worker) => at.trained.has(worker.id)), completes);
  const coachingFrame: Frame = { name: `社会工作者职业资格考前辅导班（${String(at.year)} 年）`, purpose: 'EXAM_COACHING', firstDay: mondayFrom(dayIn(at.year, '04-20')), halfDays: 8, capacity: 80 };
  const coaching = fill(at, cityClass(at, coachingFrame), at.random.shuffle(at.counties.flatMap((county) => county.workers).filter((worker) => at.trained.has(worker.id) && !isPrincipal(worker.post))), completes);
  return [...demonstration, ...province, induction, coaching].filter((one) => one.people.length > 0);
}

const externalProvince = {
  tier: 'PROVINCE',
  organiser: '省委社会工作部',
  institution: '省委党校',
  place: '太原市',
  assessment: false,
  external: true,
} as const;

function onboarding(at: Year): PlannedClass[] {
  const starts = ['01-19', '03-02', '04-27', '06-01', '07-06', '08-24', '09-21', '10-26', '12-07'].map((day) => mondayFrom(dayIn(at.year, day)));
  const newcomers = at.counties.flatMap((county) => county.workers).filter((worker) => worker.entryDate >= addMonths(dayIn(at.year, '01-01'), -5) && yearOf(worker.entryDate) <= at.year);
  const groups = new Map<CivilDay, Worker[]>(starts.map((start) => [start, []]));
  for (const worker of newcomers) {
    if (!at.random.chance(0.9)) continue;
    const start = starts.find((day) => day >= addDays(worker.entryDate, at.random.between(15, 80)));
    if (start !== undefined) groups.get(start)?.push(worker);
  }
  return [...groups].flatMap(([firstDay, people], index) => {
    if (people.length === 0) return [];
    const frame: Frame = { name: `新入职社区工作者岗位培训班（${String(at.year)} 年第 ${String(index + 1)} 期）`, purpose: 'ONBOARDING', firstDay, halfDays: 6, capacity: people.length + 4 };
    return [fill(at, cityClass(at, frame), people, completes)];
  });
}

/** Now and then somebody does not finish. */
function slip(at: Year, share: number): Fate {
  if (!at.random.chance(share)) return 'completes';
  return at.random.weighted({ absent: 5, leaves: 3, withdrew: 2 });
}

/** A county's catch-all classes: the trained over the months to the story's day, the arranged in December, some of the rest failing on the way. */
function countyClasses(at: Year, of: CountyPeople, above: readonly PlannedClass[]): PlannedClass[] {
  const seatedAbove = new Set(above.flatMap((one) => one.people.map((person) => person.worker.id)));
  const people = of.workers.filter((worker) => servedOn(worker, dayIn(at.year, '10-01')) && !seatedAbove.has(worker.id));
  const rest = [...of.workers].filter((worker) => servedOn(worker, dayIn(at.year, '10-01')) && !at.trained.has(worker.id));
  const [done, left] = [people.filter((worker) => at.trained.has(worker.id)), at.random.shuffle(rest)];
  const arranged = left.slice(0, Math.round(left.length * of.story.arranged));
  const failing = left.filter(() => at.random.chance(0.35));
  const count = Math.max(2, Math.ceil((done.length + failing.length) / 42));
  const groups = dealOut(at.random.shuffle([...done, ...failing]), count);
  const fateOf = (worker: Worker): Fate => (at.trained.has(worker.id) ? 'completes' : failFate(at));
  const classes = groups.map((group, index) => {
    const firstDay = spread(at, { index, count, shift: Number(of.county.areaCode.slice(-2)) });
    const made = countyClass(at, of, { index: index + 1, firstDay, halfDays: index % 3 === 0 ? 6 : 4, capacity: 60 });
    return fill(at, made, group, fateOf);
  });
  const seated = new Set(classes.flatMap((one) => one.people.map((person) => person.worker.id)));
  const leftOver = done.filter((worker) => !seated.has(worker.id));
  const topped = leftOver.reduce((all, worker) => seatLate(at, all, worker), classes);
  const december = countyClass(at, of, { index: count + 1, firstDay: dayIn(at.year, of.county.areaCode === '140924' ? '12-08' : '12-15'), halfDays: 2, capacity: Math.max(30, arranged.length + 9) });
  return [...topped, ...(at.year === yearOf(at.today) && left.length > 0 ? [fill(at, december, arranged, completes)] : [])];
}

function failFate(at: Year): Fate {
  return at.random.weighted({ absent: 6, leaves: 2, withdrew: 3 });
}

/** Puts somebody who was busy or not yet there into the latest class that still fits. */
function seatLate(at: Year, classes: readonly PlannedClass[], worker: Worker): PlannedClass[] {
  const index = classes.findLastIndex((one) => one.people.length < one.capacity && worker.entryDate <= (one.sessions[0]?.slot.slice(0, 10) ?? '') && at.diary.book(worker, one.sessions));
  return classes.map((one, here) => (here === index ? { ...one, people: [...one.people, { worker, fate: 'completes' as const }] } : one));
}

/** First days of a county's classes over the year, from early spring to the story's day. */
function spread(at: Year, of: { index: number; count: number; shift: number }): CivilDay {
  const from = addDays(dayIn(at.year, '02-24'), (of.shift * 5) % 45);
  const days = 262 - ((of.shift * 5) % 45);
  const day = addDays(from, Math.floor((days * of.index) / Math.max(1, of.count - 1)) + (of.index % 4));
  const last = addDays(dayIn(at.year, storyDay), -3);
  const wanted = day > last ? last : day;
  return weekdayOf(wanted) % 6 === 0 ? addDays(wanted, 2) : wanted;
}

function countyClass(at: Year, of: CountyPeople, frame: { index: number; firstDay: CivilDay; halfDays: number; capacity: number }): PlannedClass {
  return {
    name: `${of.county.name}社区工作者兜底培训班（${String(at.year)} 年第 ${String(frame.index)} 期）`,
    tier: 'COUNTY',
    purpose: 'CATCH_ALL',
    owner: of.county,
    audience: [of.county],
    audienceGroups: [],
    organiser: `${of.county.name}委社会工作部`,
    institution: `${of.county.name}委党校`,
    place: `${of.county.name}委党校三楼会议室`,
    sessions: timetable(at.random, frame.firstDay, { purpose: 'CATCH_ALL', isTownship: false, halfDays: frame.halfDays }),
    capacity: frame.capacity,
    assessment: false,
    external: false,
    people: [],
  };
}

/** Township classes on the post: two a year in the running year, one in the years before. */
function townshipClasses(at: Year, of: CountyPeople): PlannedClass[] {
  const rounds = at.year === yearOf(at.today) ? [0, 1] : [0];
  return rounds.flatMap((round) => of.townships.flatMap((township) => {
    const people = of.workers.filter((worker) => worker.divisionPath.includes(township.id) && !isPrincipal(worker.post));
    if (people.length < 6) return [];
    const firstDay = addDays(dayIn(at.year, '02-20'), round * 130 + at.random.between(0, 120));
    const made: PlannedClass = {
      ...countyClass(at, of, { index: 1, firstDay, halfDays: 2, capacity: 40 }),
      name: `${township.name}社区工作者岗位培训（${String(at.year)} 年第 ${String(round + 1)} 期）`,
      tier: 'TOWNSHIP',
      purpose: 'SPECIAL',
      owner: township,
      audience: [township],
      organiser: `${township.name}党（工）委`,
      institution: '',
      place: `${township.name}会议室`,
    };
    const day = weekdayOf(firstDay) % 6 === 0 ? addDays(firstDay, 2) : firstDay;
    const sessions = timetable(at.random, day, { purpose: 'SPECIAL', isTownship: true, halfDays: made.sessions.length });
    return [fill(at, { ...made, sessions }, people.filter(() => at.random.chance(0.82)), () => slip(at, 0.04))];
  }));
}
