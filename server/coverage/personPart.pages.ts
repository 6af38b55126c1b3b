import { hoursBuckets, showHours } from '../attendance/hours.rules.js';
import { inlineBar } from '../platform/charts/inlineBar.js';
import type { Ctx } from '../platform/http/context.js';
import type { PersonPart } from '../workers/person.pages.js';
import { coverageBadge, coverageEvidence, onboardingEvidence, type PeopleNames } from './people.pages.js';
import type { WorkerYear } from './workerYear.rules.js';

/** Coverage, hours and onboarding of a person's year: `views/coverage/personBlock.hbs`. */
export function coveragePart(ctx: Ctx, standing: WorkerYear, classes: PeopleNames['classes']): PersonPart {
  const { t } = ctx;
  const { hours, earned, coverage, onboarding } = standing;
  const model = {
    heading: t('coverage.personBlock.heading', { year: standing.year }),
    badge: coverageBadge(ctx, coverage),
    evidence: coverageEvidence(ctx, coverage, classes),
    hasHours: hours !== null,
    bar: hours === null ? null : inlineBar({ total: hours.requiredMinutes, done: hours.earnedMinutes }),
    hours:
      hours === null
        ? ''
        : t('coverage.personBlock.hours', { earned: showHours(hours.earnedMinutes), required: showHours(hours.requiredMinutes) }),
    buckets: hoursBuckets.map((bucket) => ({ label: t(`coverage.bucket.${bucket}`), text: showHours(earned[bucket]) })),
    classes:
      hours === null || hours.classesRequired === 0
        ? ''
        : t('coverage.personBlock.classes', { done: hours.classesDone, required: hours.classesRequired }),
    onboarding: onboarding.kind === 'NOT_ASKED' ? '' : onboardingEvidence(ctx, onboarding, classes),
  };
  return { side: [{ view: 'coverage/personBlock', model }] };
}
