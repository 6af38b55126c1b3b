import type { CheckedRow, Finding, ImportAbout } from '../imports/kinds.js';
import type { KnownCommunity } from './communities.rules.js';
import type { IdNumberFacts } from './idNumber.rules.js';
import type { People } from './people.service.js';
import { hasLeft, usualPostClass, type Post } from './posts.rules.js';
import { found, verdict, type NewPayload, type RequestPayload } from './rosterPayload.import.js';
import type { RosterRow } from './rosterRow.import.js';
import type { Worker, WorkerDetails } from './worker.rules.js';

const emptyDetails: Omit<WorkerDetails, 'name'> = {
  ethnicity: null,
  politicalStatus: null,
  joinedPartyOn: null,
  fullTimeEducation: null,
  fullTimeSchool: '',
  inServiceEducation: null,
  inServiceSchool: '',
  isSocialWorkMajor: false,
  entrySource: null,
  workStartedOn: null,
  grade: null,
  note: '',
};

interface Newcomer {
  readonly row: RosterRow;
  readonly idNumber: IdNumberFacts;
  readonly community: KnownCommunity;
  readonly post: Post;
}

/** The row of somebody who is nowhere in the database. */
export function newRow(people: People, about: ImportAbout, row: RosterRow, findings: readonly Finding[]): CheckedRow {
  if (row.status !== null && hasLeft(row.status))
    return verdict(row, [...findings, found('warning', 'status', 'workers.import.status.unknownLeft')]);
  const { idNumber, community, post } = row;
  const saysPost = findings.some((finding) => finding.column === 'post');
  const all = post === null && !saysPost ? [...findings, found('error', 'post', 'workers.import.post.EMPTY')] : findings;
  if (post === null || community === null || idNumber === null) return verdict(row, all);
  const payload = payloadOf(people, about, { row, idNumber, community, post });
  const change = {
    field: 'workers.field.division',
    now: '',
    after: community.name,
    effect: { key: 'workers.import.effect.joins', values: { day: payload.from, postKey: `workers.post.${post}` } },
  };
  return verdict(row, all, { outcome: 'new', payload, changes: [change] });
}

/** Enters on 参加社区工作时间, else with the post, else on the day the file is about. */
function payloadOf(people: People, about: ImportAbout, newcomer: Newcomer): NewPayload {
  const { row, idNumber, community, post } = newcomer;
  const from = row.details.workStartedOn ?? row.postSince ?? about.asOf;
  return {
    sort: 'new',
    details: { ...emptyDetails, ...row.details, name: row.name },
    idSealed: people.seal(idNumber.idNumber),
    idIndex: people.idIndex(idNumber.idNumber),
    phoneSealed: row.phone === null ? null : people.seal(row.phone),
    divisionId: community.id,
    post,
    postClass: row.postClass ?? usualPostClass[post],
    status: row.status ?? 'IN_SERVICE',
    from,
    postSince: row.postSince !== null && row.postSince > from ? row.postSince : from,
  };
}

/** The row of somebody in another county (decision 8): only the county is told, and nothing is written but a request. */
export function elsewhereRow(
  about: ImportAbout,
  row: RosterRow,
  findings: readonly Finding[],
  at: { readonly worker: Worker; readonly county: string; readonly asked: boolean },
): CheckedRow {
  const { worker, county } = at;
  if (at.asked) return verdict(row, [...findings, found('warning', 'idNumber', 'workers.import.elsewhere.asked', { county })]);
  if (row.community === null) return verdict(row, findings);
  const post = row.post ?? worker.post;
  const payload: RequestPayload = {
    sort: 'request',
    workerId: worker.id,
    name: row.name,
    divisionId: row.community.id,
    post,
    postClass: row.postClass ?? usualPostClass[post],
    effectiveOn: row.postSince !== null && row.postSince > worker.postSince ? row.postSince : about.asOf,
  };
  const change = {
    field: 'workers.field.division',
    now: county,
    after: row.community.name,
    effect: { key: 'workers.import.effect.asks', values: { county } },
  };
  const key = hasLeft(worker.status) ? 'workers.import.elsewhere.left' : 'workers.import.elsewhere.serves';
  return verdict(row, [...findings, found('warning', 'idNumber', key, { county })], { outcome: 'request', payload, changes: [change] });
}
