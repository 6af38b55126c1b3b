import { field, param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { asExport, wholeOf } from '../platform/http/exports.js';
import { readPaging, type Paging } from '../platform/http/paging.js';
import { done, download, goTo, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { isId } from '../platform/ids.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import { levels } from '../certificates/level.rules.js';
import { divisionOptions, placesOf } from '../workers/places.pages.js';
import { kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { attemptPage, chooseWorkerPage, personExamsPage, resultsPage } from './attempt.pages.js';
import { correctionForm, entriesForm, readSubjects, resultsForm, withdrawalForm } from './exams.forms.js';
import { comingTabs, examsPage, examsSheet, yearTabs, type ExamList } from './exams.pages.js';
import { subjectsOf } from './passes.rules.js';
import { countIn, examStates, type ExamState } from './counts.rules.js';
import { examSorts } from './standings.store.js';

const ofAttempt = { params: { id: 'examAttempt' } } as const;
const ofWorker = { params: { id: 'worker' } } as const;
const mostChoices = 20;

/** Exam results of people: list, entering, correcting, registrations for the coming exam. */
export function examsRoutes(deps: Deps): readonly Route[] {
  return routeTable('/exams', [
    get('/', 'exam.read', (ctx) => list(deps, ctx)),
    get('/export', 'exam.read', (ctx) => exportList(deps, ctx)),
    get('/new', 'exam.record', (ctx) => showNew(deps, ctx)),
    post('/', 'exam.record', (ctx) => record(deps, ctx)),
    post('/entries', 'exam.record', (ctx) => enter(deps, ctx)),
    get('/people/:id', 'exam.read', ofWorker, (ctx) => showPerson(deps, ctx)),
    post('/people/:id/entry-withdrawal', 'exam.record', ofWorker, (ctx) => withdraw(deps, ctx)),
    get('/attempts/:id', 'exam.read', ofAttempt, (ctx) => showAttempt(deps, ctx, [])),
    post('/attempts/:id/correction', 'exam.record', ofAttempt, (ctx) => correct(deps, ctx)),
  ]);
}

/** The filter of the address; a state that does not exist falls back to what matters most now. */
function filterOf(ctx: Ctx, nextExam: number, divisionId: string): ExamList['filter'] {
  const year = ctx.query['year'] === undefined ? Math.min(ctx.year, nextExam - 1) : ctx.year;
  const asked = examStates.find((one) => one === ctx.query['state']);
  const level = levels.find((one) => one === ctx.query['level']);
  const search = (ctx.query['q'] ?? '').trim();
  const state = asked ?? (year >= nextExam ? 'notEntered' : 'sat');
  return { divisionId, year, state, inService: true, ...(search === '' ? {} : { search }), ...(level === undefined ? {} : { level }) };
}

async function countsOf(deps: Deps, ctx: Ctx, filter: ExamList['filter']): Promise<ReadonlyMap<ExamState, number>> {
  const states: readonly ExamState[] = [...yearTabs, ...comingTabs];
  if (filter.search === undefined) {
    const counts = await deps.examCounts.of(ctx.scope, filter.divisionId);
    return new Map(states.map((state) => [state, countIn(counts, { ...filter, state })]));
  }
  return new Map(
    await Promise.all(
      states.map(async (state): Promise<[ExamState, number]> => [
        state,
        await deps.examStandingsStore.count(ctx.scope, { ...filter, state }),
      ]),
    ),
  );
}

async function listOf(deps: Deps, ctx: Ctx, as: (paging: Paging) => Paging = (paging) => paging): Promise<ExamList> {
  const today = deps.clock.today();
  const nextExam = await deps.examCalendar.coming(today);
  const code = ctx.query['division'] ?? '';
  const found = code === '' ? null : await deps.divisionsStore.find(code);
  const division = found?.path.includes(ctx.area.id) === true ? found : null;
  const filter = filterOf(ctx, nextExam, division?.id ?? ctx.area.id);
  const paging = as(readPaging(ctx.query, examSorts));
  const counts = await countsOf(deps, ctx, filter);
  const slice = await deps.examStandingsStore.list(ctx.scope, filter, paging, counts.get(filter.state));
  const [judged, places, options] = await Promise.all([
    deps.examStandings.judgementsOf(
      slice.rows.map((row) => row.workerId),
      today,
    ),
    placesOf(
      deps,
      slice.rows.map((row) => row.divisionPath),
    ),
    divisionOptions(deps, ctx.area),
  ]);
  return { filter, nextExam, paging, slice, counts, judged, places, options, division };
}

async function list(deps: Deps, ctx: Ctx): Promise<Reply> {
  return page('exams/list', examsPage(ctx, await listOf(deps, ctx)));
}

async function exportList(deps: Deps, ctx: Ctx): Promise<Reply> {
  const found = await listOf(deps, ctx, asExport);
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({
      action: 'exam.exported',
      object: { kind: 'division', id: ctx.area.id },
      divisionPath: ctx.area.path,
      count: wholeOf(found.slice).length,
    });
  });
  const sheet = examsSheet(ctx, found);
  return download(`${sheet.title}_${deps.clock.today()}.xlsx`, xlsxType, await writeSheets([sheet]));
}

async function showNew(deps: Deps, ctx: Ctx): Promise<Reply> {
  const workerId = ctx.query['worker'] ?? '';
  if (isId(workerId)) return resultsReply(deps, ctx, { workerId, level: ctx.query['level'] ?? '', problems: [] });
  return choose(deps, ctx);
}

async function choose(deps: Deps, ctx: Ctx): Promise<Reply> {
  const search = (ctx.query['q'] ?? '').trim();
  const filter = { divisionId: ctx.area.id, present: true, ...deps.workers.searchFilter(search) };
  const paging = { ...readPaging({}, ['pinyin']), size: mostChoices };
  const found = search === '' ? { rows: [], total: 0 } : await deps.workers.list(ctx.scope, filter, paging);
  const places = await placesOf(
    deps,
    found.rows.map((worker) => worker.divisionPath),
  );
  return page('exams/choose', chooseWorkerPage(ctx, { people: found.rows, total: found.total, places, search }));
}

async function resultsReply(deps: Deps, ctx: Ctx, of: { workerId: string; level: string; problems: readonly Problem[] }): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, of.workerId);
  const today = deps.clock.today();
  const [judgements, calendar, coming, places] = await Promise.all([
    deps.examStandings.judgementsOf([worker.id], today),
    deps.examCalendar.years(),
    deps.examCalendar.coming(today),
    placesOf(deps, [worker.divisionPath]),
  ]);
  const judged = judgements.get(worker.id);
  if (judged === undefined) return choose(deps, ctx);
  const level = levels.find((one) => one === of.level) ?? judged.aim ?? 'SOCIAL_WORKER';
  const years = calendar
    .map((line) => line.year)
    .filter((year) => year < coming)
    .reverse();
  const model = resultsPage(ctx, { worker, judged, places, level, years, year: Math.min(ctx.year, coming - 1), problems: of.problems });
  return page('exams/results', model, of.problems.length > 0 ? 422 : 200);
}

