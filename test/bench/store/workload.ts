import type { Collection, Db } from 'mongodb';
import { ATTENDANCE, attendanceAt, attendanceIndexes, enrolmentAt, enrolmentIndexes, ENROLMENTS, rows, workerAt, WORKERS } from './data.js';
import { median, perSecond, waits } from './measure.js';

/** What callers of a database do, through the driver; the same for the store and for a real server. */
export interface Named {
  _id: string;
}

const IN_ONE = 1000;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 5 + n));

/** The query of the compound range: the newest 20 of one class in a stretch of days. */
export const newestOfClass = (i: number) => ({
  filter: { classId: `c${String(i % 600).padStart(4, '0')}`, at: { $gte: day(2), $lt: day(18) } },
  sort: { at: -1 as const },
  limit: 20,
});

export const perMark = [{ $match: { divisionId: 'd07' } }, { $group: { _id: '$mark', minutes: { $sum: '$minutes' }, n: { $sum: 1 } } }];
export const perClass = [{ $group: { _id: '$classId', minutes: { $sum: '$minutes' }, n: { $sum: 1 }, last: { $max: '$at' } } }];

/** The fields that the two groups read. */
export const perMarkFields = ['mark', 'minutes'];
export const perClassFields = ['classId', 'minutes', 'at'];

export async function loadWorkersAndAttendance(db: Db): Promise<void> {
  await db.collection<Named>('workers').insertMany(rows(workerAt, 0, WORKERS) as never);
  const attendance = db.collection<Named>('attendance');
  for (const key of attendanceIndexes) await attendance.createIndex(key);
  await insertRows(attendance, attendanceAt, ATTENDANCE);
}

async function insertRows(collection: Collection<Named>, make: (i: number) => object, count: number): Promise<void> {
  for (let from = 0; from < count; from += IN_ONE) await collection.insertMany(rows(make, from, IN_ONE) as never);
}

/** Milliseconds for 60,000 documents into two indexes, in orders of 1,000, made beforehand. */
export async function bulkLoad(db: Db): Promise<number> {
  const collection = db.collection<Named>('enrolments');
  for (const key of enrolmentIndexes) await collection.createIndex(key);
  const orders = Array.from({ length: ENROLMENTS / IN_ONE }, (_, i) => rows(enrolmentAt, i * IN_ONE, IN_ONE));
  return median(1, async () => {
    for (const order of orders) await collection.insertMany(order as never);
  });
}

/** Acknowledged inserts per second of 64 callers. */
export async function inserts(db: Db): Promise<number> {
  const collection = db.collection<Named>('arrivals');
  for (const key of enrolmentIndexes) await collection.createIndex(key);
  return perSecond(64, 5, (n) => collection.insertOne(enrolmentAt(n) as never, { writeConcern: { w: 'majority', journal: true } }));
}

/** Documents read by `_id` per second by 16 callers. */
export const pointReads = (db: Db): Promise<number> => {
  const workers = db.collection<Named>('workers');
  return perSecond(16, 5, (n) => workers.findOne({ _id: `w${String((n * 7919) % WORKERS).padStart(6, '0')}` }));
};

/** Milliseconds of one query over a compound index. */
export function compoundRange(db: Db): Promise<number> {
  const attendance = db.collection('attendance');
  let i = 0;
  return median(1500, () => {
    const { filter, sort, limit } = newestOfClass((i += 1));
    return attendance.find(filter, { sort, limit }).toArray();
  });
}

export const groupOfDivision = (db: Db): Promise<number> => median(9, () => db.collection('attendance').aggregate(perMark).toArray());

export const groupOfAll = (db: Db): Promise<number> => median(5, () => db.collection('attendance').aggregate(perClass).toArray());

/** The wait for a point read while 1.2 million documents are looked at in vain. */
export function waitsBesideScan(db: Db): Promise<{ longest: number; p99: number }> {
  const scan = async (): Promise<void> => {
    for (let i = 0; i < 4; i += 1) await db.collection('attendance').findOne({ byName: `nobody ${String(i)}` });
  };
  return waits(scan(), () => db.collection<Named>('workers').findOne({ _id: 'w000005' }));
}

/** Reads 1.2 million whole documents through cursors. */
export async function streamAll(db: Db): Promise<number> {
  let n = 0;
  for (let i = 0; i < 4; i += 1) for await (const _row of db.collection('attendance').find({}, { raw: true })) n += 1;
  return n;
}
