import { daysBetween, yearOf } from '../platform/civilDays.js';
import type { Clock } from '../platform/clock.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import { systemScope, type Scope } from '../platform/scope.js';
import { searchKeys, sortKeys } from '../platform/text/pinyin.js';
import type { Worker } from '../workers/worker.rules.js';
import type { FlagFilter } from './flagFilter.rules.js';
import type { ClearedBy, FlagSource, FoundFlag } from './flagSources.rules.js';
import type { FlagRule } from './flags.rules.js';
import type { FlagEnd, FlagsStore, FlagWrite } from './flags.store.js';
import { ageBandOf, identityKey, identityOf, stateOf, type AgeBand, type FlagPerson, type StoredFlag } from './storedFlag.rules.js';

/** A division by its name, for flags about divisions. */
interface Place {
  readonly name: string;
  readonly code: string;
}

interface GapsDeps {
  readonly store: FlagsStore;
  readonly sources: readonly FlagSource[];
  readonly workers: { byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Worker>>; streamIds(): AsyncIterable<readonly string[]> };
  readonly places: { byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Place>> };
  /** One at a time, in every process: a stale judgement must not overwrite a newer one. */
  readonly alone: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  readonly clock: Clock;
}

/** What a scan did to flags. */
export interface ScanResult {
  readonly raised: number;
  readonly refreshed: number;
  readonly cleared: number;
}

/** Open flags of a rule by how long they have stood. */
export interface RuleCount {
  readonly ruleId: FlagRule;
  readonly total: number;
  readonly byAge: Readonly<Record<AgeBand, number>>;
}

const everything = systemScope('flags follow the facts of everybody');
const batchSize = 300;
const nothing: ScanResult = { raised: 0, refreshed: 0, cleared: 0 };

function add(one: ScanResult, other: ScanResult): ScanResult {
  return { raised: one.raised + other.raised, refreshed: one.refreshed + other.refreshed, cleared: one.cleared + other.cleared };
}

