import type { WorkerYearRow } from '../coverage/people.rules.js';
import { flagRules } from '../gaps/flags.rules.js';
import { addDays } from '../platform/civilDays.js';
import { signedIn, type Ctx } from '../platform/http/context.js';
import { goTo, page, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Scope } from '../platform/scope.js';
import type { TrainingClass } from '../trainings/trainingClass.rules.js';
import { classAreaId } from '../trainings/words.pages.js';
import type { Deps } from '../wiring.js';
import { deskPage } from './desk.pages.js';
import { arrangedClass, deskPerson, type DeskPerson } from './deskPeople.pages.js';
import { othersLate, todosOf, type LateFlags } from './deskTodos.pages.js';
import { addresseeOf, leadingRole } from './menu.rules.js';

/** Roles whose work begins on a page of another feature. */
const firstPages: Readonly<Record<string, string>> = {
  classTeacher: '/today',
  worker: '/me',
  systemAdmin: '/accounts',
  securityAdmin: '/grants',
  auditAdmin: '/trail',
};

const peopleShown = 8;
const classDays = 14;
/** Above the county somebody else knows the people: the desk lists divisions instead of names. */
const wideLevels: readonly string[] = ['nation', 'province', 'city'];

/** The first page: each role's own work. */
export function deskRoutes(deps: Deps): readonly Route[] {
  return routeTable('', [get('/', 'signedIn', (ctx) => showDesk(deps, ctx))]);
}

async function showDesk(deps: Deps, ctx: Ctx): Promise<Reply> {
  const role = leadingRole(signedIn(ctx).roles);
  const scope = ctx.scopeOf('coverage.read');
  const elsewhere = role === null ? undefined : firstPages[role];
  if (elsewhere !== undefined) return goTo(elsewhere);
  if (scope === null) return page('home/noRole', { title: ctx.t('home.desk.title'), crumbs: [] });
  const wide = wideLevels.includes(ctx.area.level);
  const [board, children, people, classes, counters, late] = await Promise.all([
    deps.coverage.boardFor(scope, ctx.area.id, ctx.year),
    wide ? deps.divisionsStore.childrenOf(ctx.area.id) : [],
    wide ? [] : peopleOf(deps, ctx, scope),
    classesOf(deps, ctx),
    deps.counters(signedIn(ctx)),
    lateFlags(deps, ctx),
  ]);
  const [todos, others] = [todosOf(ctx, counters, late), othersLate(ctx, late)];
  return page('home/desk', deskPage(ctx, { today: deps.clock.today(), board, children, people, classes, todos, others }));
}

/** The first of the untrained, who has nothing arranged before the others. */
async function peopleOf(deps: Deps, ctx: Ctx, scope: Scope): Promise<readonly DeskPerson[]> {
  const untrained = { year: ctx.year, divisionId: ctx.area.id, kinds: ['UNTRAINED'] } as const;
  const take = async (isArranged: boolean, size: number): Promise<readonly WorkerYearRow[]> =>
    size <= 0
      ? []
      : (await deps.coverage.listPeople(scope, { ...untrained, isArranged }, { page: 1, skip: 0, size, sort: 'division', direction: 1 }))
          .rows;
  const open = await take(false, peopleShown);
  const rows = [...open, ...(await take(true, peopleShown - open.length))];
  const ids = rows.map((row) => row.workerId);
  const [workers, divisions, classes, reasons, waiting] = await Promise.all([
    deps.workers.within(scope, ids),
    deps.divisionsStore.names(rows.flatMap((row) => row.divisionId ?? [])),
    classNames(
      deps,
      ctx.scopeOf('training.read'),
      rows.flatMap((row) => arrangedClass(row)?.classId ?? []),
    ),
    reasonsOf(deps, ctx, ids),
    deps.exemptions.waiting(scope, ids),
  ]);
  return rows.map((row) => deskPerson(ctx, row, { workers, divisions, classes, reasons, waiting }));
}

async function reasonsOf(deps: Deps, ctx: Ctx, workerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const scope = ctx.scopeOf('gap.read');
  if (scope === null) return new Map();
  const paging = { page: 1, skip: 0, size: peopleShown, sort: 'state', direction: 1 } as const;
  const { rows } = await deps.gaps.list(scope, { open: true, ruleIds: ['T-COV'], year: ctx.year, workerIds }, paging);
  return new Map(rows.map((flag) => [flag.workerId ?? '', flag.reason]));
}

async function classNames(deps: Deps, scope: Scope | null, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (scope === null || ids.length === 0) return new Map();
  return new Map([...(await deps.classes.byIds(scope, ids))].map(([id, of]) => [id, of.name]));
}

/** Classes of this week and the next. */
async function classesOf(deps: Deps, ctx: Ctx): Promise<readonly TrainingClass[]> {
  const scope = ctx.scopeOf('training.read');
  if (scope === null) return [];
  const from = deps.clock.today();
  const during = { from, to: addDays(from, classDays - 1) };
  return deps.classes.all(scope, { seenBy: classAreaId(ctx), during, states: ['PUBLISHED', 'IN_PROGRESS', 'POSTPONED'] });
}

async function lateFlags(deps: Deps, ctx: Ctx): Promise<LateFlags> {
  const scope = ctx.scopeOf('gap.read');
  if (scope === null) return { own: [], all: [] };
  const late = { open: true, severity: 'LATE', divisionId: ctx.area.id, ruleIds: flagRules.filter((rule) => rule !== 'T-COV') } as const;
  const addressee = addresseeOf(signedIn(ctx).roles);
  const [own, all] = await Promise.all([
    addressee === null ? [] : deps.gaps.countByRule(scope, { ...late, addressee }),
    deps.gaps.countByRule(scope, late),
  ]);
  return { own, all };
}
