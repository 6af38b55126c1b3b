import type { HistoricAttendance } from '../attendance/attendance.service.js';
import { creditsOf, type HoursCredit } from '../attendance/hours.rules.js';
import type { LedgerRow } from '../attendance/ledger.store.js';
import type { MarkRow } from '../attendance/marks.store.js';
import { addDays, startOfDay } from '../platform/civilDays.js';
import { newId } from '../platform/ids.js';
import type { AddedHistory } from '../trainings/history.service.js';
import { slotDay } from '../trainings/slots.rules.js';
import type { Enrolment, TrainingClass } from '../trainings/trainingClass.rules.js';
import type { DemoClass } from './history.js';

/** Marks, handed-in rolls and hours of classes just added; the two lists are in the same order. */
export function attendanceOf(added: readonly AddedHistory[], classes: readonly DemoClass[]): HistoricAttendance {
  const parts = added.map((one, index) => partOf(one, classes[index]));
  return {
    marks: parts.flatMap((one) => one.marks),
    rollCalls: parts.flatMap((one) => one.rollCalls),
    ledger: parts.flatMap((one) => one.ledger),
  };
}

function partOf(added: AddedHistory, demo: DemoClass | undefined): HistoricAttendance {
  if (demo === undefined) return { marks: [], rollCalls: [], ledger: [] };
  const of = added.trainingClass;
  const by = of.teacherName === '' ? of.organiser : of.teacherName;
  const marks = added.enrolments.flatMap((place) => marksOfPlace(place, demo, { of, by }));
  const rollCalls = demo.submitted.map((session) => ({
    sessionId: session.id,
    classId: of.id,
    submittedAt: endOf(session.slot),
    submittedBy: by,
  }));
  const ledger = of.state === 'CLOSED' ? added.enrolments.flatMap((place) => ledgerOfPlace(place, demo, of)) : [];
  return { marks, rollCalls, ledger };
}

function marksOfPlace(place: Enrolment, demo: DemoClass, at: { of: TrainingClass; by: string }): MarkRow[] {
  const sessions = new Map(at.of.sessions.map((session) => [session.id, session]));
  return (demo.marks.get(place.workerId) ?? []).map((mark) => ({
    id: newId(),
    ...mark,
    classId: at.of.id,
    enrolmentId: place.id,
    workerId: place.workerId,
    reason: '',
    actId: mark.sessionId,
    byAccountId: null,
    byName: at.by,
    at: endOf(sessions.get(mark.sessionId)?.slot ?? `${at.of.firstDay}-AM`),
    supersededAt: null,
    supersededBy: null,
  }));
}

function ledgerOfPlace(place: Enrolment, demo: DemoClass, of: TrainingClass): LedgerRow[] {
  if (of.external) return place.state === 'COMPLETED' ? externalLines(place, of) : [];
  const credits = creditsOf(of.sessions, demo.marks.get(place.workerId) ?? [], {
    completed: place.state === 'COMPLETED',
    requireCompletion: false,
  });
  return credits.map((line) => lineOf(place, of, line));
}

function externalLines(place: Enrolment, of: TrainingClass): LedgerRow[] {
  const marks = of.sessions.map((session) => ({
    sessionId: session.id,
    mark: 'PRESENT' as const,
    late: false,
    leftEarly: false,
    madeUp: false,
  }));
  return creditsOf(of.sessions, marks, { completed: true, requireCompletion: false }).map((line) => lineOf(place, of, line));
}

function lineOf(place: Enrolment, of: TrainingClass, line: HoursCredit): LedgerRow {
  return {
    id: newId(),
    workerId: place.workerId,
    classId: of.id,
    reverses: null,
    at: of.closedAt ?? startOfDay(addDays(of.lastDay, 1)),
    ...line,
  };
}

/** The instant a half-day's roll was handed in: 12:00 or 17:30 in Shanghai. */
function endOf(slot: string): Date {
  const day = startOfDay(slotDay(slot as Parameters<typeof slotDay>[0]));
  return new Date(day.getTime() + (slot.endsWith('AM') ? 12 : 17.5) * 3_600_000);
}
