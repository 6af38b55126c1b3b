/**
 * The code lists of a community worker (domain.md §5.3, GB/T 2261.1, 4762-1984, 4658-2006).
 * Codes only: the words live in the language files under the label keys made at the foot of this file.
 */

/** 性别, GB/T 2261.1. */
export const sexes = ['MALE', 'FEMALE'] as const;
export type Sex = (typeof sexes)[number];

/** 岗位类别: 正职, 副职, 一般. */
export const postClasses = ['CHIEF', 'DEPUTY', 'STAFF'] as const;
export type PostClass = (typeof postClasses)[number];

/** 职务, the posts a worker of a community can hold. `DUAL_POST` is 书记主任"一肩挑". */
export const posts = [
  'PARTY_SECRETARY',
  'COMMITTEE_DIRECTOR',
  'DUAL_POST',
  'DEPUTY_SECRETARY',
  'DEPUTY_DIRECTOR',
  'COMMITTEE_MEMBER',
  'FULL_TIME_WORKER',
  'GRID_WORKER',
  'SERVICE_STATION_STAFF',
  'SECONDED_FIRST_SECRETARY',
  'SECONDED_DEPUTY_DIRECTOR',
] as const;
export type Post = (typeof posts)[number];

/** The post class a post usually has; a roster may say otherwise and then wins. */
export const usualPostClass: Readonly<Record<Post, PostClass>> = {
  PARTY_SECRETARY: 'CHIEF',
  COMMITTEE_DIRECTOR: 'CHIEF',
  DUAL_POST: 'CHIEF',
  DEPUTY_SECRETARY: 'DEPUTY',
  DEPUTY_DIRECTOR: 'DEPUTY',
  COMMITTEE_MEMBER: 'STAFF',
  FULL_TIME_WORKER: 'STAFF',
  GRID_WORKER: 'STAFF',
  SERVICE_STATION_STAFF: 'STAFF',
  SECONDED_FIRST_SECRETARY: 'CHIEF',
  SECONDED_DEPUTY_DIRECTOR: 'DEPUTY',
};

/** 用工形式/来源, the sources of recruitment the seed names. */
export const entrySources = [
  'TERM_ELECTION',
  'OPEN_RECRUITMENT',
  'SELECTIVE_APPOINTMENT',
  'GRID_TRANSFER',
  'VETERAN',
  'PROPERTY_MANAGER',
  'RETURNING_YOUTH',
  'SECONDMENT',
  'OTHER',
] as const;
export type EntrySource = (typeof entrySources)[number];

/** 政治面貌, in the order of GB/T 4762-1984 (codes 01–13). */
export const politicalStatuses = [
  'PARTY_MEMBER',
  'PROBATIONARY_PARTY_MEMBER',
  'YOUTH_LEAGUE_MEMBER',
  'RCCK_MEMBER',
  'CDL_MEMBER',
  'CNDCA_MEMBER',
  'CAPD_MEMBER',
  'CPWDP_MEMBER',
  'ZHI_GONG_MEMBER',
  'JIU_SAN_MEMBER',
  'TDSL_MEMBER',
  'NON_PARTY_FIGURE',
  'CITIZEN',
] as const;
export type PoliticalStatus = (typeof politicalStatuses)[number];

/** The two-digit code of GB/T 4762-1984, `01` 中共党员 … `13` 群众. */
export function politicalStatusCode(status: PoliticalStatus): string {
  return String(politicalStatuses.indexOf(status) + 1).padStart(2, '0');
}

/** Whether the party-member column of the hours rule applies (members and probationary members). */
export function isPartyMember(status: PoliticalStatus | null): boolean {
  return status === 'PARTY_MEMBER' || status === 'PROBATIONARY_PARTY_MEMBER';
}

/** 学历 as the rules group it, lowest first. `BELOW` is 初中及以下, `SECONDARY` 高中/中专. */
export const educationLevels = ['BELOW', 'SECONDARY', 'COLLEGE', 'BACHELOR', 'MASTER', 'DOCTOR'] as const;
export type EducationLevel = (typeof educationLevels)[number];

/** GB/T 4658-2006 codes of completed studies, and the group each belongs to. */
export const educationCodes: Readonly<Record<string, EducationLevel>> = {
  '11': 'DOCTOR',
  '14': 'MASTER',
  '17': 'BACHELOR',
  '21': 'BACHELOR',
  '28': 'COLLEGE',
  '31': 'COLLEGE',
  '41': 'SECONDARY',
  '44': 'SECONDARY',
  '47': 'SECONDARY',
  '61': 'SECONDARY',
  '71': 'BELOW',
  '81': 'BELOW',
  '90': 'BELOW',
};

