import { dayOf, startOfDay, type CivilDay } from './civilDays.js';

/** The time as the product knows it. Everything that asks for the time is given one; rules are given `today` instead. */
export interface Clock {
  now(): Date;
  /** Today in Asia/Shanghai. */
  today(): CivilDay;
}

/** The machine's own time. */
export function systemClock(): Clock {
  return clockFrom(() => new Date());
}

/**
 * A clock that stays on one day and keeps the machine's time of day: a demo opened at 14:05 says 14:05 of that day.
 * At midnight it starts the same day again; what must never run backwards (locks, leases) uses the monotonic timer instead.
 */
export function clockFixedOn(day: CivilDay, machine: () => Date = () => new Date()): Clock {
  return clockFrom(() => {
    const real = machine();
    const sinceMidnight = real.getTime() - startOfDay(dayOf(real)).getTime();
    return new Date(startOfDay(day).getTime() + sinceMidnight);
  });
}

function clockFrom(now: () => Date): Clock {
  return { now, today: () => dayOf(now()) };
}
