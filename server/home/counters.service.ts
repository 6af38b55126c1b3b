import type { CoverageService } from '../coverage/coverage.service.js';
import { flagRules, type FlagAddressee } from '../gaps/flags.rules.js';
import type { GapsService } from '../gaps/gaps.service.js';
import { lastDayOf, yearOf } from '../platform/civilDays.js';
import type { Clock } from '../platform/clock.js';
import type { SignedIn } from '../platform/http/context.js';
import { reaches, type Scope } from '../platform/scope.js';
import type { SelectionService } from '../planner/selection.service.js';
import { closedFor } from '../trainings/nominations.service.js';
import type { ClassesService } from '../trainings/classes.service.js';
import type { CorrectionsService } from '../workers/corrections.service.js';
import type { ExemptionsService } from '../workers/exemptions.service.js';
import type { TransfersService } from '../workers/transfers.service.js';
import { addresseeOf, countersOf, type Counter } from './menu.rules.js';

/** The counters that stand beside the menu's links, for the work of an account. */
export type MenuCounters = Readonly<Partial<Record<Counter, number>>>;

interface Home {
  readonly id: string;
  readonly path: readonly string[];
}

interface CounterDeps {
  readonly scopeFor: (account: SignedIn, permission: string) => Scope | null;
  readonly clock: Clock;
  readonly coverage: Pick<CoverageService, 'boardFor'>;
  readonly gaps: Pick<GapsService, 'count'>;
  readonly classes: Pick<ClassesService, 'count' | 'all'>;
  readonly selection: Pick<SelectionService, 'seatsLeft'>;
  readonly places: { byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Home>> };
  readonly corrections: Pick<CorrectionsService, 'count'>;
  readonly exemptions: Pick<ExemptionsService, 'count'>;
  readonly transfers: Pick<TransfersService, 'list' | 'mayConfirm'>;
}

/** The untrained have a counter of their own. */
const otherRules = flagRules.filter((rule) => rule !== 'T-COV');
const openTransfers = { skip: 0, size: 100 };

interface At {
  readonly scope: Scope;
  /** The account's home division. */
  readonly home: Home;
  readonly addressee: FlagAddressee | null;
}

/** Counts the open work of an account at its home division: a handful of indexed counts per page, only those its menu shows. */
export function makeCounters(deps: CounterDeps) {
  const year = (): number => yearOf(deps.clock.today());

  /** Classes that the account may still put people forward for, and that have a seat for them. */
  async function invitations({ scope, home }: At): Promise<number> {
    const today = deps.clock.today();
    const published = await deps.classes.all(scope, { seenBy: home.id, states: ['PUBLISHED'], external: false, startsAfter: today });
    const open = published.filter((of) => !reaches(scope, of.ownerPath) && closedFor(of, { today, isOwner: false }) === null);
    const seats = open.length === 0 ? new Map<string, { left: number }>() : await deps.selection.seatsLeft(open, home.path);
    return open.filter((of) => (seats.get(of.id)?.left ?? 0) > 0).length;
  }

  /** Per counter: the permission whose scope it counts in, and how. */
  const counts: Readonly<Record<Counter, readonly [string, (at: At) => Promise<number>]>> = {
    untrained: ['gap.read', async ({ scope, home }) => (await deps.coverage.boardFor(scope, home.id, year())).rollUp.untrained],
    flags: ['gap.read', ({ scope, home }) => deps.gaps.count(scope, { open: true, divisionId: home.id })],
    late: [
      'gap.read',
      async ({ scope, home, addressee }) =>
        addressee === null
          ? 0
          : deps.gaps.count(scope, { open: true, divisionId: home.id, severity: 'LATE', ruleIds: otherRules, addressee }),
    ],
    classes: [
      'training.read',
      ({ scope, home }) => {
        const during = { from: deps.clock.today(), to: lastDayOf(year() + 1) };
        return deps.classes.count(scope, { seenBy: home.id, states: ['PUBLISHED', 'IN_PROGRESS'], during });
      },
    ],
    nominations: ['training.nominate', invitations],
    corrections: ['correction.answer', ({ scope }) => deps.corrections.count(scope, { state: 'requested' })],
    exemptions: ['exemption.approve', ({ scope }) => deps.exemptions.count(scope, { state: 'requested' })],
    transfers: [
      'transfer.confirm',
      async ({ scope }) => {
        const { rows } = await deps.transfers.list(scope, { state: 'requested' }, openTransfers);
        return rows.filter((one) => deps.transfers.mayConfirm(scope, one)).length;
      },
    ],
  };

  return async (account: SignedIn): Promise<MenuCounters> => {
    const shown = countersOf(account.roles);
    const home =
      account.homeDivisionId === null || shown.length === 0
        ? undefined
        : (await deps.places.byIds([account.homeDivisionId])).get(account.homeDivisionId);
    if (home === undefined) return {};
    const entries = shown.map(async (name) => {
      const [permission, count] = counts[name];
      const scope = deps.scopeFor(account, permission);
      return scope?.kind === 'divisions' ? ([[name, await count({ scope, home, addressee: addresseeOf(account.roles) })]] as const) : [];
    });
    return Object.fromEntries((await Promise.all(entries)).flat());
  };
}
