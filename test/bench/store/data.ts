import type { Document } from 'mongodb';

export const WORKERS = 10_000;
export const ATTENDANCE = 300_000;
export const ENROLMENTS = 60_000;
export const DIVISIONS = 14;
const CLASSES = 600;

const START = Date.UTC(2026, 0, 5, 1);
const HOUR = 3_600_000;
const surnames = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑';
const given = '芳伟敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚';

const numbered = (letter: string, n: number, digits: number): string => letter + String(n).padStart(digits, '0');

/** A fixed, well mixed number for every `n`: the same data in every run. */
function mixed(n: number): number {
  let x = (n + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

const pick = (letters: string, n: number): string => letters[n % letters.length] ?? '';
const nameOf = (worker: number): string => pick(surnames, mixed(worker)) + pick(given, mixed(worker + 1)) + pick(given, mixed(worker + 2));

/** One of the 10,000 persons. */
export const workerAt = (i: number): Document => ({
  _id: numbered('w', i, 6),
  name: nameOf(i),
  divisionId: numbered('d', i % DIVISIONS, 2),
  post: i % 5,
  status: i % 17 === 0 ? 'left' : 'active',
  joinedAt: new Date(START - (mixed(i) % 3000) * 24 * HOUR),
});

/** One of the 300,000 marks: who was where when, for how many minutes. */
export function attendanceAt(i: number): Document {
  const worker = mixed(i) % WORKERS;
  return {
    _id: numbered('a', i, 8),
    workerId: numbered('w', worker, 6),
    classId: numbered('c', i % CLASSES, 4),
    sessionId: numbered('s', i % (CLASSES * 8), 5),
    divisionId: numbered('d', i % DIVISIONS, 2),
    mark: ['present', 'present', 'present', 'leave', 'absent'][mixed(i + 7) % 5],
    late: i % 23 === 0,
    madeUp: false,
    reason: '',
    minutes: 60 + (mixed(i + 3) % 5) * 30,
    byName: nameOf(worker + 1),
    at: new Date(START + Math.floor(i / CLASSES) * HOUR),
    supersededAt: null,
  };
}

/** One of the 60,000 enrolments, loaded in bulk into two indexes. */
export const enrolmentAt = (i: number): Document => ({
  _id: numbered('e', i, 7),
  workerId: numbered('w', mixed(i) % WORKERS, 6),
  classId: numbered('c', i % CLASSES, 4),
  name: nameOf(i),
  state: i % 9 === 0 ? 'waiting' : 'enrolled',
  at: new Date(START + i * 1000),
});

export const attendanceIndexes: readonly Document[] = [{ workerId: 1, at: -1 }, { classId: 1, at: 1 }, { divisionId: 1 }];

export const enrolmentIndexes: readonly Document[] = [
  { workerId: 1, at: 1 },
  { classId: 1, state: 1 },
];

/** A range of rows, made one after the other. */
export const rows = (make: (i: number) => Document, from: number, count: number): Document[] =>
  Array.from({ length: count }, (_, i) => make(from + i));
