import type { CoverageService } from '../coverage/coverage.service.js';
import type { FlagAddressee } from '../gaps/flags.rules.js';
import { flagRules } from '../gaps/flags.rules.js';
import type { GapsService } from '../gaps/gaps.service.js';
import { lastDayOf, yearOf } from '../platform/civilDays.js';
import type { Clock } from '../platform/clock.js';
import type { SignedIn } from '../platform/http/context.js';
import type { Scope } from '../platform/scope.js';
import type { ClassesService } from '../trainings/classes.service.js';
import type { CorrectionsService } from '../workers/corrections.service.js';
import type { ExemptionsService } from '../workers/exemptions.service.js';
import type { TransfersService } from '../workers/transfers.service.js';
import type { MenuEntry } from './menu.rules.js';

/** The counters that stand beside the menu's links, for the work of an account. */
export type MenuCounters = Readonly<Partial<Record<NonNullable<MenuEntry['counter']>, number>>>;

interface CounterDeps {
  readonly scopeFor: (account: SignedIn, permission: string) => Scope | null;
  readonly clock: Clock;
  readonly coverage: Pick<CoverageService, 'boardFor'>;
  readonly gaps: Pick<GapsService, 'count'>;
  readonly classes: Pick<ClassesService, 'count'>;
  readonly corrections: Pick<CorrectionsService, 'count'>;
  readonly exemptions: Pick<ExemptionsService, 'count'>;
  readonly transfers: Pick<TransfersService, 'list' | 'mayConfirm'>;
}

type Counter = keyof MenuCounters;

/** The untrained have a counter of their own. */
const otherRules = flagRules.filter((rule) => rule !== 'T-COV');
const openTransfers = { skip: 0, size: 100 };

/** Who an account acts for when a flag asks for somebody. */
export function addresseeOf(roles: readonly string[]): FlagAddressee | null {
  if (roles.includes('trainingManager')) return 'CITY';
  return roles.includes('countyOfficer') ? 'COUNTY' : null;
}

/** Counts the open work of an account at its home division: a handful of indexed counts per page. */
export function makeCounters(deps: CounterDeps) {
  const year = (): number => yearOf(deps.clock.today());

  /** Per counter: the permission whose scope it counts in, and how. */
  const counts: Readonly<Partial<Record<Counter, readonly [string, (scope: Scope, account: SignedIn, home: string) => Promise<number>]>>> =
    {
      untrained: ['gap.read', async (scope, _account, home) => (await deps.coverage.boardFor(scope, home, year())).rollUp.untrained],
      flags: [
        'gap.read',
        async (scope, { roles }, home) => {
          const addressee = addresseeOf(roles);
          return addressee === null ? 0 : deps.gaps.count(scope, { open: true, divisionId: home, ruleIds: otherRules, addressee });
        },
      ],
      classes: [
        'training.read',
        (scope, _account, home) => {
          const during = { from: deps.clock.today(), to: lastDayOf(year() + 1) };
          return deps.classes.count(scope, { seenBy: home, states: ['PUBLISHED', 'IN_PROGRESS'], during });
        },
      ],
      corrections: ['correction.answer', (scope) => deps.corrections.count(scope, { state: 'requested' })],
      exemptions: ['exemption.approve', (scope) => deps.exemptions.count(scope, { state: 'requested' })],
      transfers: [
        'transfer.confirm',
        async (scope) => {
          const { rows } = await deps.transfers.list(scope, { state: 'requested' }, openTransfers);
          return rows.filter((one) => deps.transfers.mayConfirm(scope, one)).length;
        },
      ],
    };

  return async (account: SignedIn): Promise<MenuCounters> => {
    const home = account.homeDivisionId;
    if (home === null) return {};
    const entries = Object.entries(counts).map(async ([name, [permission, count]]) => {
      const scope = deps.scopeFor(account, permission);
      return scope?.kind === 'divisions' ? ([[name, await count(scope, account, home)]] as const) : [];
    });
    return Object.fromEntries((await Promise.all(entries)).flat());
  };
}