async function record(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(resultsForm, ctx);
  const workerId = field(ctx, 'workerId');
  if (!isId(workerId)) return choose(deps, ctx);
  const level = levels.find((one) => one === field(ctx, 'level')) ?? null;
  const { results, problems } = readSubjects(ctx.body, level === null ? [] : subjectsOf[level]);
  if (!parsed.ok || problems.length > 0)
    return resultsReply(deps, ctx, { workerId, level: level ?? '', problems: [...(parsed.ok ? [] : parsed.problems), ...problems] });
  return ctx.command(async (tx) => {
    const outcome = await deps.exams.record(tx, ctx.scope, { ...parsed.value, results });
    if (!outcome.ok) return resultsReply(deps, ctx, { workerId, level: parsed.value.level, problems: outcome.problems });
    const worker = await deps.workers.byId(ctx.scope, workerId, tx);
    return goTo(
      kept(ctx, `/exams/people/${worker.id}`),
      done(ctx.t('exams.recorded', { name: worker.name, n: outcome.ids.length, year: parsed.value.year })),
    );
  });
}

async function enter(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(entriesForm, ctx);
  const back = kept(ctx, '/exams');
  if (!parsed.ok) return goTo(back, { kind: 'bad', text: ctx.t('exams.level.unknown') });
  return ctx.command(async (tx) => {
    const outcome = await deps.examEntries.enter(tx, ctx.scope, { workerIds: parsed.value.worker.filter(isId), level: parsed.value.level });
    if (!outcome.ok)
      return goTo(`${back}${back.includes('?') ? '&' : '?'}state=notEntered`, {
        kind: 'warn',
        text: ctx.t(outcome.problems[0]?.key ?? 'exams.entries.nobody'),
      });
    const { year, entered, already } = outcome;
    return goTo(
      `${back}${back.includes('?') ? '&' : '?'}state=notEntered`,
      done(ctx.t('exams.entered', { n: entered, already, year, level: ctx.t(`certificates.level.${parsed.value.level}`) })),
    );
  });
}

