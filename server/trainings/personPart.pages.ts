import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { PersonPart, TimelineEntry } from '../workers/person.pages.js';
import { isActive } from './enrolment.rules.js';
import type { PlaceFacts } from './enrolments.service.js';
import type { TrainingClass } from './trainingClass.rules.js';

interface PlaceGround {
  readonly places: readonly PlaceFacts[];
  readonly classes: ReadonlyMap<string, TrainingClass>;
  readonly today: CivilDay;
}

/** The entries of the history; a place that was returned, withdrawn or only waitlisted is none. */
export function trainingPart(ctx: Ctx, ground: PlaceGround): PersonPart {
  const timeline = ground.places.flatMap((place) => {
    const of = ground.classes.get(place.classId);
    return of === undefined ? [] : (entryOf(ctx, place, of, ground.today) ?? []);
  });
  return { timeline };
}

function entryOf(ctx: Ctx, place: PlaceFacts, of: TrainingClass, today: CivilDay): TimelineEntry | null {
  const { t } = ctx;
  const hours = String(Math.round(of.creditMinutes / 6) / 10);
  const told = { tier: t(`trainings.tier.${of.tier}`), purpose: t(`trainings.purpose.${of.purpose}`), hours, organiser: of.organiser };
  const text = t(place.state === 'ABSENT' ? 'workers.person.classMissed' : 'workers.person.class', told);
  switch (place.state) {
    case 'COMPLETED':
      return { day: place.lastDay, title: t('workers.person.completed', { name: of.name }), text, tone: 'ok', badge: null };
    case 'FAILED':
      return { day: place.lastDay, title: t('workers.person.failed', { name: of.name }), text, tone: 'bad', badge: null };
    case 'ABSENT':
      return { day: place.lastDay, title: t('workers.person.absent', { name: of.name }), text, tone: 'bad', badge: null };
    default: {
      if (!isActive(place.state)) return null;
      if (of.state === 'POSTPONED') {
        const badge = { kind: 'warn', icon: 'calendar-x', label: t('trainings.undated') } as const;
        return { day: place.firstDay, title: of.name, text, tone: 'calm', badge };
      }
      const ahead = place.firstDay > today;
      const badge = { kind: 'info', icon: 'clock', label: t(ahead ? 'workers.person.ahead' : 'workers.person.running') } as const;
      return { day: place.firstDay, title: of.name, text, tone: ahead ? 'calm' : 'info', badge };
    }
  }
}