/** Whether an education level reaches another. */
export function isEducationAtLeast(level: EducationLevel, least: EducationLevel): boolean {
  return educationLevels.indexOf(level) >= educationLevels.indexOf(least);
}

/** 在岗状态: 在岗, 试用, 长期病假, 产假, 抽调, 挂职, 退休, 辞职, 解聘, 去世. */
export const serviceStatuses = [
  'IN_SERVICE',
  'PROBATION',
  'LONG_SICK_LEAVE',
  'MATERNITY_LEAVE',
  'TEMPORARILY_REASSIGNED',
  'SECONDED',
  'RETIRED',
  'RESIGNED',
  'DISMISSED',
  'DECEASED',
] as const;
export type ServiceStatus = (typeof serviceStatuses)[number];

const leavingStatuses: ReadonlySet<ServiceStatus> = new Set(['RETIRED', 'RESIGNED', 'DISMISSED', 'DECEASED']);

/** Whether a status ends the service: the person is no community worker any more. */
export function hasLeft(status: ServiceStatus): boolean {
  return leavingStatuses.has(status);
}

/** 培训对象 groups that a class can be meant for (domain.md §2.2). `PRINCIPAL` is 社区"两委"主干. */
export const audienceGroups = ['PRINCIPAL', 'COMMITTEE_MEMBER', 'FULL_TIME_WORKER', 'GRID_WORKER', 'NEW_HIRE'] as const;
export type AudienceGroup = (typeof audienceGroups)[number];

const principalPosts: ReadonlySet<Post> = new Set(['PARTY_SECRETARY', 'COMMITTEE_DIRECTOR', 'DUAL_POST']);
const secretaryPosts: ReadonlySet<Post> = new Set(['PARTY_SECRETARY', 'DUAL_POST']);
const committeePosts: ReadonlySet<Post> = new Set([
  'DEPUTY_SECRETARY',
  'DEPUTY_DIRECTOR',
  'COMMITTEE_MEMBER',
  'SECONDED_FIRST_SECRETARY',
  'SECONDED_DEPUTY_DIRECTOR',
]);

/** Whether a post is a chief post of the two committees (两委主干): secretary, director, or both at once. */
export function isPrincipal(post: Post): boolean {
  return principalPosts.has(post);
}

/** Whether a post is the community party secretary, also as the dual post. */
export function isSecretary(post: Post): boolean {
  return secretaryPosts.has(post);
}

/** Every audience group a worker belongs to; a class is meant for the worker when it names one of them, or none at all. */
export function audienceGroupsOf(worker: { readonly post: Post; readonly isNewHire: boolean }): AudienceGroup[] {
  const groups: AudienceGroup[] = [];
  if (isPrincipal(worker.post)) groups.push('PRINCIPAL');
  else if (committeePosts.has(worker.post)) groups.push('COMMITTEE_MEMBER');
  else groups.push(worker.post === 'GRID_WORKER' ? 'GRID_WORKER' : 'FULL_TIME_WORKER');
  if (worker.isNewHire) groups.push('NEW_HIRE');
  return groups;
}

/** Whether a class for these groups is meant for the worker; an empty list means everyone. */
export function isAudience(audience: readonly AudienceGroup[], worker: { readonly post: Post; readonly isNewHire: boolean }): boolean {
  return audience.length === 0 || audienceGroupsOf(worker).some((group) => audience.includes(group));
}

/** 岗位类别 of the hours rule (domain.md §2.4): chief, committee members and deputies, everyone else. */
export const hoursGroups = ['CHIEF', 'COMMITTEE', 'STAFF'] as const;
export type HoursGroup = (typeof hoursGroups)[number];

/** The row of the hours rule for a post: the post class decides, and a 委员 counts with the deputies. */
export function hoursGroupOf(post: Post, postClass: PostClass): HoursGroup {
  if (postClass === 'CHIEF') return 'CHIEF';
  return postClass === 'DEPUTY' || post === 'COMMITTEE_MEMBER' ? 'COMMITTEE' : 'STAFF';
}

/** The code lists that have words, and the codes of each. */
export const codeLists = {
  sex: sexes,
  postClass: postClasses,
  post: posts,
  entrySource: entrySources,
  politicalStatus: politicalStatuses,
  educationLevel: educationLevels,
  serviceStatus: serviceStatuses,
  audienceGroup: audienceGroups,
} as const;
export type CodeList = keyof typeof codeLists;

/** The translation key of a code: `workers.post.PARTY_SECRETARY`. */
export function labelKey<List extends CodeList>(list: List, code: (typeof codeLists)[List][number]): string {
  return `workers.${list}.${code}`;
}
