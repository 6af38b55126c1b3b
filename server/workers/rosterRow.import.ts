import type { Finding, SheetRow } from '../imports/kinds.js';
import { dayFrom, parseDay, type CivilDay } from '../platform/civilDays.js';
import { maskIdNumber, maskPhone } from '../platform/text/mask.js';
import { matchCommunity, type KnownCommunity } from './communities.rules.js';
import { readEthnicity } from './ethnicities.rules.js';
import { readIdNumber, type AgePolicy, type IdNumberFacts } from './idNumber.rules.js';
import { findNameProblem } from './names.rules.js';
import { readPhone } from './phone.rules.js';
import { labelKey, type Post, type PostClass, type ServiceStatus } from './posts.rules.js';
import { idNumberProblem } from './problems.rules.js';
import {
  codeOf,
  educationWords,
  entrySourceWords,
  politicalStatusWords,
  postClassWords,
  postWords,
  sexWords,
  statusWords,
  templateWords,
  yesOrNo,
  type Words,
} from './rosterWords.rules.js';
import type { WorkerDetails } from './worker.rules.js';

/** What a row says; null where the cell is blank or was put aside with a warning. */
export interface RosterRow {
  readonly line: number;
  readonly name: string;
  readonly idNumber: IdNumberFacts | null;
  readonly phone: string | null;
  readonly community: KnownCommunity | null;
  readonly post: Post | null;
  readonly postClass: PostClass | null;
  readonly postSince: CivilDay | null;
  readonly status: ServiceStatus | null;
  /** Only the filled cells. */
  readonly details: Partial<WorkerDetails>;
}

/** What a row is read against. */
export interface ReadingGround {
  readonly today: CivilDay;
  readonly ages: (divisionPath: readonly string[]) => AgePolicy;
  readonly areaPath: readonly string[];
  readonly communities: readonly KnownCommunity[];
}

const dayFields = ['joinedPartyOn', 'workStartedOn'] as const;
const certificateColumns = ['certificateLevel', 'certificateNo', 'obtainedOn', 'registeredTo'];

/** `1990.05`, `1990-05`, `199005`, `1990年5月` and every way of writing a day; a month means its first day. */
export function parseLooseDay(text: string): CivilDay | null {
  const day = parseDay(text);
  if (day !== null) return day;
  const match = /^(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))$/.exec(text.trim());
  return match ? dayFrom(Number(match[1]), Number(match[2] ?? match[3]), 1) : null;
}

/** Reads one row, cell by cell, with a finding for whatever has to be mended or checked. */
export function readRosterRow(sheet: SheetRow, ground: ReadingGround): { readonly row: RosterRow; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const read = reader(sheet, findings);
  const community = readCommunity(read, ground);
  const idNumber = readNumber(read, ground, sheet.lost.includes('idNumber'));
  compareWithNumber(read, idNumber);
  const post = readPost(read);
  const name = read.cell('name');
  const nameProblem = findNameProblem(name);
  if (nameProblem !== null) read.error('name', `workers.import.name.${nameProblem}`);
  if (certificateColumns.some((key) => read.cell(key) !== '')) read.warn('certificateLevel', 'workers.import.certificatesElsewhere');
  const row: RosterRow = {
    line: sheet.line,
    name,
    idNumber,
    phone: readPhoneCell(read),
    community,
    post,
    postClass: read.code('postClass', postClassWords, 'error'),
    postSince: readPast(read, 'postSince', ground.today),
    status: read.code('status', statusWords, 'error'),
    details: readDetails(read, name, ground.today),
  };
  return { row, findings };
}

interface Reader {
  cell(key: string): string;
  error(column: string | null, key: string, values?: Finding['message']['values'], shown?: string): void;
  warn(column: string | null, key: string, values?: Finding['message']['values'], shown?: string): void;
  code<Code extends string>(column: string, words: Words<Code>, severity: Finding['severity']): Code | null;
}

function reader(sheet: SheetRow, findings: Finding[]): Reader {
  const cell = (key: string): string => sheet.cells[key] ?? '';
  const add = (severity: Finding['severity'], column: string | null, message: Finding['message'], shown?: string): void =>
    void findings.push({ severity, column, shown: shown ?? (column === null ? '' : cell(column)), message });
  return {
    cell,
    error: (column, key, values = {}, shown?: string) => add('error', column, { key, values }, shown),
    warn: (column, key, values = {}, shown?: string) => add('warning', column, { key, values }, shown),
    code(column, words, severity) {
      const text = cell(column);
      if (text === '') return null;
      const code = codeOf(words, text);
      const key = severity === 'error' ? 'workers.import.word.unknown' : 'workers.import.word.ignored';
      if (code === null) add(severity, column, { key, values: { choices: templateWords(words).join('、') } });
      return code;
    },
  };
}

function readCommunity(read: Reader, ground: ReadingGround): KnownCommunity | null {
  const words = { county: read.cell('county'), township: read.cell('township'), community: read.cell('community') };
  if (words.community === '') {
    read.error('community', 'workers.import.community.EMPTY');
    return null;
  }
  const match = matchCommunity(ground.communities, words);
  if (match.ok) return match.community;
  const where = words.township || words.county;
  if (match.problem === 'COUNTY') read.error('county', 'workers.import.community.COUNTY');
  else if (match.problem === 'TOWNSHIP') read.error('township', 'workers.import.community.TOWNSHIP');
  else if (match.problem === 'AMBIGUOUS')
    read.error('community', 'workers.import.community.AMBIGUOUS', { count: match.count, name: words.community });
  else if (match.nearest === null) read.error('community', 'workers.import.community.UNKNOWN', { where, name: words.community });
  else read.error('community', 'workers.import.community.NEAREST', { where, name: words.community, nearest: match.nearest });
  return null;
}

