import type { Division } from '../../../server/divisions/divisions.store.js';
import type { ObjectKind } from '../../../server/platform/http/routeTable.js';
import { systemScope } from '../../../server/platform/scope.js';
import { systemActor } from '../../../server/platform/transactions.js';
import type { ClassPlan, TrainingClass } from '../../../server/trainings/trainingClass.rules.js';
import { attendanceActs } from '../../http/attendanceActs.js';
import { coverageActs } from '../../http/coverageActs.js';
import type { TestApp } from '../app.js';
import { makeClass } from '../classes.js';
import type { Pair, SampleMaker } from '../samples.js';
import { peopleOf } from './roster.js';

const scope = systemScope('samples');

type ClassObjects = Readonly<Record<'class' | 'classSession' | 'enrolment', string>>;

/** Classes of each county in every state that a page asks for: the one of today with its roll called, a draft, a postponed one … */
export const classSamples: SampleMaker = async (app) => {
  const [own, foreign] = [await classesOf(app, app.fixture.county), await classesOf(app, app.fixture.otherCounty)];
  const pairs = (name: keyof typeof own): Partial<Record<ObjectKind, Pair>> => {
    const kinds = Object.keys(own[name]) as (keyof ClassObjects)[];
    return Object.fromEntries(kinds.map((kind) => [kind, { own: own[name][kind], foreign: foreign[name][kind] }]));
  };
  return {
    pairs: pairs('today'),
    on: [
      { path: /^\/classes\/:id\/(?:edit|publication)$/, pairs: pairs('draft') },
      { path: /^\/classes\/:id\/(?:postponement|cancellation)$/, pairs: pairs('coming') },
      { path: /^\/classes\/:id\/rescheduling$/, pairs: pairs('postponed') },
      { path: /^\/classes\/:id\/(?:closing|completion)$/, pairs: pairs('attended') },
      { path: /^\/classes\/:id\/reopening$/, pairs: pairs('closed') },
      { path: /^\/classes\/:id\/completed\//, pairs: pairs('external') },
    ],
  };
};

async function classesOf(app: TestApp, county: Division) {
  const acts = attendanceActs(app);
  const ids = peopleOf(app, county).map((worker) => worker.id);
  const its: Partial<ClassPlan> = { tier: 'COUNTY', ownerDivisionId: county.id, ownerPath: county.path, audience: [county.id] };
  const hall = async (name: string, people: readonly string[], days: [string, string]) => acts.hall(people, days, { ...its, name });

  const today = await hall('今日班', ids.slice(0, 3), ['2026-11-24', '2026-11-24']);
  await acts.fillRest(today, 0);
  await acts.submit(today, 0);
  const attended = await hall('待结业班', ids.slice(3, 6), ['2026-11-12', '2026-11-13']);
  await acts.attend(attended);
  const closed = await hall('已结业班', ids.slice(6, 9), ['2026-11-10', '2026-11-11']);
  await acts.attend(closed);
  await acts.close(closed);
  const external = await coverageActs(app).complete(ids.slice(9, 12), ['2026-10-13', '2026-10-14'], { ...its, name: '外部班' });
  const [postponed, coming] = [
    await publishedClass(app, { ...its, name: '推迟班' }),
    await publishedClass(app, { ...its, name: '待开班' }),
  ];
  const draft = await makeClass(app, { ...its, name: '草拟班' }, ['2026-12-15', '2026-12-16'], false);
  await app.deps.transact(systemActor('samples'), (tx) =>
    app.deps.classes.act(tx, scope, { id: postponed.id, version: postponed.version, action: 'POSTPONE', reason: '大雪封路' }),
  );
  const objects = async (of: TrainingClass): Promise<ClassObjects> => {
    const [place] = await app.deps.enrolments.ofClass(scope, of.id);
    return { class: of.id, classSession: of.sessions[0]!.id, enrolment: place?.id ?? '' };
  };
  return {
    today: await objects(today.of),
    attended: await objects(attended.of),
    closed: await objects(closed.of),
    external: await objects(external),
    postponed: await objects(postponed),
    coming: await objects(coming),
    draft: await objects(draft),
  };
}

function publishedClass(app: TestApp, changes: Partial<ClassPlan>): Promise<TrainingClass> {
  return makeClass(app, changes, ['2026-12-08', '2026-12-09']);
}
