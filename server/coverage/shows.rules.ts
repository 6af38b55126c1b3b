import type { PeopleFilter } from './people.rules.js';

type Narrowing = Pick<PeopleFilter, 'kinds' | 'isArranged' | 'hoursMet' | 'onboarding' | 'isOnboardingLate' | 'isCoveredOrArranged'>;

/** The lists behind the numbers of a board: the name in the address and what it narrows to. Each restates a count of the roll-up. */
export const shows = {
  inService: { kinds: ['TRAINED', 'UNTRAINED', 'EXEMPT', 'JOINED_AFTER_GRACE'] },
  due: { kinds: ['TRAINED', 'UNTRAINED'] },
  trained: { kinds: ['TRAINED'] },
  untrained: { kinds: ['UNTRAINED'] },
  arranged: { kinds: ['UNTRAINED'], isArranged: true },
  unarranged: { kinds: ['UNTRAINED'], isArranged: false },
  exempt: { kinds: ['EXEMPT'] },
  joinedAfterGrace: { kinds: ['JOINED_AFTER_GRACE'] },
  hoursMet: { kinds: ['TRAINED', 'UNTRAINED'], hoursMet: true },
  hoursShort: { kinds: ['TRAINED', 'UNTRAINED'], hoursMet: false },
  /** Trained, and arranged too: the projection. */
  projected: { kinds: ['TRAINED', 'UNTRAINED'], isCoveredOrArranged: true },
  onboarding: { onboarding: ['DONE', 'OPEN', 'OVERDUE'] },
  onboardingDone: { onboarding: ['DONE'] },
  onboardingLate: { onboarding: ['DONE'], isOnboardingLate: true },
  onboardingOpen: { onboarding: ['OPEN'] },
  onboardingOverdue: { onboarding: ['OVERDUE'] },
  /** Whose completions were booked here; counts person-times. */
  booked: {},
} as const satisfies Readonly<Record<string, Narrowing>>;
export type Show = keyof typeof shows;

/** The list of an address; everybody due when it names none. */
export function readShow(text: string | undefined, otherwise: Show = 'due'): Show {
  return text !== undefined && Object.hasOwn(shows, text) ? (text as Show) : otherwise;
}
