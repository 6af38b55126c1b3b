import { z } from 'zod';
import { isCivilDay, type CivilDay } from '../platform/civilDays.js';
import { definePolicy, yearDay } from '../policies/kinds.js';
import { tiers } from '../trainings/classes.rules.js';
import { serviceStatuses } from '../workers/posts.rules.js';
import type { CoveragePolicy } from './coverage.rules.js';
import type { InductionPolicy } from './induction.rules.js';
import type { OnboardingPolicy } from './onboarding.rules.js';

const dayOrNull = z.custom<CivilDay>((value) => typeof value === 'string' && isCivilDay(value)).nullable();
const months = z.number().int().min(1).max(60);
const warnDays = z.number().int().min(0).max(365);

/** Who is due, and which classes cover (domain.md §2.3). */
export const coveragePolicy = definePolicy<CoveragePolicy>({
  kind: 'coverage.definition',
  schema: z.object({
    inService: z.object({ statuses: z.array(z.enum(serviceStatuses)).min(1) }),
    graceDate: yearDay,
    qualifyingTiers: z.array(z.enum(tiers)).min(1),
    countsOnboarding: z.boolean(),
  }),
  shipped: {
    value: {
      inService: { statuses: ['IN_SERVICE', 'PROBATION'] },
      graceDate: '10-01',
      qualifyingTiers: ['NATIONAL', 'PROVINCE', 'CITY', 'COUNTY'],
      countsOnboarding: false,
    },
    sourceDoc: '产品默认：县级以上班次计入，10 月 1 日后入职由岗位培训规则跟踪',
  },
});

/** New hires' 岗位培训 (domain.md §2.4). */
export const onboardingPolicy = definePolicy<OnboardingPolicy>({
  kind: 'coverage.onboarding',
  schema: z.object({ withinMonths: months, warnDays, entriesFrom: dayOrNull }),
  shipped: { value: { withinMonths: 6, warnDays: 30, entriesFrom: null }, sourceDoc: '产品默认：入职 6 个月内完成岗位培训' },
});

/** New secretaries' 任职培训 (党员教育管理工作条例, domain.md §2.1). */
export const inductionPolicy = definePolicy<InductionPolicy>({
  kind: 'coverage.induction',
  schema: z.object({ withinMonths: months, warnDays, appointmentsFrom: dayOrNull }),
  shipped: {
    value: { withinMonths: 6, warnDays: 30, appointmentsFrom: null },
    sourceDoc: '《中国共产党党员教育管理工作条例》：新任书记半年内任职培训',
  },
});
