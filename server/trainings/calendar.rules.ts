import { addDays, weekdayOf, type CivilDay } from '../platform/civilDays.js';

/** Something with a first and a last day. */
export interface Spanning {
  readonly firstDay: CivilDay;
  readonly lastDay: CivilDay;
}

/** One cell of a lane: an event over some days of the week, or empty days. */
export interface LaneCell<Event> {
  readonly days: number;
  readonly event: Event | null;
}

/** One week: its days, Monday first, and as many lanes as overlapping events need. */
export interface CalendarWeek<Event> {
  readonly days: readonly CivilDay[];
  readonly lanes: readonly (readonly LaneCell<Event>[])[];
}

/** Days of the week of a day, Monday first. */
function weekOf(day: CivilDay): CivilDay[] {
  const monday = addDays(day, -((weekdayOf(day) + 6) % 7));
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
}

/**
 * A month as a table: every week that holds a day of it (`YYYY-MM`), with the events laid into lanes so that no two share a
 * cell. Longer and earlier events come first; an event that runs over a weekend is drawn in both weeks.
 */
export function monthWeeks<Event extends Spanning>(month: string, events: readonly Event[]): CalendarWeek<Event>[] {
  const weeks: CalendarWeek<Event>[] = [];
  const first = `${month}-01` as CivilDay;
  for (let days = weekOf(first); days[0] !== undefined && days[0].slice(0, 7) <= month; days = weekOf(addDays(days[0], 7))) {
    weeks.push({ days, lanes: lanesOf(days, events) });
  }
  return weeks;
}

/** First and last day that the weeks of a month show. */
export function monthSpan(month: string): Spanning {
  const weeks = monthWeeks(month, []);
  return { firstDay: weeks[0]?.days[0] ?? (`${month}-01` as CivilDay), lastDay: weeks.at(-1)?.days[6] ?? (`${month}-01` as CivilDay) };
}

interface Placed<Event> {
  readonly event: Event;
  readonly from: number;
  readonly to: number;
}

function lanesOf<Event extends Spanning>(days: readonly CivilDay[], events: readonly Event[]): LaneCell<Event>[][] {
  const [monday, sunday] = [days[0] ?? '', days[6] ?? ''];
  const placed = events
    .filter((event) => event.firstDay <= sunday && event.lastDay >= monday)
    .map((event) => ({
      event,
      from: days.findIndex((day) => day >= event.firstDay),
      to: 6 - [...days].reverse().findIndex((day) => day <= event.lastDay),
    }))
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const lanes: Placed<Event>[][] = [];
  for (const one of placed) {
    const free = lanes.find((lane) => (lane.at(-1)?.to ?? -1) < one.from);
    if (free === undefined) lanes.push([one]);
    else free.push(one);
  }
  return lanes.map(cellsOf);
}

function cellsOf<Event>(lane: readonly Placed<Event>[]): LaneCell<Event>[] {
  const cells: LaneCell<Event>[] = [];
  let next = 0;
  for (const { event, from, to } of lane) {
    for (; next < from; next += 1) cells.push({ days: 1, event: null });
    cells.push({ days: to - from + 1, event });
    next = to + 1;
  }
  for (; next < 7; next += 1) cells.push({ days: 1, event: null });
  return cells;
}
