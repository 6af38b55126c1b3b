import type { Purpose } from '../trainings/classes.rules.js';
import type { SessionForm } from '../trainings/classes.rules.js';
import type { Random } from './random.js';

/** One lecture of the demo: its title, form and who gives it. */
export interface Course {
  readonly title: string;
  readonly form: SessionForm;
  readonly lecturer: string;
}

// Titles of real classes of other cities (documents.md §6.1); lecturers are offices, not persons.
const demonstration = [
  '党建引领基层社区治理',
  '党建引领社会组织与社区建设融合创新',
  '市域治理视角下社区治理',
  '社区小区信义治理',
  '老旧社区街区更新与治理',
  '如何让社区动起来',
  '物业管理和小区治理',
  '搭建社区议事协商平台',
  '构建新时代社区养老服务体系',
  '枫桥经验与基层治理',
  '新媒体群体性事件与网络舆情处置',
  '如何做一名优秀的社区党组织书记',
] as const;
const catchAll = [
  '支部工作条例解读',
  '党员教育管理',
  '议事协商会议技术',
  '社区社会组织培育发展',
  '社会工作专业实务方法',
  '物权与社区治理',
  '矛盾纠纷预防化解（案例）',
  '公共危机与社区舆情',
  '情绪管理与心理压力调适',
  '社区工作者纪律教育',
  '红色物业',
  '居民委员会组织法解读',
] as const;
const township = ['网格员职责定位', '信息采集与平台操作', '重点人群走访', '反诈与消防宣传', '政策法规', '警网融合与矛盾调解'] as const;
const onboarding = ['社区工作基础', '管理服务技能', '政策法规解读', '社区工作者职业道德', '便民服务窗口跟岗', '网格走访跟岗'] as const;
const coaching = ['社会工作综合能力', '社会工作实务', '社会工作法规与政策', '模拟考试与讲评'] as const;

const lecturers = [
  '市委党校',
  '市委社会工作部',
  '市民政局',
  '市司法局',
  '忻州师范学院',
  '市消防救援支队',
  '市公安局',
  '社区党组织书记讲师团',
] as const;

/** The courses of a class, one per half-day; about one in six a field visit or a discussion. */
export function coursesFor(random: Random, kind: { purpose: Purpose; isTownship: boolean }, halfDays: number): readonly Course[] {
  const titles = random.shuffle(titlesOf(kind));
  return Array.from({ length: halfDays }, (_, index) => {
    const title = titles[index % titles.length] ?? '';
    const form = title.includes('跟岗') ? 'JOB_SHADOWING' : formAt(random, kind.purpose, { index, halfDays });
    return { title, form, lecturer: random.pick(lecturers) };
  });
}

function titlesOf(kind: { purpose: Purpose; isTownship: boolean }): readonly string[] {
  if (kind.purpose === 'ONBOARDING') return onboarding;
  if (kind.purpose === 'EXAM_COACHING') return coaching;
  if (kind.isTownship) return township;
  return kind.purpose === 'CATCH_ALL' ? catchAll : demonstration;
}

function formAt(random: Random, purpose: Purpose, at: { index: number; halfDays: number }): SessionForm {
  if (purpose === 'EXAM_COACHING') return 'EXAM_COACHING';
  if (at.halfDays >= 6 && at.index === at.halfDays - 3) return 'FIELD_TEACHING';
  return at.halfDays >= 4 && random.chance(0.2) ? random.pick(['DISCUSSION', 'CASE_STUDY'] as const) : 'LECTURE';
}
