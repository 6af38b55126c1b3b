import type { Ctx } from '../platform/http/context.js';
import { Conflict, type Difference } from '../platform/errors.js';
import type { ClassPlan, TrainingClass } from './trainingClass.rules.js';
import { slotWords } from './words.pages.js';

type Said = Readonly<Record<string, (plan: ClassPlan, ctx: Ctx) => string>>;

/** Every field of the form with its value in words; the heads are those of `trainings.field`. */
const said: Said = {
  name: (plan) => plan.name,
  tier: (plan, { t }) => t(`trainings.tier.${plan.tier}`).trim(),
  purpose: (plan, { t }) => t(`trainings.purpose.${plan.purpose}`),
  organiser: (plan) => plan.organiser,
  institution: (plan) => plan.institution,
  place: (plan) => plan.place,
  contact: (plan) => plan.contact,
  teacher: (plan) => plan.teacherName,
  firstDay: (plan) => plan.firstDay,
  lastDay: (plan) => plan.lastDay,
  capacity: (plan) => String(plan.capacity),
  nominateBy: (plan) => plan.nominateBy ?? '',
  audience: (plan, { t }) => plan.audienceGroups.map((group) => t(`workers.audienceGroup.${group}`)).join('、'),
  noticeNo: (plan) => plan.noticeNo,
  sessions: (plan, { t }) => plan.sessions.map((session) => `${slotWords(t, session.slot)} ${session.title}`).join('；'),
};

/** A lost race with what the form wanted beside what is stored now (decision 10). */
export function withBothPlans(ctx: Ctx, lost: Conflict, at: { readonly yours: ClassPlan; readonly theirs: TrainingClass }): Conflict {
  const differences = Object.entries(said).flatMap(([field, words]): Difference[] => {
    const [yours, theirs] = [words(at.yours, ctx), words(at.theirs, ctx)];
    return yours === theirs
      ? []
      : [{ field: ctx.t(`trainings.field.${field}`), yours: yours === '' ? '—' : yours, theirs: theirs === '' ? '—' : theirs }];
  });
  return new Conflict(lost.changedBy, lost.changedAt, differences);
}
