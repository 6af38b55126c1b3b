import { systemScope } from '../platform/scope.js';
import type { PersonPartSource } from '../workers/person.pages.js';
import type { Deps } from '../wiring.js';
import { coveragePart } from './personPart.pages.js';
import { asOfDay } from './standings.rules.js';

const classNames = systemScope('names of the classes that a person completed or is enrolled in');

/** What coverage says on the person page: judged from the facts at this moment. */
export function coveragePersonPart(deps: Deps): PersonPartSource {
  return async (ctx, worker) => {
    if (!ctx.can('coverage.read')) return {};
    const judged = (await deps.coverage.judge([worker.id], asOfDay(ctx.year, deps.clock.today()))).get(worker.id);
    if (judged === undefined) return {};
    const { coverage, onboarding } = judged.standing;
    const ids = [
      ...(coverage.kind === 'TRAINED' ? [coverage.classId] : []),
      ...(coverage.kind === 'UNTRAINED' && coverage.arranged !== null ? [coverage.arranged.classId] : []),
      ...(onboarding.kind === 'DONE' ? [onboarding.classId] : []),
    ];
    const classes = await deps.classes.byIds(classNames, ids);
    return coveragePart(ctx, judged.standing, new Map([...classes].map(([id, one]) => [id, one.name])));
  };
}
