import type { Ctx } from '../platform/http/context.js';
import { page, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import { reaches } from '../platform/scope.js';
import type { TrainingClass } from '../trainings/trainingClass.rules.js';
import type { Deps } from '../wiring.js';
import { sessionsAround, todayPage, type Due } from './today.pages.js';

/** The sessions whose roll the account takes: those of the own classes, or of the classes that its division manages. */
export function todayRoutes(deps: Deps): readonly Route[] {
  return routeTable('/today', [get('/', 'attendance.mark', (ctx) => show(deps, ctx))]);
}

async function show(deps: Deps, ctx: Ctx): Promise<Reply> {
  const today = deps.clock.today();
  const running = await deps.classes.all(ctx.scope, { states: ['PUBLISHED', 'IN_PROGRESS'], external: false });
  const own = running.filter((of) => ctx.scope.kind === 'classes' || reaches(ctx.scope, of.ownerPath));
  const around = sessionsAround(own, today);
  const [due, earlier, next] = [await counted(deps, around.due), await counted(deps, around.earlier), await counted(deps, around.next)];
  return page('attendance/today', todayPage(ctx, { today, due, late: earlier.filter((one) => one.counts.submitted === null), next }));
}

/** The sessions with how their rolls stand; each class is asked once. */
async function counted(deps: Deps, sessions: readonly Pick<Due, 'of' | 'session'>[]): Promise<readonly Due[]> {
  const classes = new Map<string, TrainingClass>(sessions.map((one) => [one.of.id, one.of]));
  const counts = new Map(await Promise.all([...classes.keys()].map(async (id) => [id, await deps.attendance.countsFor(id)] as const)));
  return sessions.flatMap((one) => {
    const own = counts.get(one.of.id)?.get(one.session.id);
    return own === undefined ? [] : [{ ...one, counts: own }];
  });
}
