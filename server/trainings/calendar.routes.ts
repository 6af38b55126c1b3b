import type { Ctx } from '../platform/http/context.js';
import { page, type Reply } from '../platform/http/reply.js';
import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Deps } from '../wiring.js';
import { monthSpan } from './calendar.rules.js';
import { calendarPage, readMonth, type SeatGap } from './calendar.pages.js';
import { isAhead } from './stages.rules.js';
import type { TrainingClass } from './trainingClass.rules.js';
import { classAreaId } from './words.pages.js';

/** The year plan and the month calendar. */
export function calendarRoutes(deps: Deps): readonly Route[] {
  return routeTable('/calendar', [get('/', 'training.read', (ctx) => show(deps, ctx))]);
}

async function show(deps: Deps, ctx: Ctx): Promise<Reply> {
  const today = deps.clock.today();
  const month = readMonth(ctx, today);
  const { firstDay, lastDay } = monthSpan(month);
  const seenBy = classAreaId(ctx);
  const [ofYear, shown] = await Promise.all([
    deps.classes.all(ctx.scope, { year: ctx.year, seenBy }),
    deps.classes.all(ctx.scope, { during: { from: firstDay, to: lastDay }, seenBy }),
  ]);
  const ofMonth = shown.filter((of) => of.state !== 'CANCELLED');
  return page('trainings/calendar', calendarPage(ctx, { month, today, ofYear, ofMonth, gaps: await seatGaps(deps, ctx, ofYear) }));
}

/** Children of the area whose own classes to come have fewer free seats than it has untrained people without an arrangement. */
async function seatGaps(deps: Deps, ctx: Ctx, ofYear: readonly TrainingClass[]): Promise<readonly SeatGap[]> {
  if (!ctx.can('coverage.read')) return [];
  const [children, untrained] = await Promise.all([
    deps.divisionsStore.childrenOf(ctx.area.id),
    deps.coverage.untrainedByDivision(ctx.area.id, ctx.year),
  ]);
  const gaps = children.map((child) => {
    const seats = ofYear.filter(isAhead).reduce((sum, of) => sum + freeSeatsFor(of, child.id), 0);
    return { areaCode: child.areaCode, name: child.name, seats, untrained: untrained.get(child.id)?.unarranged ?? 0 };
  });
  return gaps
    .filter((gap) => gap.untrained > gap.seats)
    .sort((a, b) => b.untrained - b.seats - (a.untrained - a.seats))
    .slice(0, 3);
}

/** Free seats of a class that a division's people can take: its quota, or all when the class belongs to it alone. */
function freeSeatsFor(of: TrainingClass, divisionId: string): number {
  const free = Math.max(0, of.capacity - of.takenSeats);
  const quota = of.quotas.find((one) => one.divisionId === divisionId);
  if (quota !== undefined) return Math.min(free, quota.seats);
  return of.ownerPath.includes(divisionId) ? free : 0;
}
