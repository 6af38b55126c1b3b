import type { Division } from '../divisions/divisions.store.js';
import type { Ctx } from '../platform/http/context.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { page, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import { searchPrefix } from '../platform/text/pinyin.js';
import { classAreaId } from '../trainings/words.pages.js';
import { placesOf } from '../workers/places.pages.js';
import type { Deps } from '../wiring.js';
import { searchPage, type Found } from './search.pages.js';

const shown = 8;
const longest = 60;
const nothing = { rows: [], total: 0 };

/** The search box of the top bar: one word over people, classes and places of the area. */
export function searchRoutes(deps: Deps): readonly Route[] {
  return routeTable('', [get('/search', 'division.read', (ctx) => search(deps, ctx))]);
}

async function search(deps: Deps, ctx: Ctx): Promise<Reply> {
  const term = (ctx.query['q'] ?? '').trim().slice(0, longest);
  const today = deps.clock.today();
  if (searchPrefix(term) === '')
    return page('home/search', searchPage(ctx, { term, today, people: nothing, classes: nothing, divisions: nothing, places: new Map() }));
  const [people, classes, divisions] = await Promise.all([
    peopleNamed(deps, ctx, term),
    classesNamed(deps, ctx, term),
    divisionsNamed(deps, ctx, term),
  ]);
  const places = await placesOf(deps, [
    ...people.rows.map((worker) => worker.divisionPath),
    ...divisions.rows.map((division) => division.path),
  ]);
  return page('home/search', searchPage(ctx, { term, today, people, classes, divisions, places }));
}

function first(sort: string): Paging {
  return { page: 1, skip: 0, size: shown, sort, direction: 1 };
}

async function peopleNamed(deps: Deps, ctx: Ctx, term: string): Promise<Found['people']> {
  const scope = ctx.scopeOf('worker.read');
  return scope === null
    ? nothing
    : deps.workers.list(scope, { ...deps.workers.searchFilter(term), divisionId: ctx.area.id }, first('pinyin'));
}

async function classesNamed(deps: Deps, ctx: Ctx, term: string): Promise<Found['classes']> {
  const scope = ctx.scopeOf('training.read');
  return scope === null
    ? nothing
    : deps.classes.list(scope, { search: term, seenBy: classAreaId(ctx) }, { ...first('first'), direction: -1 });
}

async function divisionsNamed(deps: Deps, ctx: Ctx, term: string): Promise<Slice<Division>> {
  const named = (await deps.divisionsStore.subtree(ctx.area.id)).filter((division) => division.name.includes(term));
  return { rows: named.slice(0, shown), total: named.length };
}
