import type { Deps } from '../wiring.js';
import { field, fieldList, type Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { readPaging } from '../platform/http/paging.js';
import { goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { isId } from '../platform/ids.js';
import type { AccountFilter } from './accounts.store.js';
import { codesPage } from './codes.pages.js';
import { showSheet } from './codeSheet.pages.js';
import { divisionChoices } from './divisionChoices.pages.js';
import { placesOf } from './places.pages.js';

/** One-time codes that a county prints for its own workers (decision 3). */
export function codesRoutes(deps: Deps): readonly Route[] {
  return routeTable('/codes', [
    get('/', 'code.issue', (ctx) => list(deps, ctx, [])),
    post('/sheets', 'code.issue', (ctx) => issue(deps, ctx)),
    get('/sheets/:sheet', 'code.issue', { params: { sheet: 'word' } }, (ctx) => showSheet(deps, ctx, '/codes')),
  ]);
}

async function list(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const paging = readPaging(ctx.query, ['name']);
  const now = deps.clock.now();
  const filter = placeOf(ctx, ctx.query['division'] ?? '');
  const all = { ...filter, who: 'workers', text: (ctx.query['q'] ?? '').trim() } as const;
  const invited = { ...all, state: 'invited' } as const;
  const [countAll, countInvited] = await Promise.all([
    deps.accountsStore.count(ctx.scope, all, now),
    deps.accountsStore.count(ctx.scope, invited, now),
  ]);
  const slice = await deps.accountsStore.list(ctx.scope, ctx.query['want'] === 'all' ? all : invited, paging, now);
  const divisions = (await divisionChoices(deps.divisionsStore, ctx.scope, 'community')).slice(1);
  const places = await placesOf(deps, slice.rows);
  const model = codesPage(ctx, slice, { paging, now, places, divisions, counts: { all: countAll, invited: countInvited }, problems });
  return page('access/codes', model, problems.length > 0 ? 422 : 200);
}

/** The division of the filter, else the one the page is about. */
function placeOf(ctx: Ctx, division: string): { divisionId: string } {
  return { divisionId: isId(division) ? division : ctx.area.id };
}

async function issue(deps: Deps, ctx: Ctx): Promise<Reply> {
  const chosen = fieldList(ctx, 'account').filter(isId);
  const everyone = field(ctx, 'all') !== '';
  if (!everyone && chosen.length === 0) return list(deps, ctx, [{ field: '', key: 'access.codes.nobody' }]);
  const filter: Omit<AccountFilter, 'who'> = everyone
    ? { ...placeOf(ctx, field(ctx, 'division')), state: 'invited', text: field(ctx, 'q').trim() }
    : { ids: chosen };
  return ctx.command(async (tx) => {
    const outcome = await deps.codes.issueToWorkers(tx, ctx.scope, filter);
    return outcome.ok ? goTo(`/codes/sheets/${outcome.value}`) : list(deps, ctx, outcome.problems);
  });
}
