import { civilDay } from '../../../server/platform/civilDays.js';
import { coveragePolicy, inductionPolicy, onboardingPolicy } from '../../../server/coverage/coverage.policies.js';
import type { CoverageFacts, Exemption, Participation } from '../../../server/coverage/coverage.rules.js';
import type { Post, PostClass, ServiceStatus } from '../../../server/workers/posts.rules.js';
import type { Appointment, ServicePeriod } from '../../../server/workers/service.rules.js';

export const today = civilDay('2026-11-24');
export const coverage = coveragePolicy.shipped.value;
export const onboarding = onboardingPolicy.shipped.value;
export const induction = inductionPolicy.shipped.value;

const day = (text: string | null) => (text === null ? null : civilDay(text));

export function period(status: ServiceStatus, from: string, to: string | null = null): ServicePeriod {
  return { status, from: civilDay(from), to: day(to) };
}

export function appointment(from: string, fields: Partial<Omit<Appointment, 'from' | 'to'>> & { to?: string } = {}): Appointment {
  const { to = null, ...rest } = fields;
  const usual = {
    divisionId: 'home',
    post: 'GRID_WORKER' as Post,
    postClass: 'STAFF' as PostClass,
    kind: 'REGULAR',
    primary: true,
    source: null,
  } as const;
  return { ...usual, ...rest, from: civilDay(from), to: day(to) };
}

/** A completed county class in October 2026, changed as asked. */
export function place(
  fields: Partial<Omit<Participation, 'firstDay' | 'lastDay'>> & { firstDay?: string; lastDay?: string } = {},
): Participation {
  const { firstDay = '2026-10-12', lastDay = '2026-10-13', ...rest } = fields;
  const usual = {
    classId: 'class',
    tier: 'COUNTY',
    purpose: 'CATCH_ALL',
    classState: 'CLOSED',
    state: 'COMPLETED',
    divisionId: 'home',
  } as const;
  return { ...usual, ...rest, firstDay: civilDay(firstDay), lastDay: civilDay(lastDay) };
}

export function exemption(from: string, to: string | null, state: Exemption['state'] = 'APPROVED'): Exemption {
  return { id: 'exemption', reason: 'FULL_TIME_STUDY', state, from: civilDay(from), to: day(to) };
}

/** Somebody in service since 2020 without any class, changed as asked. */
export function person(fields: Partial<CoverageFacts> & { joined?: string } = {}): CoverageFacts {
  const { joined = '2020-03-01', ...rest } = fields;
  return {
    history: { appointments: [appointment(joined)], statuses: [period('IN_SERVICE', joined)] },
    exemptions: [],
    participations: [],
    ...rest,
  };
}
