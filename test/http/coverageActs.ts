import type { Completed } from '../../server/trainings/external.service.js';
import type { ClassPlan, TrainingClass } from '../../server/trainings/trainingClass.rules.js';
import { systemScope } from '../../server/platform/scope.js';
import { systemActor } from '../../server/platform/transactions.js';
import type { TestApp } from '../support/app.js';
import { planOf } from '../support/classes.js';

const all = systemScope('test');
const actor = systemActor('test');

/** What moves coverage, as the services below do it. */
export function coverageActs(at: TestApp) {
  const { deps, fixture } = at;
  return {
    /** A class held elsewhere that some people completed. */
    async complete(workerIds: readonly string[], days: [string, string], changes: Partial<ClassPlan> = {}): Promise<TrainingClass> {
      const people: Completed[] = workerIds.map((workerId) => ({ workerId, creditMinutes: null }));
      const outcome = await deps.transact(actor, (tx) =>
        deps.externalClasses.record(tx, all, planOf(fixture, { external: true, ...changes }, days), people),
      );
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
      await at.settle();
      return outcome.trainingClass;
    },

    /** A published class to come, with confirmed places. */
    async arrange(workerIds: readonly string[], days: [string, string], changes: Partial<ClassPlan> = {}): Promise<TrainingClass> {
      const made = await deps.transact(actor, async (tx) => {
        const created = await deps.classes.create(tx, all, planOf(fixture, changes, days));
        if (!created.ok) throw new Error(JSON.stringify(created.problems));
        const { id } = created.trainingClass;
        await deps.classes.act(tx, all, { id, version: 1, action: 'PUBLISH', reason: '' });
        const nominees = workerIds.map((workerId, index) => ({ workerId, rank: index + 1, reason: '' }));
        const result = await deps.nominations.nominate(tx, all, { classId: id, nominees, confirm: true });
        if (result.leftOut.length > 0) throw new Error(JSON.stringify(result.leftOut));
        return deps.classes.byId(all, id, tx);
      });
      await at.settle();
      return made;
    },

    /** An exemption asked for and approved. */
    async exempt(workerId: string, from: string, to: string): Promise<void> {
      await deps.transact(actor, async (tx) => {
        const asked = await deps.exemptions.request(tx, all, { workerId, reason: '产假', from: from as never, to: to as never });
        if (!asked.ok) throw new Error(JSON.stringify(asked.problems));
        await deps.exemptions.approve(tx, all, { id: asked.exemption.id, answer: '同意' });
      });
      await at.settle();
    },
  };
}
