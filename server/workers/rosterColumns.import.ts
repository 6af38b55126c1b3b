import type { ImportColumn } from '../imports/kinds.js';
import {
  educationWords,
  entrySourceWords,
  politicalStatusWords,
  postClassWords,
  postWords,
  sexWords,
  statusWords,
  templateWords,
} from './rosterWords.rules.js';

type Options = Partial<Pick<ImportColumn, 'aliases' | 'required' | 'follows' | 'choices' | 'sensitive'>> &
  Pick<ImportColumn, 'about' | 'width'>;

function column(key: string, header: string, options: Options): ImportColumn {
  return { key, header, aliases: [], required: false, ...options };
}

const certificateLevels = ['助理社会工作师', '社会工作师', '高级社会工作师'];
const yesNo = ['是', '否'];

/** The template of domain.md §5.2: one row per person, in the order offices know. */
export const rosterColumns: readonly ImportColumn[] = [
  column('no', '序号', { width: 6, about: '可不填。' }),
  column('county', '县(市、区)', {
    width: 10,
    about: '可不填；有同名社区时要填。',
    aliases: ['县', '县区', '县（市、区）', '区县', '所在县'],
  }),
  column('township', '乡镇(街道)', {
    width: 12,
    about: '可不填；有同名社区时要填。',
    aliases: ['乡镇', '街道', '镇街', '所在乡镇', '乡镇街道', '街道(乡镇)'],
  }),
  column('community', '社区', {
    width: 16,
    about: '必填，写区划里的社区名，可省“居委会”。',
    aliases: ['社区名称', '所在社区', '工作社区', '单位'],
    required: true,
  }),
  column('name', '姓名', { width: 10, about: '必填。', aliases: ['人员姓名', '名字'], required: true }),
  column('sex', '性别', { width: 6, about: '与身份证号核对，以身份证号为准。', choices: templateWords(sexWords) }),
  column('ethnicity', '民族', { width: 8, about: '如 汉族。' }),
  column('birth', '出生年月', { width: 10, about: '如 1990.05；与身份证号核对，以身份证号为准。', aliases: ['出生日期', '出生时间'] }),
  column('idNumber', '身份证号', {
    width: 22,
    about: '必填，18 位。这一列设为“文本”，否则表格软件会丢掉末三位。',
    aliases: ['身份证号码', '公民身份号码', '证件号', '证件号码'],
    required: true,
    sensitive: true,
  }),
  column('phone', '手机号', {
    width: 14,
    about: '用来登录，也可填带区号的座机。',
    aliases: ['手机号码', '联系电话', '电话', '手机'],
    sensitive: true,
  }),
  column('politicalStatus', '政治面貌', { width: 12, about: '从下拉列表中选。', choices: templateWords(politicalStatusWords) }),
  column('joinedPartyOn', '入党时间', { width: 12, about: '如 2015.07。' }),
  column('fullTimeEducation', '全日制学历', {
    width: 12,
    about: '从下拉列表中选。',
    aliases: ['第一学历', '全日制教育学历'],
    choices: templateWords(educationWords),
  }),
  column('fullTimeSchool', '毕业院校及专业', {
    width: 24,
    about: '全日制学历的院校和专业。',
    aliases: ['毕业学校及专业'],
    follows: 'fullTimeEducation',
  }),
  column('inServiceEducation', '在职(最高)学历', {
    width: 14,
    about: '从下拉列表中选。',
    aliases: ['在职学历', '最高学历', '在职教育学历', '在职（最高）学历'],
    choices: templateWords(educationWords),
  }),
  column('inServiceSchool', '毕业院校及专业', {
    width: 24,
    about: '在职（最高）学历的院校和专业。',
    aliases: ['毕业学校及专业'],
    follows: 'inServiceEducation',
  }),
  column('isSocialWorkMajor', '是否社工专业', {
    width: 12,
    about: '填 是 或 否。',
    aliases: ['社会工作专业', '是否社会工作专业'],
    choices: yesNo,
  }),
  column('postClass', '岗位类别(正职/副职/一般)', {
    width: 14,
    about: '从下拉列表中选；空着按职务推定。',
    aliases: ['岗位类别', '岗位'],
    choices: templateWords(postClassWords),
  }),
  column('post', '职务', {
    width: 18,
    about: '新增的人必填，从下拉列表中选。',
    aliases: ['任职情况', '现任职务', '职位'],
    choices: templateWords(postWords),
  }),
  column('isDualPost', '是否一肩挑', { width: 10, about: '书记兼主任填 是。', aliases: ['一肩挑'], choices: yesNo }),
  column('entrySource', '用工形式/来源', {
    width: 16,
    about: '从下拉列表中选。',
    aliases: ['来源', '用工形式', '录用方式'],
    choices: templateWords(entrySourceWords),
  }),
  column('workStartedOn', '参加社区工作时间', {
    width: 16,
    about: '如 2020.03；新增的人按这一天入职。',
    aliases: ['从事社区工作时间', '工作年月', '入职时间', '入职日期'],
  }),
  column('postSince', '任现职时间', {
    width: 14,
    about: '如 2021.03.20；职务或社区有变动时，从这一天起算。',
    aliases: ['任职年月', '任职时间', '现职务始任时间'],
  }),
  column('grade', '岗位等级', { width: 8, about: '1 到 18。', aliases: ['岗级', '薪酬等级'] }),
  column('certificateLevel', '社工证等级', {
    width: 14,
    about: '在“证书与登记”里登记；这里填了也不写入。',
    aliases: ['证书等级', '职业资格等级'],
    choices: certificateLevels,
  }),
  column('certificateNo', '证书管理号', { width: 20, about: '同上。', aliases: ['管理号', '证书编号'] }),
  column('obtainedOn', '取得时间', { width: 12, about: '同上。', aliases: ['获取证书时间', '取证时间'] }),
  column('registeredTo', '登记有效期至', { width: 14, about: '同上。' }),
  column('status', '在岗状态', {
    width: 10,
    about: '从下拉列表中选；新增的人空着按在岗。',
    aliases: ['人员状态', '状态'],
    choices: templateWords(statusWords),
  }),
  column('note', '备注', { width: 20, about: '可不填。' }),
];
