import type { PersonPartSource } from '../workers/person.pages.js';
import type { Deps } from '../wiring.js';
import { classNamesOf } from './flagList.routes.js';
import { flagsPart } from './personPart.pages.js';

/** What the gaps feature says on the person page, to whoever may read gaps. */
export function gapsPersonPart(deps: Deps): PersonPartSource {
  return async (ctx, worker) => {
    const scope = ctx.scopeOf('gap.read');
    if (scope === null) return {};
    const flags = await deps.gaps.ofWorker(scope, worker.id);
    return flagsPart(ctx, flags, { classes: await classNamesOf(deps, flags), today: deps.clock.today() });
  };
}
