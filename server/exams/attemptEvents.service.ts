import type { AuditEntry } from '../platform/audit.js';
import { resultText, type ExamAttempt } from './attempt.rules.js';

/** What the trail says of a result that took the place of another. */
export function changeOf(before: ExamAttempt, after: ExamAttempt, reason: string): AuditEntry {
  return {
    action: 'examAttempt.changed',
    object: { kind: 'examAttempt', id: after.id },
    divisionPath: after.divisionPath,
    changes: [{ field: after.subject, from: resultText(before), to: resultText(after) }],
    reason,
  };
}
