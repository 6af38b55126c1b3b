/** The kinds of objects that the trail speaks of, in the order of the filter. */
export const trailKinds = [
  'account', 'worker', 'exemption', 'transfer', 'correction', 'import', 'class', 'enrolment', 'certificate', 'examAttempt', 'target', 'policy', 'examYear',
  'passMark', 'division', 'job', 'trail',
] as const;

/** The actions whose names are known in both languages, by the part before the dot. */
export const trailActions: Readonly<Record<string, readonly string[]>> = {
  session: ['opened', 'closed'],
  account: ['created', 'activated', 'codeIssued', 'passwordChanged', 'passwordReset', 'locked', 'unlocked', 'disabled', 'enabled', 'roleGiven', 'roleWithdrawn'],
  worker: ['joined', 'changed', 'postChanged', 'transferred', 'left', 'returned', 'statusChanged', 'sensitiveRead', 'exported'],
  trail: ['exported'],
};

/** The known actions as they are stored. */
export function knownActions(): readonly string[] {
  return Object.entries(trailActions).flatMap(([subject, verbs]) => verbs.map((verb) => `${subject}.${verb}`));
}
