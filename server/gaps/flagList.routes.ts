import { writeSheets } from '../platform/files/xlsxWriter.js';
import type { Ctx } from '../platform/http/context.js';
import { asExport, wholeOf } from '../platform/http/exports.js';
import { readPaging, type Paging } from '../platform/http/paging.js';
import { download, page, xlsxType, type Reply } from '../platform/http/reply.js';
import { systemScope } from '../platform/scope.js';
import { divisionOptions } from '../workers/places.pages.js';
import type { Deps } from '../wiring.js';
import { raisedWithin, type FlagFilter } from './flagFilter.rules.js';
import { addressees, flagLine, flagsPage, flagsSheet, type FlagListLine } from './flagList.pages.js';
import { classesOf } from './flagWords.pages.js';
import { flagRules, severities } from './flags.rules.js';
import { ageBands, type StoredFlag } from './storedFlag.rules.js';

/** More flags than a city ever has open. */

const classNames = systemScope('names of the classes that the evidence of flags speaks of');

/** The names of the classes that flags speak of. */
export async function classNamesOf(deps: Deps, flags: readonly StoredFlag[]): Promise<ReadonlyMap<string, string>> {
  const classes = await deps.classes.byIds(classNames, flags.flatMap(classesOf));
  return new Map([...classes].map(([id, one]) => [id, one.name]));
}

/** The subtree that a filter of a list names, inside the page's area; the area itself when it names none. */
export async function divisionFilterOf(deps: Deps, ctx: Ctx): Promise<string> {
  const code = ctx.query['division'] ?? '';
  const division = code === '' ? null : await deps.divisionsStore.find(code);
  return division?.path.includes(ctx.area.id) === true ? division.id : ctx.area.id;
}

async function filterOf(deps: Deps, ctx: Ctx): Promise<FlagFilter> {
  const { query } = ctx;
  const [rule, severity, addressee, age] = [
    flagRules.find((one) => one === query['rule']),
    severities.find((one) => one === query['severity']),
    addressees.find((one) => one === query['addressee']),
    ageBands.find((one) => one === query['age']),
  ];
  const search = (query['q'] ?? '').trim();
  return {
    open: query['state'] !== 'cleared',
    divisionId: await divisionFilterOf(deps, ctx),
    ...(rule === undefined ? {} : { ruleIds: [rule] }),
    ...(severity === undefined ? {} : { severity }),
    ...(addressee === undefined ? {} : { addressee }),
    ...(age === undefined ? {} : { raised: raisedWithin(age, deps.clock.today()) }),
    ...(search === '' ? {} : { search }),
  };
}

function pagingOf(ctx: Ctx, filter: FlagFilter): Paging {
  return readPaging(ctx.query, filter.open ? ['urgency', 'division', 'name', 'age'] : ['cleared', 'division', 'name']);
}

export async function showFlags(deps: Deps, ctx: Ctx): Promise<Reply> {
  const filter = await filterOf(deps, ctx);
  const paging = pagingOf(ctx, filter);
  const [slice, counts, cleared, divisions] = await Promise.all([
    deps.gaps.list(ctx.scope, filter, paging),
    deps.gaps.countByRule(ctx.scope, { open: true, divisionId: ctx.area.id }),
    deps.gaps.count(ctx.scope, { open: false, divisionId: ctx.area.id }),
    divisionOptions(deps, ctx.area),
  ]);
  const [places, classes] = await Promise.all([
    deps.divisionsStore.byIds(slice.rows.flatMap((flag) => flag.divisionPath)),
    classNamesOf(deps, slice.rows),
  ]);
  const rule = filter.ruleIds?.[0] ?? null;
  return page(
    'gaps/flags',
    flagsPage(ctx, slice, {
      counts,
      cleared,
      rule,
      isCleared: !filter.open,
      places,
      classes,
      divisions,
      paging,
      today: deps.clock.today(),
    }),
  );
}

export async function exportFlags(deps: Deps, ctx: Ctx): Promise<Reply> {
  const filter = await filterOf(deps, ctx);
  const rows = wholeOf(await deps.gaps.list(ctx.scope, filter, asExport(pagingOf(ctx, filter))));
  const [places, classes] = await Promise.all([
    deps.divisionsStore.byIds(rows.flatMap((flag) => flag.divisionPath)),
    classNamesOf(deps, rows),
  ]);
  const today = deps.clock.today();
  const lines: FlagListLine[] = rows.map((flag) => flagLine(ctx, flag, { places, classes, today }));
  await deps.transact(ctx.actor, async (tx) => {
    tx.audit({ action: 'gaps.exported', object: { kind: 'division', id: ctx.area.id }, divisionPath: ctx.area.path, count: lines.length });
  });
  return download(
    `${ctx.t('gaps.flags.title', { area: ctx.area.name })}_${today}.xlsx`,
    xlsxType,
    await writeSheets([flagsSheet(ctx, lines, today)]),
  );
}
