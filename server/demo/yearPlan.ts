import type { Division } from '../divisions/divisions.store.js';
import { addDays, weekdayOf, yearOf, type CivilDay } from '../platform/civilDays.js';
import { isPrincipal } from '../workers/posts.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import { dealOut, newDiary } from './assign.js';
import { cityClasses, onboarding, running } from './cityPlan.js';
import { servedOn, timetable, type Fate, type PlannedClass } from './plan.js';
import type { Random } from './random.js';
import { completes, dayIn, fill, slip, type CountyPeople, type Year } from './yearGround.js';

/** The day to which the stories' shares belong. */
const storyDay = '11-20';
const pastYearShare = 0.97;

/** Every class of a year, from the province's to the townships', with who is in it and how it ends. */
export function planYear(
  random: Random,
  year: number,
  of: { today: CivilDay; city: Division; counties: readonly CountyPeople[] },
): readonly PlannedClass[] {
  const trained = new Set(of.counties.flatMap((county) => trainedIn(random, year, { ...of, county })));
  const at: Year = { random, year, ...of, diary: newDiary(), trained };
  const above = cityClasses(at);
  return [
    ...running(at),
    ...above,
    ...onboarding(at),
    ...of.counties.flatMap((county) => [...countyClasses(at, county, above), ...townshipClasses(at, county)]),
  ];
}

function trainedIn(random: Random, year: number, of: { today: CivilDay; county: CountyPeople }): readonly string[] {
  const share = year < yearOf(of.today) ? Math.max(pastYearShare, of.county.story.trained) : of.county.story.trained;
  const due = random.shuffle(of.county.workers.filter((worker) => servedOn(worker, dayIn(year, '10-01'))));
  return due.slice(0, Math.round(due.length * share)).map((worker) => worker.id);
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
  const december = countyClass(at, of, {
    index: count + 1,
    firstDay: dayIn(at.year, of.county.areaCode === '140924' ? '12-08' : '12-15'),
    halfDays: 2,
    capacity: Math.max(30, arranged.length + 9),
  });
  return [...topped, ...(at.year === yearOf(at.today) && left.length > 0 ? [fill(at, december, arranged, completes)] : [])];
}

function failFate(at: Year): Fate {
  return at.random.weighted({ absent: 6, leaves: 2, withdrew: 3 });
}

/** Puts somebody who was busy or not yet there into the first class that still fits. */
function seatLate(at: Year, classes: readonly PlannedClass[], worker: Worker): PlannedClass[] {
  const index = classes.findIndex(
    (one) =>
      one.people.length < one.capacity &&
      worker.entryDate <= (one.sessions[0]?.slot.slice(0, 10) ?? '') &&
      at.diary.book(worker, one.sessions),
  );
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

function countyClass(
  at: Year,
  of: CountyPeople,
  frame: { index: number; firstDay: CivilDay; halfDays: number; capacity: number },
): PlannedClass {
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
  return rounds.flatMap((round) =>
    of.townships.flatMap((township) => {
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
      return [
        fill(
          at,
          { ...made, sessions },
          people.filter(() => at.random.chance(0.82)),
          () => slip(at, 0.04),
        ),
      ];
    }),
  );
}
