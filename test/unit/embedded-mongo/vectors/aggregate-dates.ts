import { ObjectId, Timestamp } from 'bson';
import { fails, gives } from './aggregate-kinds.js';

/** A Saturday evening in UTC, a Sunday morning in Shanghai: 2026-02-28T22:30:45.678Z. */
const evening = { d: new Date('2026-02-28T22:30:45.678Z') };
const shanghai = { date: '$d', timezone: 'Asia/Shanghai' };
const newYork = 'America/New_York';
const at = (iso: string): { d: Date } => ({ d: new Date(iso) });

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/#date-expression-operators */
export const datePartVectors = [
  gives('$year', { $year: '$d' }, 2026, evening),
  gives('$year', { $year: ['$d'] }, 2026, evening),
  gives('$year', { $year: { date: '$d', timezone: '+08:00' } }, 2027, at('2026-12-31T16:00:00Z')),
  gives('$year', { $year: '$d' }, 1969, at('1969-12-31T23:59:59.999Z')),
  gives('$year', { $year: '$none' }, null),
  gives('$year', { $year: null }, null),
  gives('$year', { $year: { date: '$d', timezone: null } }, null, evening),
  gives('$year', { $year: { date: '$d', timezone: '$none' } }, null, evening),
  gives('$year', { $year: '$d' }, 2024, { d: new ObjectId('65f000000000000000000001') }),
  gives('$year', { $year: '$d' }, 2001, { d: new Timestamp({ t: 1_000_000_000, i: 1 }) }),
  fails('$year', { $year: 'text' }, 16006),
  fails('$year', { $year: 2026 }, 16006),
  fails('$year', { $year: ['$d', '$d'] }, 40536, evening),
  fails('$year', { $year: { timezone: 'UTC' } }, 40539),
  fails('$year', { $year: { date: '$d', zone: 'UTC' } }, 40535, evening),
  fails('$year', { $year: { date: '$d', timezone: 'Asia/Atlantis' } }, 40485, evening),
  fails('$year', { $year: { date: '$d', timezone: 8 } }, 40517, evening),
  gives('$month', { $month: '$d' }, 2, evening),
  gives('$month', { $month: shanghai }, 3, evening),
  fails('$month', { $month: [] }, 40536),
  gives('$dayOfMonth', { $dayOfMonth: '$d' }, 28, evening),
  gives('$dayOfMonth', { $dayOfMonth: shanghai }, 1, evening),
  gives('$dayOfMonth', { $dayOfMonth: '$d' }, 29, at('2024-02-29T12:00:00Z')),
  gives('$dayOfMonth', { $dayOfMonth: '$none' }, null),
  fails('$dayOfMonth', { $dayOfMonth: [] }, 40536),
  gives('$dayOfWeek', { $dayOfWeek: '$d' }, 7, evening),
  gives('$dayOfWeek', { $dayOfWeek: shanghai }, 1, evening),
  fails('$dayOfWeek', { $dayOfWeek: true }, 16006),
  gives('$hour', { $hour: '$d' }, 22, evening),
  gives('$hour', { $hour: shanghai }, 6, evening),
  gives('$hour', { $hour: { date: '$d', timezone: '-0330' } }, 19, evening),
  gives('$hour', { $hour: { date: '$d', timezone: '$z' } }, 17, { ...evening, z: newYork }),
  // Shanghai kept summer time in 1986–1991.
  gives('$hour', { $hour: shanghai }, 9, at('1988-07-01T00:00:00Z')),
  gives('$hour', { $hour: { date: '$d', timezone: newYork } }, 1, at('2026-03-08T06:59:59Z')),
  gives('$hour', { $hour: { date: '$d', timezone: newYork } }, 3, at('2026-03-08T07:00:00Z')),
  gives('$hour', { $hour: '$none' }, null),
  fails('$hour', { $hour: { $literal: {} } }, 16006),
  gives('$minute', { $minute: '$d' }, 30, evening),
  gives('$minute', { $minute: { date: '$d', timezone: 'Asia/Kolkata' } }, 0, evening),
  fails('$minute', { $minute: 'x' }, 16006),
  gives('$second', { $second: '$d' }, 45, evening),
  gives('$second', { $second: '$d' }, 59, at('1969-12-31T23:59:59.999Z')),
  gives('$second', { $second: '$none' }, null),
  fails('$second', { $second: { date: '$d', timezone: [] } }, 40517, evening),
];