/** Flags as work items: raised, refreshed and cleared by what the sources find (decision 21). */
export function makeGapsService(deps: GapsDeps) {
  const { store, clock } = deps;

  async function writesOf(found: readonly FoundFlag[]): Promise<FlagWrite[]> {
    const workers = await deps.workers.byIds(found.flatMap(({ subject }) => (subject.kind === 'WORKER' ? [subject.workerId] : [])));
    const places = await deps.places.byIds(found.flatMap(({ subject }) => (subject.kind === 'DIVISION' ? [subject.divisionId] : [])));
    return found.map((one) => {
      const { subject, flag } = one;
      const workerId = subject.kind === 'WORKER' ? subject.workerId : null;
      const person = subject.kind === 'WORKER' ? personOf(workers.get(subject.workerId)) : divisionOf(places.get(subject.divisionId));
      return {
        identity: identityOf(one),
        workerId,
        classId: flag.rule === 'T-ATT' ? flag.evidence.classId : null,
        state: stateOf(one, person),
      };
    });
  }

  /** Why flags are gone: their year is over, or what the source says. */
  async function endsOf(gone: readonly StoredFlag[], source: FlagSource): Promise<FlagEnd[]> {
    const reasons = new Map<FlagRule, ReadonlyMap<string, ClearedBy>>();
    for (const rule of new Set(gone.map((flag) => flag.ruleId))) {
      const ids = gone.flatMap((flag) => (flag.ruleId === rule && flag.workerId !== null ? [flag.workerId] : []));
      reasons.set(rule, (await source.whyCleared?.(rule, ids)) ?? new Map());
    }
    const current = yearOf(clock.today());
    return gone.map(({ id, ruleId, workerId, year }) => {
      const told = workerId === null ? undefined : reasons.get(ruleId)?.get(workerId);
      return { id, clearedBy: year < current ? { because: 'yearOver' } : (told ?? { because: 'noLongerSo' }) };
    });
  }

  async function settle(source: FlagSource, open: readonly StoredFlag[], found: readonly FoundFlag[]): Promise<ScanResult> {
    const known = new Map(open.map((flag) => [identityKey(flag), flag]));
    const writes = await writesOf(found);
    const wanted = new Set(writes.map((write) => identityKey(write.identity)));
    const raised = writes.filter((write) => !known.has(identityKey(write.identity)));
    const refreshed = writes.filter((write) => {
      const flag = known.get(identityKey(write.identity));
      return flag !== undefined && differs(flag, write);
    });
    const ends = await endsOf(
      open.filter((flag) => !wanted.has(identityKey(flag))),
      source,
    );
    const at = { now: clock.now(), today: clock.today() };
    await store.clear(ends, at);
    await store.save([...raised, ...refreshed], at);
    return { raised: raised.length, refreshed: refreshed.length, cleared: ends.length };
  }

  async function refreshBatch(workerIds: readonly string[]): Promise<ScanResult> {
    return deps.alone('flags', async () => {
      let result = nothing;
      for (const source of deps.sources) {
        const open = await store.openOf(everything, source.ruleIds, workerIds);
        result = add(result, await settle(source, open, await source.evaluate(workerIds)));
      }
      return result;
    });
  }

  async function refresh(workerIds: readonly string[]): Promise<ScanResult> {
    let result = nothing;
    for (let at = 0; at < workerIds.length; at += batchSize) result = add(result, await refreshBatch(workerIds.slice(at, at + batchSize)));
    return result;
  }

  async function refreshDivisions(): Promise<ScanResult> {
    let result = nothing;
    for (const source of deps.sources) {
      if (source.evaluateDivisions === undefined) continue;
      const evaluate = source.evaluateDivisions.bind(source);
      result = add(
        result,
        await deps.alone('flags', async () => settle(source, await store.openOfDivisions(everything, source.ruleIds), await evaluate())),
      );
    }
    return result;
  }

  return {
    /** Looks at named people again: raises, refreshes, clears. */
    refresh,
    refreshDivisions,

    /** Looks at everybody and every division, page by page. */
    async scan(): Promise<ScanResult & { readonly people: number }> {
      let [result, people] = [nothing, 0];
      for await (const batch of deps.workers.streamIds()) {
        result = add(result, await refresh(batch));
        people += batch.length;
      }
      return { ...add(result, await refreshDivisions()), people };
    },

    byId: store.byId,
    list: (scope: Scope, filter: FlagFilter, paging: Paging): Promise<Slice<StoredFlag>> => store.list(scope, filter, paging),
    count: (scope: Scope, filter: FlagFilter): Promise<number> => store.count(scope, filter),

    /** Open flags of one person, most urgent first. */
    async ofWorker(scope: Scope, workerId: string): Promise<readonly StoredFlag[]> {
      const paging = { skip: 0, size: 50, sort: 'urgency', direction: 1 } as const;
      return (await store.list(scope, { open: true, workerIds: [workerId] }, paging)).rows;
    },

    /** Flags of a filter by rule and age, in no order; rules without any are left out. */
    async countByRule(scope: Scope, filter: FlagFilter): Promise<readonly RuleCount[]> {
      const counts = new Map<FlagRule, Record<AgeBand, number>>();
      for (const { ruleId, raisedOn, count } of await store.countByRuleAndDay(scope, filter)) {
        const byAge = counts.get(ruleId) ?? { WEEK: 0, MONTH: 0, LONGER: 0 };
        byAge[ageBandOf(daysBetween(raisedOn, clock.today()))] += count;
        counts.set(ruleId, byAge);
      }
      return [...counts].map(([ruleId, byAge]) => ({ ruleId, byAge, total: byAge.WEEK + byAge.MONTH + byAge.LONGER }));
    },
  };
}

export type GapsService = ReturnType<typeof makeGapsService>;

function personOf(worker: Worker | undefined): FlagPerson {
  const name = worker?.name ?? '';
  return {
    name,
    sortPinyin: sortKeys(name).pinyin,
    searchKeys: searchKeys(name),
    divisionCode: worker?.divisionCode ?? '',
    post: worker?.post ?? null,
    postClass: worker?.postClass ?? null,
  };
}

function divisionOf(place: Place | undefined): FlagPerson {
  const name = place?.name ?? '';
  return {
    name,
    sortPinyin: sortKeys(name).pinyin,
    searchKeys: searchKeys(name),
    divisionCode: place?.code ?? '',
    post: null,
    postClass: null,
  };
}

/** Whether a rescan found anything else than what is kept. */
function differs(flag: StoredFlag, { state }: FlagWrite): boolean {
  return Object.entries(state).some(([field, value]) => canonical(flag[field as keyof StoredFlag]) !== canonical(value));
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
