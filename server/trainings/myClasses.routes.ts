import type { CivilDay } from '../platform/civilDays.js';
import { timeOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { page, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Deps } from '../wiring.js';
import { myClassesPage } from './myClasses.pages.js';
import { slotAt } from './stages.rules.js';

/** The class teacher's own classes, on a phone. */
export function myClassesRoutes(deps: Deps): readonly Route[] {
  return routeTable('/my-classes', [get('/', 'training.read', (ctx) => show(deps, ctx))]);
}

async function show(deps: Deps, ctx: Ctx): Promise<Reply> {
  const today: CivilDay = deps.clock.today();
  const mine = ctx.account === null ? [] : await deps.classes.all(ctx.scope, { teacherAccountId: ctx.account.id });
  return page('trainings/myClasses', myClassesPage(ctx, mine, { today, now: slotAt(today, timeOf(deps.clock.now())) }));
}
