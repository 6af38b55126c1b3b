import type { Route } from '../platform/http/routeTable.js';
import type { ClassPartSource } from '../trainings/classParts.pages.js';
import type { Deps } from '../wiring.js';
import { closingRoutes } from './closing.routes.js';
import { correctionRoutes } from './corrections.routes.js';
import { papersRoutes } from './papers.routes.js';
import { rollCallRoutes } from './rollCall.routes.js';
import { todayRoutes } from './today.routes.js';
import { walkInRoutes } from './walkIns.routes.js';

/** Every page of attendance; `sources` hang into the head of the class's completion page. */
export function attendanceRoutes(deps: Deps, sources: readonly ClassPartSource[]): readonly Route[] {
  return [
    ...todayRoutes(deps),
    ...rollCallRoutes(deps),
    ...walkInRoutes(deps),
    ...correctionRoutes(deps),
    ...closingRoutes(deps, sources),
    ...papersRoutes(deps),
  ];
}
