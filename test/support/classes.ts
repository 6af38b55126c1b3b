import { addDays, civilDay } from '../../server/platform/civilDays.js';
import { newId } from '../../server/platform/ids.js';
import { halves, slotOf } from '../../server/trainings/slots.rules.js';
import type { ClassPlan } from '../../server/trainings/trainingClass.rules.js';
import type { Fixture } from './fixture.js';

/** A county-tier class of the city for both counties, full half-days of four 学时 on each day between two. */
export function planOf(fixture: Fixture, changes: Partial<ClassPlan>, [first, last]: [string, string]): ClassPlan {
  const days = [];
  for (let day = civilDay(first); day <= civilDay(last); day = addDays(day, 1)) days.push(day);
  const sessions = days.flatMap((day) =>
    halves.map((half) => ({ id: newId(), slot: slotOf(day, half), title: '网格化管理与减负清单落实', form: 'LECTURE' as const, lecturer: '刘建军', creditMinutes: 240, counted: true })),
  );
  return {
    name: '县级兜底第 8 期', tier: 'COUNTY', purpose: 'CATCH_ALL', organiser: '市委社会工作部', institution: '市委党校', place: '', contact: '',
    teacherAccountId: null, teacherName: '', firstDay: civilDay(first), lastDay: civilDay(last), sessions, capacity: 60, quotas: [], nominateBy: null,
    ownerDivisionId: fixture.city.id, ownerPath: fixture.city.path, audience: [], audienceGroups: [], assessment: false, external: false, evidence: '', noticeNo: '',
    ...changes,
  };
}
