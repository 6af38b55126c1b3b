import { refuse } from '../../errors.js';
import { MS_PER_DAY } from './civil.js';

/** A time zone: how far its wall clock is ahead of UTC at an instant, and back. All in milliseconds. */
export interface Zone {
  readonly isUtc: boolean;
  offsetAt(instant: number): number;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;

const fixed = (offset: number, isUtc: boolean): Zone => ({ isUtc, offsetAt: () => offset });

export const utc: Zone = fixed(0, true);

/** A stretch of time with at most one change of offset; shorter than the distance of any two real changes. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly change: number;
  readonly after: number;
}

const SPAN = 7 * MS_PER_DAY;
const SPANS_KEPT = 8192;

/** Reads `GMT+08:00` or `GMT-04:56:02` as milliseconds. */
function readOffset(text: string): number {
  const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(text);
  if (found?.[1] === undefined) return 0;
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = found;
  const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000;
  return sign === '-' ? -size : size;
}

/** A zone of the tz database. Asking Intl costs a hundred times the rest, so its answers are kept by week. */
class NamedZone implements Zone {
  readonly isUtc = false;
  private readonly spans = new Map<number, Span>();
  private last: Span = { start: 0, end: 0, before: 0, change: 0, after: 0 };

  constructor(private readonly format: Intl.DateTimeFormat) {}

  offsetAt(instant: number): number {
    if (instant < this.last.start || instant >= this.last.end) this.last = this.spanOf(Math.floor(instant / SPAN));
    return instant < this.last.change ? this.last.before : this.last.after;
  }

  private spanOf(index: number): Span {
    const known = this.spans.get(index);
    if (known !== undefined) return known;
    if (this.spans.size >= SPANS_KEPT) this.spans.clear();
    const span = this.measure(index * SPAN, (index + 1) * SPAN);
    this.spans.set(index, span);
    return span;
  }

  private measure(start: number, end: number): Span {
    const before = this.ask(start);
    const after = this.ask(end);
    if (before === after) return { start, end, before, change: end, after };
    let low = start;
    let high = end;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (this.ask(middle) === before) low = middle;
      else high = middle;
    }
    return { start, end, before, change: high, after };
  }

  private ask(instant: number): number {
    return readOffset(this.format.format(instant));
  }
}

const fixedOffset = /^([+-])(\d\d)(?::?(\d\d))?$/;
const zones = new Map<string, Zone>([
  ['UTC', utc],
  ['GMT', utc],
]);

function makeZone(name: string): Zone {
  const found = fixedOffset.exec(name);
  if (found !== null) {
    const [, sign, hours = '0', minutes = '0'] = found;
    const size = Number(hours) * HOUR + Number(minutes) * MINUTE;
    return fixed(sign === '-' ? -size : size, size === 0);
  }
  try {
    return new NamedZone(new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' }));
  } catch {
    throw refuse.location(40485, `unrecognized time zone identifier: "${name}"`);
  }
}

/** The zone of an Olson identifier (`Asia/Shanghai`) or an offset (`+08:00`, `+0800`, `+08`); error 40485 for any other text. */
export function zoneNamed(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = makeZone(name);
  zones.set(name, zone);
  return zone;
}

/** The instant at which the zone's wall clock shows `local`: the first of two when it shows it twice, moved on by the gap when it skips it. */
export function instantOf(local: number, zone: Zone): number {
  const before = zone.offsetAt(local - MS_PER_DAY);
  const after = zone.offsetAt(local + MS_PER_DAY);
  if (before === after) return local - before;
  const early = local - before;
  if (zone.offsetAt(early) === before) return early;
  const late = local - after;
  return zone.offsetAt(late) === after ? late : early;
}
