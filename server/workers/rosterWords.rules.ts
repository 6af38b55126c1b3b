import type { EducationLevel, EntrySource, PoliticalStatus, Post, PostClass, ServiceStatus, Sex } from './posts.rules.js';

/** The words of a code in a roster: the first is the template's own, the others are what offices write (domain.md §5.3). */
export type Words<Code extends string> = Readonly<Record<Code, readonly string[]>>;

export const sexWords: Words<Sex> = { MALE: ['男', '1'], FEMALE: ['女', '2'] };

export const yesWords = ['是', '有', '√', 'Y', 'YES', 'TRUE'] as const;
export const noWords = ['否', '无', '×', 'N', 'NO', 'FALSE', '不是'] as const;

export const postClassWords: Words<PostClass> = {
  CHIEF: ['正职', '正职岗', '正岗'],
  DEPUTY: ['副职', '副职岗', '副岗'],
  STAFF: ['一般', '一般岗', '一般岗位', '普通', '工作人员', '其他'],
};

export const postWords: Words<Post> = {
  PARTY_SECRETARY: [
    '社区党组织书记',
    '党组织书记',
    '书记',
    '党委书记',
    '党总支书记',
    '党支部书记',
    '社区书记',
    '社区党委书记',
    '社区党总支书记',
    '社区党支部书记',
  ],
  COMMITTEE_DIRECTOR: ['居民委员会主任', '居委会主任', '社区主任', '主任', '社区居委会主任'],
  DUAL_POST: [
    '书记主任“一肩挑”',
    '书记主任',
    '一肩挑',
    '书记、主任',
    '书记兼主任',
    '书记兼居委会主任',
    '党组织书记兼居委会主任',
    '党组织书记、居委会主任',
  ],
  DEPUTY_SECRETARY: ['党组织副书记', '副书记', '社区副书记', '党支部副书记', '党总支副书记', '党委副书记'],
  DEPUTY_DIRECTOR: ['居委会副主任', '副主任', '社区副主任', '居民委员会副主任'],
  COMMITTEE_MEMBER: ['两委委员', '委员', '居委会委员', '支部委员', '党支部委员', '社区两委委员'],
  FULL_TIME_WORKER: ['专职社区工作者', '社区工作者', '专职工作者', '专职社工', '社区专职工作者'],
  GRID_WORKER: ['专职网格员', '网格员', '网格长'],
  SERVICE_STATION_STAFF: ['社区服务站工作人员', '服务站工作人员', '社区工作站工作人员'],
  SECONDED_FIRST_SECRETARY: ['挂职第一书记', '第一书记'],
  SECONDED_DEPUTY_DIRECTOR: ['挂职副主任', '挂职居委会副主任'],
};

export const entrySourceWords: Words<EntrySource> = {
  TERM_ELECTION: ['换届选举', '选举', '换届'],
  OPEN_RECRUITMENT: ['公开招聘', '招聘', '公招'],
  SELECTIVE_APPOINTMENT: ['选聘', '公益性岗位期满高校毕业生', '公益性岗位选聘'],
  GRID_TRANSFER: ['网格员转入', '网格员纳入'],
  VETERAN: ['退役军人', '退伍军人'],
  PROPERTY_MANAGER: ['优秀物业经理', '物业经理'],
  RETURNING_YOUTH: ['返乡青年', '返乡优秀青年'],
  SECONDMENT: ['机关选派挂职', '选派挂职', '挂职'],
  OTHER: ['其他', '其它'],
};

export const politicalStatusWords: Words<PoliticalStatus> = {
  PARTY_MEMBER: ['中共党员', '党员', '中共正式党员', '01'],
  PROBATIONARY_PARTY_MEMBER: ['中共预备党员', '预备党员', '02'],
  YOUTH_LEAGUE_MEMBER: ['共青团员', '团员', '03'],
  RCCK_MEMBER: ['民革党员', '民革会员', '04'],
  CDL_MEMBER: ['民盟盟员', '05'],
  CNDCA_MEMBER: ['民建会员', '06'],
  CAPD_MEMBER: ['民进会员', '07'],
  CPWDP_MEMBER: ['农工党党员', '08'],
  ZHI_GONG_MEMBER: ['致公党党员', '09'],
  JIU_SAN_MEMBER: ['九三学社社员', '10'],
  TDSL_MEMBER: ['台盟盟员', '11'],
  NON_PARTY_FIGURE: ['无党派人士', '无党派', '12'],
  CITIZEN: ['群众', '13'],
};

export const educationWords: Words<EducationLevel> = {
  BELOW: ['初中及以下', '初中', '初中毕业', '小学', '小学毕业'],
  SECONDARY: ['高中/中专', '高中', '中专', '职高', '技校', '高中毕业', '普通高中', '中等专科', '职业高中'],
  COLLEGE: ['大专', '专科', '大学专科', '高职', '大专毕业', '大学专科毕业'],
  BACHELOR: ['本科', '大学本科', '大学', '本科毕业', '大学本科毕业', '学士'],
  MASTER: ['硕士', '研究生', '硕士研究生', '硕士研究生毕业'],
  DOCTOR: ['博士', '博士研究生', '博士研究生毕业'],
};

export const statusWords: Words<ServiceStatus> = {
  IN_SERVICE: ['在岗', '在职', '正式'],
  PROBATION: ['试用', '试用期'],
  LONG_SICK_LEAVE: ['长期病假', '病假'],
  MATERNITY_LEAVE: ['产假'],
  TEMPORARILY_REASSIGNED: ['抽调', '借调'],
  SECONDED: ['挂职'],
  RETIRED: ['退休'],
  RESIGNED: ['辞职', '离职'],
  DISMISSED: ['解聘', '辞退'],
  DECEASED: ['去世', '死亡'],
};

/** Without what makes no difference: blanks, quotation marks, the width of letters. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s"'“”‘’「」]/g, '')
    .toUpperCase();
}

/** The code that a word means; null when it is none of the list. */
export function codeOf<Code extends string>(words: Words<Code>, text: string): Code | null {
  const wanted = bare(text);
  const entries = Object.entries(words) as [Code, readonly string[]][];
  return entries.find(([, known]) => known.some((word) => bare(word) === wanted))?.[0] ?? null;
}

/** Yes, no, or null when it is neither. */
export function yesOrNo(text: string): boolean | null {
  const wanted = bare(text);
  if (yesWords.some((word) => bare(word) === wanted)) return true;
  return noWords.some((word) => bare(word) === wanted) ? false : null;
}

/** The words the template offers, in the order of the codes. */
export function templateWords(words: Words<string>): string[] {
  return Object.values(words).map((known) => known[0] ?? '');
}
