import { asOfText } from '../coverage/board.pages.js';
import { coveragePolicy } from '../coverage/coverage.policies.js';
import { isQualifying } from '../coverage/coverage.rules.js';
import { lastDayOf, yearOf, type CivilDay } from '../platform/civilDays.js';
import { writeSheets } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { asExport, wholeOf } from '../platform/http/exports.js';
import { readPaging, type Paging } from '../platform/http/paging.js';
import { download, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { posts } from '../workers/posts.rules.js';
import { classAreaId } from '../trainings/words.pages.js';
import { divisionOptions } from '../workers/places.pages.js';
import type { Deps } from '../wiring.js';
import type { FlagFilter } from './flagFilter.rules.js';
import { classNamesOf, divisionFilterOf } from './flagList.routes.js';
import { coverageReasons, type StoredFlag } from './storedFlag.rules.js';
import {
  untrainedLine,
  untrainedPage,
  untrainedSheet,
  untrainedTabs,
  type Offer,
  type UntrainedGround,
  type UntrainedTab,
} from './untrained.pages.js';

/** More requests than a county ever has open at once. */
const mostPending = 1000;

interface Question {
  readonly tab: UntrainedTab;
  readonly filter: FlagFilter;
  readonly pending: ReadonlySet<string>;
}

function narrowedTo(tab: UntrainedTab, pending: ReadonlySet<string>): Partial<FlagFilter> {
  if (tab === 'unarranged') return { subState: 'UNARRANGED' };
  if (tab === 'arranged') return { subState: 'ARRANGED' };
  return tab === 'pending' ? { workerIds: [...pending] } : {};
}

async function questionOf(deps: Deps, ctx: Ctx): Promise<Question> {
  const { query } = ctx;
  const asked = await deps.exemptions.list(ctx.scope, { state: 'requested', divisionId: ctx.area.id }, { skip: 0, size: mostPending });
  const pending = new Set(asked.rows.map((one) => one.workerId));
  const tab = untrainedTabs.find((one) => one === query['tab']) ?? 'all';
  const post = posts.find((one) => one === query['post']);
  const reason = coverageReasons.find((one) => one === query['reason']);
  const search = (query['q'] ?? '').trim();
  const filter: FlagFilter = {
    open: true,
    ruleIds: ['T-COV'],
    year: ctx.year,
    divisionId: await divisionFilterOf(deps, ctx),
    ...narrowedTo(tab, pending),
    ...(post === undefined ? {} : { post }),
    ...(reason === undefined ? {} : { reason }),
    ...(search === '' ? {} : { search }),
  };
  return { tab, filter, pending };
}

/** Classes that count, still take people of the area and have a seat for them, those that begin first on top. */
async function offersOf(deps: Deps, ctx: Ctx): Promise<Offer[]> {
  const scope = ctx.scopeOf('training.read');
  const today = deps.clock.today();
  if (scope === null || ctx.year !== yearOf(today)) return [];
  const book = await deps.policies.load([coveragePolicy]);
  const policy = book.on(coveragePolicy, ctx.area.path, today).value;
  const during = { from: today, to: lastDayOf(ctx.year) };
  const open = await deps.classes.all(scope, { seenBy: classAreaId(ctx), states: ['PUBLISHED'], external: false, during });
  const fitting = open.filter((of) => of.firstDay > today && of.lastDay <= during.to && isQualifying(of, policy));
  const seats = await deps.selection.seatsLeft(fitting, ctx.area.path);
  return fitting.map((of) => ({ of, left: seats.get(of.id)?.left ?? 0 })).filter((one) => one.left > 0);
}

async function countsOf(deps: Deps, ctx: Ctx, pending: ReadonlySet<string>): Promise<Record<UntrainedTab, number>> {
  const base: FlagFilter = { open: true, ruleIds: ['T-COV'], year: ctx.year, divisionId: ctx.area.id };
  const counts = await Promise.all(
    untrainedTabs.map(async (tab) => [tab, await deps.gaps.count(ctx.scope, { ...base, ...narrowedTo(tab, pending) })] as const),
  );
  return Object.fromEntries(counts) as Record<UntrainedTab, number>;
}

/** The day the last person was covered; asked only when nobody is left. */
async function lastCompletedOn(deps: Deps, ctx: Ctx, untrained: number): Promise<CivilDay | null> {
  if (untrained > 0) return null;
  let last: CivilDay | null = null;
  for await (const rows of deps.coverage.stream(ctx.scope, { year: ctx.year, divisionId: ctx.area.id, kinds: ['TRAINED'] })) {
    for (const {
      standing: { coverage },
    } of rows) {
      if (coverage.kind === 'TRAINED' && (last === null || coverage.completedOn > last)) last = coverage.completedOn;
    }
  }
  return last;
}

async function groundOf(
  deps: Deps,
  ctx: Ctx,
  at: { question: Question; rows: readonly StoredFlag[]; paging: Paging },
): Promise<UntrainedGround> {
  const { question, rows, paging } = at;
  const [board, counts, offers, divisions] = await Promise.all([
    deps.coverage.boardFor(ctx.scope, ctx.area.id, ctx.year),
    countsOf(deps, ctx, question.pending),
    offersOf(deps, ctx),
    divisionOptions(deps, ctx.area),
  ]);
  const [workers, places, classes] = await Promise.all([
    deps.workers.byIds(rows.flatMap((flag) => flag.workerId ?? [])),
    deps.divisionsStore.byIds(rows.flatMap((flag) => flag.divisionPath)),
    classNamesOf(deps, rows),
  ]);
  return {
    board,
    counts,
    offers,
    divisions,
    workers,
    places,
    classes,
    paging,
    tab: question.tab,
    pending: question.pending,
    lastCompletedOn: await lastCompletedOn(deps, ctx, board.rollUp.untrained),
    today: deps.clock.today(),
  };
}

const pagingOf = (ctx: Ctx): Paging => readPaging(ctx.query, ['state', 'division', 'name']);

export async function showUntrained(deps: Deps, ctx: Ctx): Promise<Reply> {
  const question = await questionOf(deps, ctx);
  const paging = pagingOf(ctx);
  const slice = await deps.gaps.list(ctx.scope, question.filter, paging);
  return page('gaps/untrained', untrainedPage(ctx, slice, await groundOf(deps, ctx, { question, rows: slice.rows, paging })));
}

export async function exportUntrained(deps: Deps, ctx: Ctx): Promise<Reply> {
  const question = await questionOf(deps, ctx);
  const paging = asExport(pagingOf(ctx));
  const rows = wholeOf(await deps.gaps.list(ctx.scope, question.filter, paging));
  const ground = await groundOf(deps, ctx, { question, rows, paging });
  const sheet = untrainedSheet(
    ctx,
    rows.map((flag) => untrainedLine(ctx, flag, ground)),
    asOfText(ctx, ground.board, ground.today),
  );
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({ action: 'gaps.exported', object: { kind: 'division', id: ctx.area.id }, divisionPath: ctx.area.path, count: rows.length });
  });
  return download(`${sheet.title}_${ground.today}.xlsx`, xlsxType, await writeSheets([sheet]));
}
