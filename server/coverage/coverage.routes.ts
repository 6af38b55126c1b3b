import { isCivilDay } from '../platform/civilDays.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { readPaging } from '../platform/http/paging.js';
import { download, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import { systemScope } from '../platform/scope.js';
import type { Deps } from '../wiring.js';
import { asOfText, boardPage, definitionText } from './board.pages.js';
import type { ChildDivision } from './boardTables.pages.js';
import { coveragePolicy, onboardingPolicy } from './coverage.policies.js';
import { boardSheet, daysPage, paperPage } from './days.pages.js';
import { flagLines } from './flagLines.pages.js';
import { onboardingPage } from './onboarding.pages.js';
import { peopleLine, peoplePage, peopleSheet, personTimesBelow, type PeopleNames } from './people.pages.js';
import type { WorkerYearRow } from './people.rules.js';
import { readQuestion, type PeopleQuestion } from './question.pages.js';
import { asOfDay } from './standings.rules.js';

/** More people than any community has on one page. */
const mostOnBoard = 200;

/** Boards of the year, the lists behind their numbers, and their papers. */
export function coverageRoutes(deps: Deps): readonly Route[] {
  return [
    ...routeTable('/coverage', [
      get('/', 'coverage.read', (ctx) => showBoard(deps, ctx)),
      get('/export', 'coverage.read', (ctx) => exportBoard(deps, ctx)),
      get('/sheet', 'coverage.read', (ctx) => showPaper(deps, ctx)),
      get('/days', 'coverage.read', (ctx) => showDays(deps, ctx)),
      get('/people', 'coverage.read', (ctx) => showPeople(deps, ctx)),
      get('/people/export', 'coverage.read', (ctx) => exportPeople(deps, ctx)),
    ]),
    ...routeTable('/onboarding', [
      get('/', 'coverage.read', (ctx) => showOnboarding(deps, ctx)),
      get('/export', 'coverage.read', (ctx) => exportPeople(deps, ctx, true)),
    ]),
  ];
}

/** The divisions below the area. */
function childrenOf(deps: Deps, ctx: Ctx): Promise<readonly ChildDivision[]> {
  return deps.divisionsStore.childrenOf(ctx.area.id);
}

async function policiesOf(deps: Deps, ctx: Ctx) {
  const book = await deps.policies.load([coveragePolicy, onboardingPolicy]);
  const day = asOfDay(ctx.year, deps.clock.today());
  return {
    policy: book.on(coveragePolicy, ctx.area.path, day).value,
    onboardingPolicy: book.on(onboardingPolicy, ctx.area.path, day).value,
  };
}

async function showBoard(deps: Deps, ctx: Ctx): Promise<Reply> {
  const gapScope = ctx.scopeOf('gap.read');
  const [board, children, policies, counts] = await Promise.all([
    deps.coverage.boardFor(ctx.scope, ctx.area.id, ctx.year),
    childrenOf(deps, ctx),
    policiesOf(deps, ctx),
    gapScope === null ? null : deps.gaps.countByRule(gapScope, { open: true, divisionId: ctx.area.id }),
  ]);
  const people = children.length === 0 ? await boardPeople(deps, ctx) : null;
  const flags = counts === null ? null : flagLines(ctx, counts);
  return page('coverage/board', boardPage(ctx, { board, children, people, flags, ...policies, today: deps.clock.today() }));
}

/** A community's board names its people. */
async function boardPeople(deps: Deps, ctx: Ctx): Promise<object> {
  const question = readQuestion({ ...ctx, query: { show: 'inService' } });
  const paging = { page: 1, size: mostOnBoard, skip: 0, sort: 'name', direction: 1 } as const;
  const { rows } = await deps.coverage.listPeople(ctx.scope, question.filter, paging);
  const names = await namesOf(deps, rows);
  return { rows: rows.map((row) => peopleLine(ctx, row, names, question)), isOnboarding: false, hasTimes: false, hasPlace: false };
}

async function namesOf(deps: Deps, rows: readonly WorkerYearRow[]): Promise<PeopleNames> {
  const classIds = rows.flatMap(({ standing: { coverage, onboarding } }) => [
    ...(coverage.kind === 'TRAINED' ? [coverage.classId] : []),
    ...(coverage.kind === 'UNTRAINED' && coverage.arranged !== null ? [coverage.arranged.classId] : []),
    ...(onboarding.kind === 'DONE' ? [onboarding.classId] : []),
  ]);
  const [workers, places, classes] = await Promise.all([
    deps.workers.byIds(rows.map((row) => row.workerId)),
    deps.divisionsStore.byIds(rows.flatMap((row) => [...row.divisionPath, ...row.homes])),
    deps.classes.byIds(systemScope('names of the classes that the people of a list completed'), classIds),
  ]);
  return { workers, places, classes: new Map([...classes].map(([id, one]) => [id, one.name])) };
}

async function asOfOf(deps: Deps, ctx: Ctx): Promise<string> {
  return asOfText(ctx, await deps.coverage.boardFor(ctx.scope, ctx.area.id, ctx.year), deps.clock.today());
}

async function showPeople(deps: Deps, ctx: Ctx): Promise<Reply> {
  const question = readQuestion(ctx);
  const paging = readPaging(ctx.query, ['division', 'name', 'month']);
  const slice = await deps.coverage.listPeople(ctx.scope, question.filter, paging);
  const [names, personTimes, asOf] = await Promise.all([namesOf(deps, slice.rows), personTimesOf(deps, ctx, question), asOfOf(deps, ctx)]);
  return page('coverage/people', peoplePage(ctx, slice, { question, names, paging, personTimes, asOf }));
}

/** The sum of a list of person-times; null when the list counts persons. */
async function personTimesOf(deps: Deps, ctx: Ctx, question: PeopleQuestion): Promise<number | null> {
  if (question.filter.bookedRow === undefined) return null;
  let sum = 0;
  for await (const rows of deps.coverage.stream(ctx.scope, question.filter)) {
    const places = await deps.divisionsStore.byIds(rows.flatMap((row) => row.homes));
    sum += rows.reduce((times, row) => times + personTimesBelow(row, question, places), 0);
  }
  return sum;
}

async function linesOf(deps: Deps, ctx: Ctx, question: PeopleQuestion) {
  const lines: ReturnType<typeof peopleLine>[] = [];
  for await (const rows of deps.coverage.stream(ctx.scope, question.filter)) {
    const names = await namesOf(deps, rows);
    lines.push(...rows.map((row) => peopleLine(ctx, row, names, question)));
  }
  return lines;
}

async function exportPeople(deps: Deps, ctx: Ctx, isOnboarding = false): Promise<Reply> {
  const question = readQuestion(ctx, isOnboarding ? 'onboarding' : 'due');
  const lines = await linesOf(deps, ctx, question);
  const bytes = await writeSheets([peopleSheet(ctx, lines, { question, asOf: await asOfOf(deps, ctx) })]);
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({
      action: 'coverage.exported',
      object: { kind: 'division', id: ctx.area.id },
      divisionPath: ctx.area.path,
      count: lines.length,
      reason: question.label,
    });
  });
  return download(
    `${ctx.t('coverage.people.title', { area: ctx.area.name, what: question.label })}_${deps.clock.today()}.xlsx`,
    xlsxType,
    bytes,
  );
}

