import type { Change, Message, Shown } from '../imports/kinds.js';
import type { CivilDay } from '../platform/civilDays.js';
import { maskPhone } from './phone.rules.js';
import { hasLeft, labelKey, usualPostClass, type Post, type PostClass, type ServiceStatus } from './posts.rules.js';
import type { RosterRow } from './rosterRow.import.js';
import { detailChanges, type DetailChange, type DetailField, type Worker, type WorkerDetails } from './worker.rules.js';

/** What an import does to the career of a known person. */
export interface RosterCareer {
  readonly day: CivilDay;
  readonly post?: { readonly divisionId: string; readonly post: Post; readonly postClass: PostClass } | null;
  readonly status?: ServiceStatus;
}

/** What a row changes of a known person. */
export interface RosterDiff {
  readonly details: Partial<WorkerDetails>;
  readonly phone: string | null;
  readonly career: RosterCareer | null;
  readonly changes: readonly Change[];
  /** The person has left and the file does not say that they are back. */
  readonly leftUntouched: boolean;
}

/** The stored person and what the row is compared with. */
export interface DiffGround {
  readonly worker: Worker;
  /** Name of the stored community. */
  readonly placeName: string;
  readonly samePhone: boolean;
  readonly asOf: CivilDay;
}

const effect = (name: string, values: Message['values'] = {}): Message => ({ key: `workers.import.effect.${name}`, values });
const word = (key: string): Message => ({ key, values: {} });
const studyFields: readonly DetailField[] = ['fullTimeEducation', 'inServiceEducation', 'isSocialWorkMajor', 'workStartedOn'];

/** The differences of a row in the order of the roster; blank cells change nothing. */
export function diffOf(row: RosterRow, ground: DiffGround): RosterDiff {
  const { worker } = ground;
  const changed = detailChanges(worker, row.details);
  const details = Object.fromEntries(changed.map(({ field, to }) => [field, to])) as Partial<WorkerDetails>;
  const phone = row.phone !== null && !ground.samePhone ? row.phone : null;
  const { career, leftUntouched } = careerOf(row, ground);
  const changes = [
    ...changed.map(detailShown),
    ...(phone === null
      ? []
      : [{ field: 'workers.field.phone', now: worker.phoneMasked ?? '', after: maskPhone(phone), effect: effect('phone') }]),
    ...(career === null ? [] : careerShown(row, ground, career)),
  ];
  return { details, phone, career, changes, leftUntouched };
}

/** 任现职时间 if it is newer than the stored one, else the day the file is about (decision 23). */
function effectiveDay(row: RosterRow, ground: DiffGround): CivilDay {
  return row.postSince !== null && row.postSince > ground.worker.postSince ? row.postSince : ground.asOf;
}

function careerOf(row: RosterRow, ground: DiffGround): Pick<RosterDiff, 'career' | 'leftUntouched'> {
  const { worker } = ground;
  const day = effectiveDay(row, ground);
  const status = row.status ?? worker.status;
  if (hasLeft(worker.status) && hasLeft(status))
    return { career: null, leftUntouched: row.status === null || row.status !== worker.status };
  if (hasLeft(status)) return { career: { day, post: null, status }, leftUntouched: false };
  const post = newPostOf(row, worker);
  if (post === null && status === worker.status) return { career: null, leftUntouched: false };
  const career = { day, ...(post === null ? {} : { post }), ...(status === worker.status ? {} : { status }) };
  return { career, leftUntouched: false };
}

/** The post of the row, or null when it is the one held already; who comes back gets a post in any case. */
function newPostOf(row: RosterRow, worker: Worker): { divisionId: string; post: Post; postClass: PostClass } | null {
  const post = row.post ?? worker.post;
  const postClass = row.postClass ?? (post === worker.post ? worker.postClass : usualPostClass[post]);
  const divisionId = row.community?.id ?? worker.divisionId;
  const held = divisionId === worker.divisionId && post === worker.post && postClass === worker.postClass;
  return held && !hasLeft(worker.status) ? null : { divisionId, post, postClass };
}

function careerShown(row: RosterRow, ground: DiffGround, career: RosterCareer): Change[] {
  const { worker } = ground;
  const { day } = career;
  const changes: Change[] = [];
  const back = hasLeft(worker.status);
  if (career.status !== undefined) {
    const name = hasLeft(career.status) ? 'leaves' : back ? 'returns' : 'status';
    changes.push({
      field: 'workers.field.status',
      now: word(labelKey('serviceStatus', worker.status)),
      after: word(labelKey('serviceStatus', career.status)),
      effect: effect(name, { day }),
    });
  }
  if (career.post === undefined || career.post === null) return changes;
  const { post, postClass, divisionId } = career.post;
  if (divisionId !== worker.divisionId) {
    const after = row.community === null ? '' : row.community.name;
    changes.push({
      field: 'workers.field.division',
      now: ground.placeName,
      after,
      effect: effect('division', { day }),
    });
  }
  if (post !== worker.post) {
    changes.push({
      field: 'workers.field.post',
      now: word(labelKey('post', worker.post)),
      after: word(labelKey('post', post)),
      effect: effect('post', { day }),
    });
  }
  if (postClass !== worker.postClass) {
    changes.push({
      field: 'workers.field.postClass',
      now: word(labelKey('postClass', worker.postClass)),
      after: word(labelKey('postClass', postClass)),
      effect: effect('postClass', { day }),
    });
  }
  return changes;
}

function detailShown(change: DetailChange): Change {
  const name =
    change.field === 'name' ? 'name' : change.field === 'grade' ? 'grade' : studyFields.includes(change.field) ? 'study' : 'file';
  return {
    field: `workers.field.${change.field}`,
    now: detailText(change.field, change.from),
    after: detailText(change.field, change.to),
    effect: effect(name),
  };
}

/** A stored value as it is shown: words by their key, everything else as text. */
export function detailText(field: DetailField, value: WorkerDetails[DetailField]): Shown {
  if (value === null || value === '') return word('workers.none');
  switch (field) {
    case 'politicalStatus':
      return word(`workers.politicalStatus.${String(value)}`);
    case 'fullTimeEducation':
    case 'inServiceEducation':
      return word(`workers.educationLevel.${String(value)}`);
    case 'entrySource':
      return word(`workers.entrySource.${String(value)}`);
    case 'isSocialWorkMajor':
      return word(value === true ? 'workers.yes' : 'workers.no');
    default:
      return String(value);
  }
}