function readNumber(read: Reader, ground: ReadingGround, lost: boolean): IdNumberFacts | null {
  const text = read.cell('idNumber');
  if (lost) {
    read.error('idNumber', 'workers.idNumber.DIGITS_LOST', {}, /E/i.test(text) ? text : maskIdNumber(text));
    return null;
  }
  const reading = readIdNumber(text, ground.today, ground.ages(ground.areaPath));
  if (!reading.ok) {
    const { key, values } = idNumberProblem(reading.problem);
    read.error('idNumber', key, values, maskIdNumber(text));
    return null;
  }
  if (reading.facts.converted) read.warn('idNumber', 'workers.import.idNumber.converted', {}, maskIdNumber(text));
  return reading.facts;
}

/** The number is right by its check digit; what stands beside it is to be checked, and the number holds. */
function compareWithNumber(read: Reader, number: IdNumberFacts | null): void {
  const sex = read.code('sex', sexWords, 'warning');
  if (number === null) return;
  if (sex !== null && sex !== number.sex) read.warn('sex', `workers.import.sex.${number.sex}`);
  const text = read.cell('birth');
  if (text === '') return;
  const birth = parseLooseDay(text);
  if (birth?.slice(0, 7) !== number.birth.slice(0, 7))
    read.warn('birth', 'workers.import.birth.differs', { birth: number.birth.slice(0, 7) });
}

function readPhoneCell(read: Reader): string | null {
  const text = read.cell('phone');
  if (text === '') return null;
  const reading = readPhone(text);
  if (reading.ok) return reading.phone;
  read.error('phone', 'workers.phone.SHAPE', {}, maskPhone(text));
  return null;
}

/** 书记 with 一肩挑 is the dual post; of several posts in one cell the first counts. */
function readPost(read: Reader): Post | null {
  const text = read.cell('post');
  const post = codeOf(postWords, text) ?? firstOfSeveral(read, text);
  if (post === null && text !== '') read.error('post', 'workers.import.word.unknown', { choices: templateWords(postWords).join('、') });
  return post === null ? null : withDualPost(read, post);
}

function withDualPost(read: Reader, post: Post): Post {
  const dual = yesOrNo(read.cell('isDualPost'));
  if (dual === true && (post === 'PARTY_SECRETARY' || post === 'COMMITTEE_DIRECTOR')) return 'DUAL_POST';
  if (dual !== null && dual !== (post === 'DUAL_POST'))
    read.warn('isDualPost', 'workers.import.dualPost.differs', { postKey: labelKey('post', post) });
  return post;
}

function firstOfSeveral(read: Reader, text: string): Post | null {
  const parts = text.split(/[、，,;；/兼]/);
  const post = parts.length > 1 ? codeOf(postWords, parts[0] ?? '') : null;
  if (post !== null) read.warn('post', 'workers.import.post.several', { postKey: labelKey('post', post) });
  return post;
}

/** A day that has to lie in the past; a later one is put aside with a warning. */
function readPast(read: Reader, column: string, today: CivilDay): CivilDay | null {
  const text = read.cell(column);
  if (text === '') return null;
  const day = parseLooseDay(text);
  if (day === null) read.error(column, 'workers.import.day.notADay');
  else if (day > today) read.warn(column, 'workers.import.day.future');
  return day === null || day > today ? null : day;
}

function readDetails(read: Reader, name: string, today: CivilDay): Partial<WorkerDetails> {
  const days = dayFields.map((field) => [field, readPast(read, field, today)] as const);
  const ethnicityText = read.cell('ethnicity');
  const ethnicity = ethnicityText === '' ? null : readEthnicity(ethnicityText);
  if (ethnicityText !== '' && ethnicity === null) read.warn('ethnicity', 'workers.import.ethnicity.unknown');
  const majorText = read.cell('isSocialWorkMajor');
  const major = majorText === '' ? null : yesOrNo(majorText);
  if (majorText !== '' && major === null) read.warn('isSocialWorkMajor', 'workers.import.word.ignored', { choices: '是、否' });
  const filled: Record<string, unknown> = {
    name,
    ...Object.fromEntries(days),
    ethnicity,
    politicalStatus: read.code('politicalStatus', politicalStatusWords, 'warning'),
    fullTimeEducation: read.code('fullTimeEducation', educationWords, 'warning'),
    inServiceEducation: read.code('inServiceEducation', educationWords, 'warning'),
    fullTimeSchool: read.cell('fullTimeSchool').slice(0, 100),
    inServiceSchool: read.cell('inServiceSchool').slice(0, 100),
    isSocialWorkMajor: major,
    entrySource: read.code('entrySource', entrySourceWords, 'warning'),
    grade: readGrade(read),
    note: read.cell('note').slice(0, 500),
  };
  return Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== null && value !== ''));
}

function readGrade(read: Reader): number | null {
  const text = read.cell('grade').replace(/级$/, '');
  if (text === '') return null;
  const grade = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (grade >= 1 && grade <= 18) return grade;
  read.warn('grade', 'workers.import.grade.outOfRange');
  return null;
}