const print = (format: string, timezone?: string): unknown => ({
  $dateToString: { date: '$d', format, ...(timezone === undefined ? {} : { timezone }) },
});

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateToString/ */
export const dateToStringVectors = [
  gives('$dateToString', { $dateToString: { date: '$d' } }, '2026-02-28T22:30:45.678Z', evening),
  gives('$dateToString', { $dateToString: shanghai }, '2026-03-01T06:30:45.678', evening),
  gives('$dateToString', print('%Y-%m-%d', 'Asia/Shanghai'), '2026-03-01', evening),
  gives('$dateToString', print('%H:%M:%S.%L'), '22:30:45.678', evening),
  gives('$dateToString', print('%j %w %u %%'), '059 7 6 %', evening),
  gives('$dateToString', print('%G-W%V %U'), '2026-W53 00', at('2027-01-01T12:00:00Z')),
  gives('$dateToString', print('%G-W%V %U'), '2025-W01 52', at('2024-12-30T12:00:00Z')),
  gives('$dateToString', print('%z %Z', 'Asia/Kolkata'), '+0530 +330', evening),
  gives('$dateToString', print('%z %Z', newYork), '-0500 -300', evening),
  gives('$dateToString', print('%b %B'), 'Feb February', evening),
  gives('$dateToString', print('年%Y'), '年0099', at('0099-05-05T00:00:00Z')),
  gives('$dateToString', { $dateToString: { date: '$none' } }, null),
  gives('$dateToString', { $dateToString: { date: '$none', onNull: '—' } }, '—'),
  gives('$dateToString', { $dateToString: { date: null, format: '%Y', onNull: '$x' } }, 5, { x: 5 }),
  gives('$dateToString', { $dateToString: { date: '$d', format: '$none' } }, null, evening),
  gives('$dateToString', { $dateToString: { date: '$d', timezone: '$none' } }, null, evening),
  fails('$dateToString', { $dateToString: '$d' }, 18629, evening),
  fails('$dateToString', { $dateToString: { format: '%Y' } }, 18628),
  fails('$dateToString', { $dateToString: { date: '$d', zone: 'UTC' } }, 18534, evening),
  fails('$dateToString', { $dateToString: { date: '$d', format: 5 } }, 18533, evening),
  fails('$dateToString', print('%Y %'), 18535, evening),
  fails('$dateToString', print('%Q'), 18536, evening),
  fails('$dateToString', print('%Y'), 18537, at('+010000-01-01T00:00:00Z')),
  fails('$dateToString', print('%Y', 'Nowhere'), 40485, evening),
  fails('$dateToString', { $dateToString: { date: 'x', format: '%Y' } }, 16006),
];