async function showOnboarding(deps: Deps, ctx: Ctx): Promise<Reply> {
  const question = readQuestion(ctx, 'onboarding');
  const paging = readPaging(ctx.query, ['division', 'name', 'month']);
  const slice = await deps.coverage.listPeople(ctx.scope, question.filter, paging);
  const [names, board, policies] = [
    await namesOf(deps, slice.rows),
    await deps.coverage.boardFor(ctx.scope, ctx.area.id, ctx.year),
    await policiesOf(deps, ctx),
  ];
  return page(
    'coverage/people',
    onboardingPage(ctx, slice, {
      question,
      names,
      paging,
      board,
      policy: policies.onboardingPolicy,
      asOf: asOfText(ctx, board, deps.clock.today()),
    }),
  );
}

async function showPaper(deps: Deps, ctx: Ctx): Promise<Reply> {
  const [board, children, { policy }] = await Promise.all([
    deps.coverage.boardFor(ctx.scope, ctx.area.id, ctx.year),
    childrenOf(deps, ctx),
    policiesOf(deps, ctx),
  ]);
  const today = deps.clock.today();
  return page(
    'coverage/paper',
    paperPage(ctx, { board, children, definition: definitionText(ctx, policy), asOf: asOfText(ctx, board, today), today }),
  );
}

async function exportBoard(deps: Deps, ctx: Ctx): Promise<Reply> {
  const [board, children] = await Promise.all([deps.coverage.boardFor(ctx.scope, ctx.area.id, ctx.year), childrenOf(deps, ctx)]);
  const sheet = boardSheet(ctx, { board, children, asOf: asOfText(ctx, board, deps.clock.today()) });
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({
      action: 'coverage.exported',
      object: { kind: 'division', id: ctx.area.id },
      divisionPath: ctx.area.path,
      count: children.length,
    });
  });
  return download(`${sheet.title}_${deps.clock.today()}.xlsx`, xlsxType, await writeSheets([sheet]));
}

async function showDays(deps: Deps, ctx: Ctx): Promise<Reply> {
  const paging = readPaging(ctx.query, ['day']);
  const day = ctx.query['day'] ?? '';
  const slice = await deps.coverage.daysOf(
    ctx.scope,
    { divisionId: ctx.area.id, year: ctx.year, ...(isCivilDay(day) ? { upTo: day } : {}) },
    paging,
  );
  return page('coverage/days', daysPage(ctx, slice, { paging, day: isCivilDay(day) ? day : '' }));
}
