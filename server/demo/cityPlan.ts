import { addDays, addMonths, weekdayOf, yearOf, type CivilDay } from '../platform/civilDays.js';
import type { Purpose } from '../trainings/classes.rules.js';
import { isPrincipal, isSecretary } from '../workers/posts.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import { timetable, type PlannedClass } from './plan.js';
import { completes, dayIn, fill, mondayFrom, slip, type Year } from './yearGround.js';

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

function trainedOf(at: Year): Worker[] {
  return at.counties.flatMap((county) => county.workers).filter((worker) => at.trained.has(worker.id));
}

function chiefs(at: Year): Worker[] {
  const trained = trainedOf(at);
  return [
    ...at.random.shuffle(trained.filter((worker) => isPrincipal(worker.post))),
    ...at.random.shuffle(trained.filter((worker) => worker.postClass === 'DEPUTY')),
  ];
}

/** The city class that is under way today: the class teacher of the demo takes its roll. */
export function running(at: Year): PlannedClass[] {
  if (at.year !== yearOf(at.today)) return [];
  const monday = addDays(at.today, -((weekdayOf(at.today) + 6) % 7));
  const frame: Frame = {
    name: `社区“两委”主干示范培训班（${String(at.year)} 年第 6 期）`,
    purpose: 'DEMONSTRATION',
    firstDay: monday,
    halfDays: 10,
    capacity: 60,
  };
  const principals = at.counties.flatMap((county) => county.workers).filter((worker) => isPrincipal(worker.post));
  return [fill(at, cityClass(at, frame), at.random.shuffle(principals), completes)];
}

/** The city's and the province's classes of a year, in the order in which they fill. */
export function cityClasses(at: Year): PlannedClass[] {
  const people = chiefs(at);
  const all = [...demonstrations(at, people), ...provinceClasses(at, people), induction(at), coaching(at)];
  return all.filter((one) => one.people.length > 0);
}

function demonstrations(at: Year, people: readonly Worker[]): PlannedClass[] {
  const half = Math.ceil(people.length / 2);
  const rotation = [...people, ...people.slice(half), ...people.slice(0, half)];
  return ['03-16', '04-13', '06-08', '07-13', '09-14'].map((day, index) => {
    const frame: Frame = {
      name: `社区“两委”主干示范培训班（${String(at.year)} 年第 ${String(index + 1)} 期）`,
      purpose: 'DEMONSTRATION',
      firstDay: mondayFrom(dayIn(at.year, day)),
      halfDays: 6,
      capacity: 58,
    };
    return fill(at, cityClass(at, frame), rotation.slice(index * 58), () => slip(at, 0.02));
  });
}

function provinceClasses(at: Year, people: readonly Worker[]): PlannedClass[] {
  return ['05-11', '10-12'].map((day, index) => {
    const frame: Frame = {
      name: `全省社区党组织书记示范培训班（第 ${String(index + 1)} 期）`,
      purpose: 'DEMONSTRATION',
      firstDay: mondayFrom(dayIn(at.year, day)),
      halfDays: 8,
      capacity: 24,
    };
    return fill(at, cityClass(at, frame, externalProvince), at.random.shuffle(people), completes);
  });
}

function induction(at: Year): PlannedClass {
  const frame: Frame = {
    name: `新任社区党组织书记任职培训班（${String(at.year)} 年）`,
    purpose: 'INDUCTION',
    firstDay: mondayFrom(dayIn(at.year, '08-10')),
    halfDays: 4,
    capacity: 40,
  };
  const isNew = (worker: Worker): boolean => isSecretary(worker.post) && yearOf(worker.postSince) >= at.year - 1;
  return fill(at, cityClass(at, frame), trainedOf(at).filter(isNew), completes);
}

function coaching(at: Year): PlannedClass {
  const frame: Frame = {
    name: `社会工作者职业资格考前辅导班（${String(at.year)} 年）`,
    purpose: 'EXAM_COACHING',
    firstDay: mondayFrom(dayIn(at.year, '04-20')),
    halfDays: 8,
    capacity: 80,
  };
  const candidates = trainedOf(at).filter((worker) => !isPrincipal(worker.post));
  return fill(at, cityClass(at, frame), at.random.shuffle(candidates), completes);
}

const externalProvince = {
  tier: 'PROVINCE',
  organiser: '省委社会工作部',
  institution: '省委党校',
  place: '太原市',
  assessment: false,
  external: true,
} as const;

/** The year's classes for new hires, each for those who entered since the one before. */
export function onboarding(at: Year): PlannedClass[] {
  const starts = ['01-19', '03-02', '04-27', '06-01', '07-06', '08-24', '09-21', '10-26', '12-07'].map((day) =>
    mondayFrom(dayIn(at.year, day)),
  );
  const newcomers = at.counties
    .flatMap((county) => county.workers)
    .filter((worker) => worker.entryDate >= addMonths(dayIn(at.year, '01-01'), -5) && yearOf(worker.entryDate) <= at.year);
  const groups = new Map<CivilDay, Worker[]>(starts.map((start) => [start, []]));
  for (const worker of newcomers) {
    if (!at.random.chance(0.9)) continue;
    const start = starts.find((day) => day >= addDays(worker.entryDate, at.random.between(15, 80)));
    if (start !== undefined) groups.get(start)?.push(worker);
  }
  return [...groups].flatMap(([firstDay, people], index) => {
    if (people.length === 0) return [];
    const frame: Frame = {
      name: `新入职社区工作者岗位培训班（${String(at.year)} 年第 ${String(index + 1)} 期）`,
      purpose: 'ONBOARDING',
      firstDay,
      halfDays: 6,
      capacity: people.length + 4,
    };
    return [fill(at, cityClass(at, frame), people, completes)];
  });
}
