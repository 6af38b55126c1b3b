import type { Division } from '../../../server/divisions/divisions.store.js';
import { civilDay } from '../../../server/platform/civilDays.js';
import { systemScope } from '../../../server/platform/scope.js';
import { systemActor, type Tx } from '../../../server/platform/transactions.js';
import type { TestApp } from '../app.js';
import type { Pair, SampleMaker } from '../samples.js';
import { peopleOf } from './roster.js';

const scope = systemScope('samples');
const source = '晋人社函〔2026〕31 号';

/** A certificate with its registration, an exam attempt and a target in both counties; a line and a mark of the exam calendar. */
export const certificationSamples: SampleMaker = async (app) => {
  const { county, otherCounty } = app.fixture;
  const own = await certificationOf(app, county, '2026090114001234');
  const foreign = await certificationOf(app, otherCounty, '2026090114005678');
  const years = await app.deps.examCalendar.years();
  const marks = await app.deps.examCalendar.marks(years[0]!.year);
  const same = (id: string): Pair => ({ own: id, foreign: id });
  return {
    pairs: {
      certificate: { own: own.certificate, foreign: foreign.certificate },
      registration: { own: own.registration, foreign: foreign.registration },
      examAttempt: { own: own.examAttempt, foreign: foreign.examAttempt },
      target: { own: own.target, foreign: foreign.target },
      examYear: same(years.at(-1)!.id),
      passMark: same(marks[0]!.id),
    },
  };
};

const act = <T>(app: TestApp, useCase: (tx: Tx) => Promise<T>): Promise<T> => app.deps.transact(systemActor('samples'), useCase);

/** The value of an outcome that has to be good. */
function good<Outcome extends { ok: boolean }>(outcome: Outcome): Extract<Outcome, { ok: true }> {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome as Extract<Outcome, { ok: true }>;
}

async function certificationOf(app: TestApp, county: Division, managementNo: string) {
  const { deps } = app;
  const workerId = peopleOf(app, county)[4]!.id;
  const obtainedOn = civilDay('2026-09-01');
  const certificate = good(
    await act(app, (tx) =>
      deps.certificates.enter(tx, scope, {
        workerId,
        level: 'ASSISTANT',
        managementNo,
        title: '',
        obtainedOn,
        examYear: 2026,
        reviewPassed: true,
      }),
    ),
  ).id;
  const registered = { certificateId: certificate, version: 1, source, from: civilDay('2026-10-08'), validThrough: null };
  good(await act(app, (tx) => deps.registrations.register(tx, scope, registered)));
  const attempt = good(
    await act(app, (tx) =>
      deps.exams.record(tx, scope, {
        workerId: peopleOf(app, county)[5]!.id,
        year: 2025,
        level: 'SOCIAL_WORKER',
        results: [{ subject: 'S_LAW', sat: true, score: 66, official: true }],
        eligibility: 'REVIEW_PASSED',
        source,
      }),
    ),
  );
  const path = {
    kind: 'LINEAR' as const,
    from: { day: civilDay('2026-01-01'), basisPoints: 1500 },
    to: { day: civilDay('2028-12-31'), basisPoints: 3000 },
  };
  const target = good(
    await act(app, (tx) =>
      deps.targets.set(tx, scope, {
        divisionId: county.id,
        divisionPath: county.path,
        from: civilDay('2026-01-01'),
        path,
        toleranceBasisPoints: 100,
        sourceDoc: source,
      }),
    ),
  );
  const stored = await deps.certificates.byId(scope, certificate);
  return { certificate, registration: stored.registrations[0]!.id, examAttempt: attempt.ids[0]!, target: target.id };
}