const trunc = (unit: string, more: Readonly<Record<string, unknown>> = {}): unknown => ({ $dateTrunc: { date: '$d', unit, ...more } });
const inShanghai = { timezone: 'Asia/Shanghai' };

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateTrunc/ */
export const dateTruncVectors = [
  gives('$dateTrunc', trunc('year'), new Date('2026-01-01T00:00:00Z'), evening),
  gives('$dateTrunc', trunc('year', inShanghai), new Date('2025-12-31T16:00:00Z'), evening),
  gives('$dateTrunc', trunc('year', { binSize: 5 }), new Date('2025-01-01T00:00:00Z'), evening),
  gives('$dateTrunc', trunc('quarter'), new Date('2026-01-01T00:00:00Z'), evening),
  gives('$dateTrunc', trunc('month', inShanghai), new Date('2026-02-28T16:00:00Z'), evening),
  gives('$dateTrunc', trunc('month', { binSize: 2 }), new Date('1999-11-01T00:00:00Z'), at('1999-12-15T00:00:00Z')),
  gives('$dateTrunc', trunc('week'), new Date('2026-02-22T00:00:00Z'), evening),
  gives('$dateTrunc', trunc('week', { startOfWeek: 'Monday' }), new Date('2026-02-23T00:00:00Z'), evening),
  gives('$dateTrunc', trunc('week', { startOfWeek: 'sat' }), new Date('2026-02-28T00:00:00Z'), evening),
  gives('$dateTrunc', trunc('week', { binSize: 2, startOfWeek: 'mon' }), new Date('2000-01-03T00:00:00Z'), at('2000-01-16T23:59:59Z')),
  gives('$dateTrunc', trunc('day'), new Date('2026-02-28T00:00:00Z'), evening),
  gives('$dateTrunc', trunc('day', inShanghai), new Date('2026-02-28T16:00:00Z'), evening),
  gives('$dateTrunc', trunc('day', { binSize: 7 }), new Date('2000-01-01T00:00:00Z'), at('2000-01-07T23:00:00Z')),
  gives('$dateTrunc', trunc('day', { timezone: newYork }), new Date('2026-03-08T05:00:00Z'), at('2026-03-08T12:00:00Z')),
  gives('$dateTrunc', trunc('hour', { timezone: 'Asia/Kolkata' }), new Date('2026-02-28T22:30:00Z'), evening),
  gives('$dateTrunc', trunc('hour', { binSize: 6 }), new Date('2026-02-28T18:00:00Z'), evening),
  gives('$dateTrunc', trunc('minute', { binSize: 20 }), new Date('2026-02-28T22:20:00Z'), evening),
  gives('$dateTrunc', trunc('second'), new Date('2026-02-28T22:30:45Z'), evening),
  gives('$dateTrunc', trunc('millisecond'), evening.d, evening),
  gives('$dateTrunc', trunc('day'), null),
  gives('$dateTrunc', { $dateTrunc: { date: '$d', unit: '$none' } }, null, evening),
  gives('$dateTrunc', trunc('day', { binSize: null }), null, evening),
  gives('$dateTrunc', trunc('day', { timezone: '$none' }), null, evening),
  gives('$dateTrunc', trunc('week', { startOfWeek: null }), null, evening),
  gives('$dateTrunc', trunc('day', { startOfWeek: '$none' }), new Date('2026-02-28T00:00:00Z'), evening),
  fails('$dateTrunc', { $dateTrunc: '$d' }, 5439007, evening),
  fails('$dateTrunc', trunc('day', { zone: 1 }), 5439008, evening),
  fails('$dateTrunc', { $dateTrunc: { unit: 'day' } }, 5439009),
  fails('$dateTrunc', { $dateTrunc: { date: '$d' } }, 5439010, evening),
  fails('$dateTrunc', { $dateTrunc: { date: '$d', unit: 5 } }, 5439013, evening),
  fails('$dateTrunc', trunc('fortnight'), 9, evening),
  fails('$dateTrunc', trunc('week', { startOfWeek: 1 }), 5439015, evening),
  fails('$dateTrunc', trunc('week', { startOfWeek: 'noday' }), 5439016, evening),
  fails('$dateTrunc', trunc('day', { binSize: 1.5 }), 5439017, evening),
  fails('$dateTrunc', trunc('day', { binSize: 0 }), 5439018, evening),
  fails('$dateTrunc', { $dateTrunc: { date: 'x', unit: 'day' } }, 5166307),
  fails('$dateTrunc', trunc('day', { timezone: 'Nowhere' }), 40485, evening),
];
