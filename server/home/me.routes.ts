import { param, signedIn, type Ctx } from '../platform/http/context.js';
import { NotFound } from '../platform/errors.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { systemScope } from '../platform/scope.js';
import type { Correction } from '../workers/requests.rules.js';
import type { Worker } from '../workers/worker.rules.js';
import { placesOf } from '../workers/places.pages.js';
import { timeOf } from '../platform/civilDays.js';
import { slotAt } from '../trainings/stages.rules.js';
import type { Deps } from '../wiring.js';
import { correctionForm } from './me.forms.js';
import { myClassesPage, type MyPlace } from './meClasses.pages.js';
import { certificateCard, myCertificatesPage, type MyCertification } from './meCertificates.pages.js';
import { correctionsPage } from './meCorrections.pages.js';
import { examCard } from './meExams.pages.js';
import { myHomePage } from './meHome.pages.js';
import { tasksOf } from './meTasks.pages.js';

const named = systemScope('names of the classes that a worker has a place in');
const mostShown = 50;

/** The pages of a worker about the own learning, on the phone. */
export function meRoutes(deps: Deps): readonly Route[] {
  return routeTable('/me', [
    get('/', 'self.read', (ctx) => showHome(deps, ctx)),
    get('/classes', 'self.read', (ctx) => showClasses(deps, ctx)),
    get('/certificates', 'self.read', (ctx) => showCertificates(deps, ctx)),
    get('/account', 'self.read', () => goTo('/account')),
    get('/corrections', 'correction.raise', (ctx) => showCorrections(deps, ctx, [])),
    post('/corrections', 'correction.raise', (ctx) => raise(deps, ctx)),
    post('/corrections/:id/reading', 'correction.raise', { params: { id: 'correction' } }, (ctx) => read(deps, ctx)),
  ]);
}

/** The person of the account. @throws NotFound for an account without one */
function ownId(ctx: Ctx): string {
  const { workerId } = signedIn(ctx);
  if (workerId === null) throw new NotFound('worker');
  return workerId;
}

async function showHome(deps: Deps, ctx: Ctx): Promise<Reply> {
  const id = ownId(ctx);
  const today = deps.clock.today();
  const year = Number(today.slice(0, 4));
  const [worker, years, classes, corrections, flags] = await Promise.all([
    deps.workers.byId(ctx.scope, id),
    deps.coverage.yearsOf([id], year),
    placesFor(deps, ctx, id),
    ownCorrections(deps, ctx, id),
    deps.gaps.ofWorker(ctx.scope, id),
  ]);
  const names = new Map(classes.map(({ of }) => [of.id, of.name]));
  const tasks = tasksOf(ctx, flags, { classes: names, today });
  const answers = corrections.filter((one) => one.state === 'answered' && one.seenAt === null);
  const [places, { judgement, certification }] = await Promise.all([placesOf(deps, [worker.divisionPath]), certificationFor(deps, worker)]);
  const cards = { exam: examCard(ctx, judgement, { today, onlyBegun: true }), certificate: certificateCard(ctx, certification, today) };
  return page(
    'home/me',
    myHomePage(ctx, {
      worker,
      places,
      today,
      now: slotAt(today, timeOf(deps.clock.now())),
      year: years.get(id) ?? null,
      classes,
      answers,
      tasks,
      ...cards,
    }),
  );
}

async function placesFor(deps: Deps, ctx: Ctx, id: string): Promise<readonly MyPlace[]> {
  const enrolments = await deps.enrolments.ofWorkers(ctx.scope, [id]);
  const classes = await deps.classes.byIds(
    named,
    enrolments.map((place) => place.classId),
  );
  return enrolments.flatMap((place) => {
    const of = classes.get(place.classId);
    return of === undefined ? [] : [{ place, of }];
  });
}

async function certificationFor(deps: Deps, worker: Pick<Worker, 'id' | 'divisionPath'>): Promise<MyCertification> {
  const today = deps.clock.today();
  const [judged, certified] = await Promise.all([
    deps.examStandings.judgementsOf([worker.id], today),
    deps.certificates.certificationsOf([worker], today),
  ]);
  return { today, judgement: judged.get(worker.id), certification: certified.get(worker.id) };
}

async function showCertificates(deps: Deps, ctx: Ctx): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, ownId(ctx));
  return page('home/certificates', myCertificatesPage(ctx, await certificationFor(deps, worker)));
}

async function showClasses(deps: Deps, ctx: Ctx): Promise<Reply> {
  const id = ownId(ctx);
  const [places, credits] = await Promise.all([placesFor(deps, ctx, id), deps.attendance.creditsOf([id])]);
  const minutes = new Map<string, number>();
  for (const line of credits.get(id) ?? []) minutes.set(line.classId, (minutes.get(line.classId) ?? 0) + line.minutes);
  return page('home/classes', myClassesPage(ctx, places, minutes));
}

async function ownCorrections(deps: Deps, ctx: Ctx, workerId: string): Promise<readonly Correction[]> {
  const scope = ctx.scopeOf('correction.raise');
  return scope === null ? [] : (await deps.corrections.list(scope, { workerId }, { skip: 0, size: mostShown })).rows;
}

async function showCorrections(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const corrections = await ownCorrections(deps, ctx, ownId(ctx));
  return page('home/corrections', correctionsPage(ctx, corrections, problems), problems.length > 0 ? 422 : 200);
}

async function raise(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(correctionForm, ctx);
  if (!parsed.ok) return showCorrections(deps, ctx, parsed.problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.corrections.raise(tx, ctx.scope, { workerId: ownId(ctx), ...parsed.value });
    if (!outcome.ok) return showCorrections(deps, ctx, outcome.problems);
    return goTo('/me/corrections', done(ctx.t('home.corrections.raised')));
  });
}

async function read(deps: Deps, ctx: Ctx): Promise<Reply> {
  return ctx.command(async (tx) => {
    await deps.corrections.markSeen(tx, ctx.scope, param(ctx, 'id'));
    return goTo('/me/corrections');
  });
}