async function showPerson(deps: Deps, ctx: Ctx): Promise<Reply> {
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  const today = deps.clock.today();
  const [judgements, history, places] = await Promise.all([
    deps.examStandings.judgementsOf([worker.id], today),
    deps.exams.historyOf(ctx.scope, worker.id),
    placesOf(deps, [worker.divisionPath]),
  ]);
  const judged = judgements.get(worker.id);
  if (judged === undefined) throw new Error('a worker that was found is judged');
  return page('exams/person', personExamsPage(ctx, { worker, judged, history, entries: judged.entries, places, today }));
}

async function withdraw(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(withdrawalForm, ctx);
  const worker = await deps.workers.byId(ctx.scope, param(ctx, 'id'));
  const back = kept(ctx, `/exams/people/${worker.id}`);
  if (!parsed.ok) return goTo(back);
  return ctx.command(async (tx) => {
    await deps.examEntries.withdraw(tx, ctx.scope, { workerId: worker.id, level: parsed.value.level });
    return goTo(back, done(ctx.t('exams.entryWithdrawn', { name: worker.name })));
  });
}

async function showAttempt(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const attempt = await deps.exams.byId(ctx.scope, param(ctx, 'id'));
  const worker = await deps.workers.byId(ctx.scope, attempt.workerId);
  const history = await deps.exams.historyOf(ctx.scope, worker.id);
  return page('exams/attempt', attemptPage(ctx, { attempt, worker, history, problems }), problems.length > 0 ? 422 : 200);
}

async function correct(deps: Deps, ctx: Ctx): Promise<Reply> {
  const attempt = await deps.exams.byId(ctx.scope, param(ctx, 'id'));
  const parsed = parseForm(correctionForm, ctx);
  const { results, problems } = readSubjects(ctx.body, [attempt.subject]);
  const [published] = results;
  const missing = published === undefined && problems.length === 0 ? [{ field: attempt.subject, key: 'exams.results.none' }] : [];
  if (!parsed.ok || published === undefined)
    return showAttempt(deps, ctx, [...problems, ...missing, ...(parsed.ok ? [] : parsed.problems)]);
  return ctx.command(async (tx) => {
    const outcome = await deps.exams.correct(tx, ctx.scope, { id: attempt.id, ...published, ...parsed.value });
    if (!outcome.ok) return showAttempt(deps, ctx, outcome.problems);
    return goTo(`/exams/attempts/${outcome.ids[0] ?? attempt.id}`, done(ctx.t('exams.corrected')));
  });
}
