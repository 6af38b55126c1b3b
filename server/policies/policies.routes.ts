import { z } from 'zod';
import type { CivilDay } from '../platform/civilDays.js';
import { NotFound } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { day, text } from '../platform/http/fields.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { reaches } from '../platform/scope.js';
import { kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { patternOf, type PolicyKind } from './kinds.js';
import { valueFrom, type Typed } from './typed.rules.js';
import { confirmPage } from './confirm.pages.js';
import { valueProblems } from './problems.pages.js';
import { policiesPage, policyPage, type KindInForce } from './policies.pages.js';

const ofKind = { params: { kind: 'word' } } as const;
const rowForm = z.object({ from: day('policies.from'), sourceDoc: text('policies.sourceDoc') });

/** The rules that hold, their rows over time, and the next row (decision 18). */
export function policiesRoutes(deps: Deps): readonly Route[] {
  return routeTable('/policies', [
    get('/', 'policy.read', (ctx) => list(deps, ctx)),
    get('/:kind', 'policy.read', ofKind, (ctx) => show(deps, ctx, { typed: null, problems: [] })),
    post('/:kind', 'policy.change', ofKind, (ctx) => change(deps, ctx)),
  ]);
}

function kindOf(deps: Deps, ctx: Ctx): PolicyKind<unknown> {
  const found = deps.policies.kinds.find((kind) => kind.kind === param(ctx, 'kind'));
  if (found === undefined) throw new NotFound('policy');
  return found;
}

async function inForce(deps: Deps, ctx: Ctx, kinds: readonly PolicyKind<unknown>[]): Promise<readonly KindInForce[]> {
  const today = deps.clock.today();
  const [book, rows] = await Promise.all([deps.policies.load(kinds), deps.policies.rowsOf(kinds)]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const names = await deps.divisionsStore.names(rows.map((row) => row.divisionId));
  return kinds.flatMap((kind) => {
    const { rowId, value } = book.on(kind, ctx.area.path, today);
    const row = byId.get(rowId);
    // the value as its schema reads it: its parts stand in the order in which a new value will have them
    return row === undefined ? [] : [{ kind, row: { ...row, value }, divisionName: names.get(row.divisionId) ?? '' }];
  });
}

async function list(deps: Deps, ctx: Ctx): Promise<Reply> {
  return page('policies/list', policiesPage(ctx, await inForce(deps, ctx, deps.policies.kinds), deps.clock.today()));
}

async function show(deps: Deps, ctx: Ctx, with_: { typed: Typed | null; problems: readonly Problem[] }, status = 200): Promise<Reply> {
  const kind = kindOf(deps, ctx);
  const [of] = await inForce(deps, ctx, [kind]);
  if (of === undefined) throw new NotFound('policy');
  const all = await deps.policies.rowsOf([kind]);
  const onLine = all.filter((row) => ctx.area.path.includes(row.divisionId) || row.divisionPath.includes(ctx.area.id));
  const names = await deps.divisionsStore.names(onLine.map((row) => row.divisionId));
  const rows = [...onLine].reverse().map((row) => ({ ...row, divisionName: names.get(row.divisionId) ?? '' }));
  return page('policies/kind', policyPage(ctx, of, { rows, ...with_ }), status);
}

/** Whom a new row touches, before it begins. */
async function ask(
  deps: Deps,
  ctx: Ctx,
  of: KindInForce,
  next: { readonly value: unknown; readonly from: CivilDay; readonly sourceDoc: string },
): Promise<Reply> {
  const rows = await deps.policies.rowsOf([of.kind]);
  const until = rows.find((row) => row.divisionId === ctx.area.id && row.from > next.from)?.from ?? null;
  const below = rows.filter(
    (row) =>
      row.divisionId !== ctx.area.id &&
      row.divisionPath.includes(ctx.area.id) &&
      row.from <= next.from &&
      (row.to === null || row.to > next.from),
  );
  const reach = await reachOf(deps, ctx, new Set(below.map((row) => row.divisionId)));
  return page('policies/confirm', confirmPage(ctx, of, { ...next, ...reach, until, today: deps.clock.today() }));
}

/** People and divisions of the area, without the divisions that go on with a row of their own. */
async function reachOf(deps: Deps, ctx: Ctx, own: ReadonlySet<string>) {
  const under = (await deps.divisionsStore.subtree(ctx.area.id)).filter((one) => one.id !== ctx.area.id);
  const apart = under.filter((one) => own.has(one.id));
  const tops = apart.filter((one) => !one.path.some((id) => id !== one.id && own.has(id)));
  const count = (divisionId: string): Promise<number> => deps.workers.count(ctx.scope, { divisionId, present: true });
  const [all, ...without] = await Promise.all([count(ctx.area.id), ...tops.map((one) => count(one.id))]);
  return {
    people: without.reduce((left, n) => left - n, all),
    divisions: under.filter((one) => !one.path.some((id) => own.has(id))).length,
    apart: apart.map((one) => one.name),
  };
}

async function change(deps: Deps, ctx: Ctx): Promise<Reply> {
  const kind = kindOf(deps, ctx);
  const [of] = await inForce(deps, ctx, [kind]);
  if (of === undefined) throw new NotFound('policy');
  const parsed = parseForm(rowForm, ctx);
  const value = kind.schema.safeParse(valueFrom({ shape: of.row.value, pattern: patternOf(kind) }, ctx.body));
  const wrong = value.success ? [] : valueProblems(ctx, kind, { shape: of.row.value, issues: value.error.issues });
  const problems = [
    ...wrong,
    ...(parsed.ok ? [] : parsed.problems),
    ...(reaches(ctx.scope, ctx.area.path) ? [] : [{ field: '', key: 'policies.outside' }]),
  ];
  if (!parsed.ok || !value.success || problems.length > 0) return show(deps, ctx, { typed: ctx.body, problems }, 422);
  if (ctx.body['confirmed'] !== 'yes') return ask(deps, ctx, of, { value: value.data, ...parsed.value });
  let refused: readonly Problem[] = [];
  const reply = await ctx.command(async (tx) => {
    const outcome = await deps.policies.change(tx, {
      kind,
      divisionId: ctx.area.id,
      divisionPath: ctx.area.path,
      value: value.data,
      ...parsed.value,
    });
    if (outcome.ok)
      return goTo(
        kept(ctx, `/policies/${kind.kind}`),
        done(ctx.t('policies.changed', { name: ctx.t(`policies.kinds.${kind.kind}.name`), area: ctx.area.name, from: parsed.value.from })),
      );
    refused = outcome.problems;
    return page('policies/kind', {}, 422);
  });
  return reply.kind === 'redirect' ? reply : show(deps, ctx, { typed: ctx.body, problems: refused }, 422);
}
