/** Where a person's place in a class stands (decision 13). */
export const enrolmentStates = [
  'NOMINATED',
  'RETURNED',
  'CONFIRMED',
  'WAITLISTED',
  'ATTENDED',
  'ABSENT',
  'WITHDRAWN',
  'COMPLETED',
  'FAILED',
] as const;
export type EnrolmentState = (typeof enrolmentStates)[number];

/**
 * What is done to a place. `ARRIVE` is the first sign of presence, `MISS` that the person never came, `COMPLETE` and
 * `FAIL` happen when the class closes, `REOPEN` when it opens again, `CANCEL_CLASS` when the class falls away.
 */
export const enrolmentActions = [
  'CONFIRM',
  'RETURN',
  'WAITLIST',
  'RENOMINATE',
  'PROMOTE',
  'ARRIVE',
  'MISS',
  'WITHDRAW',
  'COMPLETE',
  'FAIL',
  'REOPEN',
  'CANCEL_CLASS',
] as const;
export type EnrolmentAction = (typeof enrolmentActions)[number];

const transitions: Readonly<Record<EnrolmentAction, Partial<Readonly<Record<EnrolmentState, EnrolmentState>>>>> = {
  CONFIRM: { NOMINATED: 'CONFIRMED' },
  RETURN: { NOMINATED: 'RETURNED', WAITLISTED: 'RETURNED', CONFIRMED: 'RETURNED' },
  WAITLIST: { NOMINATED: 'WAITLISTED', CONFIRMED: 'WAITLISTED' },
  RENOMINATE: { RETURNED: 'NOMINATED', WITHDRAWN: 'NOMINATED' },
  PROMOTE: { WAITLISTED: 'CONFIRMED' },
  ARRIVE: { CONFIRMED: 'ATTENDED', NOMINATED: 'ATTENDED', ABSENT: 'ATTENDED' },
  MISS: { CONFIRMED: 'ABSENT', NOMINATED: 'ABSENT', ATTENDED: 'ABSENT' },
  WITHDRAW: { NOMINATED: 'WITHDRAWN', CONFIRMED: 'WITHDRAWN', WAITLISTED: 'WITHDRAWN', RETURNED: 'WITHDRAWN', ATTENDED: 'WITHDRAWN' },
  // an external class has no roll call: its people go straight from confirmed to the result (decision 12)
  COMPLETE: { ATTENDED: 'COMPLETED', CONFIRMED: 'COMPLETED' },
  FAIL: { ATTENDED: 'FAILED', CONFIRMED: 'FAILED' },
  REOPEN: { COMPLETED: 'ATTENDED', FAILED: 'ATTENDED' },
  CANCEL_CLASS: {
    NOMINATED: 'WITHDRAWN',
    RETURNED: 'WITHDRAWN',
    CONFIRMED: 'WITHDRAWN',
    WAITLISTED: 'WITHDRAWN',
    ATTENDED: 'WITHDRAWN',
    ABSENT: 'WITHDRAWN',
  },
};

export type EnrolmentTransition =
  | { readonly ok: true; readonly state: EnrolmentState }
  | {
      readonly ok: false;
      readonly reason: { readonly kind: 'NOT_FROM_HERE'; readonly action: EnrolmentAction; readonly state: EnrolmentState };
    };

/** The state after an action, or the refusal that names both. */
export function actOnEnrolment(state: EnrolmentState, action: EnrolmentAction): EnrolmentTransition {
  const next = transitions[action][state];
  return next === undefined ? { ok: false, reason: { kind: 'NOT_FROM_HERE', action, state } } : { ok: true, state: next };
}

/** What may be done to a place in this state. */
export function enrolmentActionsFrom(state: EnrolmentState): EnrolmentAction[] {
  return enrolmentActions.filter((action) => transitions[action][state] !== undefined);
}

/**
 * States that hold a seat and its half-days: the filter of the unique index on `{workerId, slots}`. A waiting person
 * holds neither, so the same person may wait for two classes at once; promotion checks both.
 */
export const activeStates: readonly EnrolmentState[] = ['NOMINATED', 'CONFIRMED', 'ATTENDED', 'ABSENT', 'COMPLETED', 'FAILED'];

/** Whether a place holds a seat and its half-days. */
export function isActive(state: EnrolmentState): boolean {
  return activeStates.includes(state);
}

/** Whether the place may still end in completion: with the class still to come, the person is *arranged* (decision 21). */
export function isOpen(state: EnrolmentState): boolean {
  return state === 'NOMINATED' || state === 'CONFIRMED' || state === 'ATTENDED';
}
