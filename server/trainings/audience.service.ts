import type { DivisionsStore } from '../divisions/divisions.store.js';
import type { ClassState } from './classes.rules.js';
import type { ClassPlan } from './trainingClass.rules.js';

type Invitation = Pick<ClassPlan, 'ownerDivisionId' | 'ownerPath' | 'audience'>;

/** Who sees a class: a draft only its owner's line; afterwards also whom it invites and every office below them, down to the township. */
export function makeAudience(deps: { divisionsStore: DivisionsStore }) {
  return {
    async seenBy(plan: Invitation, state: ClassState): Promise<readonly string[]> {
      if (state === 'DRAFT') return plan.ownerPath;
      const invited = plan.audience.length === 0 ? [plan.ownerDivisionId] : plan.audience;
      const below = await Promise.all(invited.map((id) => deps.divisionsStore.subtree(id)));
      const offices = below.flat().filter((one) => one.level !== 'community');
      return [...new Set([...plan.ownerPath, ...invited, ...offices.map((one) => one.id)])];
    },
  };
}

export type Audience = ReturnType<typeof makeAudience>;
