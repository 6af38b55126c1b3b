/** The kinds of objects that the trail speaks of, in the order of the filter. */
export const trailKinds = [
  'account',
  'worker',
  'exemption',
  'transfer',
  'correction',
  'import',
  'class',
  'enrolment',
  'certificate',
  'examAttempt',
  'target',
  'policy',
  'examYear',
  'passMark',
  'division',
  'job',
  'trail',
] as const;

/** The actions that have words in both languages, by the part before the dot; any other is shown as it is stored. */
export const trailActions: Readonly<Record<string, readonly string[]>> = {
  session: ['opened', 'closed'],
  account: [
    'created',
    'activated',
    'codeIssued',
    'passwordChanged',
    'passwordReset',
    'locked',
    'unlocked',
    'disabled',
    'enabled',
    'roleGiven',
    'roleWithdrawn',
  ],
  worker: ['joined', 'changed', 'postChanged', 'transferred', 'left', 'returned', 'statusChanged', 'factCorrected', 'sensitiveRead', 'exported'],
  exemption: ['requested', 'approved', 'refused'],
  transfer: ['requested', 'confirmed', 'refused', 'withdrawn'],
  correction: ['raised', 'answered'],
  import: ['uploaded', 'committed', 'abandoned'],
  class: ['created', 'changed', 'published', 'rescheduled', 'postponed', 'cancelled', 'closed', 'reopened', 'exported'],
  enrolment: ['nominated', 'returned', 'confirmed', 'waitlisted', 'withdrawn', 'walkedIn', 'assessed', 'completed'],
  attendance: ['submitted', 'corrected'],
  certificate: ['added', 'changed', 'registered', 'renewed'],
  examAttempt: ['recorded', 'changed'],
  target: ['changed'],
  policy: ['changed'],
  policies: ['shipped'],
  divisions: ['loaded'],
  job: ['started'],
  trail: ['exported'],
};

/** The known actions as they are stored. */
export function knownActions(): readonly string[] {
  return Object.entries(trailActions).flatMap(([subject, verbs]) => verbs.map((verb) => `${subject}.${verb}`));
}
