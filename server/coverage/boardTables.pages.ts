import { inlineBar, type InlineBar } from '../platform/charts/inlineBar.js';
import type { Ctx } from '../platform/http/context.js';
import { postClasses } from '../workers/posts.rules.js';
import { isQualifying, showRate, type CoveragePolicy } from './coverage.rules.js';
import { linked, listHref, placeOf, queryOf, type LinkedNumber } from './links.pages.js';
import { emptyRollUp, type RollUp } from './rollup.rules.js';
import { tierRows, type TierRow } from './workerYear.rules.js';

/** A division below the board's. */
export interface ChildDivision {
  readonly id: string;
  readonly areaCode: string;
  readonly code: string;
  readonly name: string;
}

/** One line of the table of divisions. */
export interface DivisionLine {
  readonly name: string;
  readonly href: string | null;
  readonly due: LinkedNumber;
  readonly trained: LinkedNumber;
  readonly untrained: LinkedNumber;
  readonly unarranged: LinkedNumber;
  readonly bar: InlineBar;
  /** Rates in per cent with one decimal and the sign, — when nobody is due. */
  readonly rate: string;
  readonly end: string;
  readonly isCovered: boolean;
  readonly onboardingAsked: number;
  readonly onboardingDone: number;
}

/** A rate as printed; — when nobody is due. */
export function rateText(part: number, whole: number): string {
  const rate = showRate(part, whole);
  return rate === null ? '—' : `${rate}%`;
}

/** The line of a division. */
export function divisionLine(ctx: Ctx, rollUp: RollUp, at: { name: string; areaCode: string; isLink: boolean }): DivisionLine {
  const { due, trained, untrained, unarranged, arranged, onboarding } = rollUp;
  const number = (value: number, show: 'due' | 'trained' | 'untrained' | 'unarranged'): LinkedNumber => ({
    value,
    href: listHref(ctx, show, {}, at.areaCode),
  });
  return {
    name: at.name,
    href: at.isLink ? `/coverage${queryOf(placeOf(ctx, at.areaCode))}` : null,
    due: number(due, 'due'),
    trained: number(trained, 'trained'),
    untrained: number(untrained, 'untrained'),
    unarranged: number(unarranged, 'unarranged'),
    bar: inlineBar({ total: due, done: trained, coming: arranged }),
    rate: rateText(trained, due),
    end: rateText(trained + arranged, due),
    isCovered: due > 0 && untrained === 0,
    onboardingAsked: onboarding.asked,
    onboardingDone: onboarding.done,
  };
}

/** The divisions below, whoever has most people without any arrangement first, then most untrained, then by code. */
export function childLines(ctx: Ctx, children: readonly ChildDivision[], counts: ReadonlyMap<string, RollUp>): DivisionLine[] {
  const withCounts = children.map((child) => ({ child, rollUp: counts.get(child.id) ?? emptyRollUp }));
  const ordered = withCounts.sort(
    (a, b) =>
      b.rollUp.unarranged - a.rollUp.unarranged || b.rollUp.untrained - a.rollUp.untrained || (a.child.code < b.child.code ? -1 : 1),
  );
  return ordered.map(({ child, rollUp }) => divisionLine(ctx, rollUp, { name: child.name, areaCode: child.areaCode, isLink: true }));
}

function counts(row: TierRow, policy: CoveragePolicy): boolean {
  return row === 'ONBOARDING' ? policy.countsOnboarding : isQualifying({ tier: row, purpose: 'CATCH_ALL' }, policy);
}

/** Persons and person-times by who organised; persons are distinct within a row, so rows do not add up. */
export function tierLines(ctx: Ctx, rollUp: RollUp, policy: CoveragePolicy) {
  return tierRows.map((row) => ({
    label: ctx.t(`coverage.row.${row}`),
    persons: linked(ctx, rollUp.rows[row].persons, 'inService', { row }),
    personTimes: linked(ctx, rollUp.rows[row].personTimes, 'booked', { row }),
    counts: ctx.t(counts(row, policy) ? 'coverage.tier.yes' : 'coverage.tier.no'),
  }));
}

/** Due and trained persons by post class. */
export function postClassLines(ctx: Ctx, rollUp: RollUp) {
  return postClasses.map((postClass) => {
    const { due, trained } = rollUp.postClasses[postClass];
    return {
      label: ctx.t(`workers.postClass.${postClass}`),
      due: linked(ctx, due, 'due', { postClass }),
      trained: linked(ctx, trained, 'trained', { postClass }),
      untrained: linked(ctx, due - trained, 'untrained', { postClass }),
      bar: inlineBar({ total: due, done: trained }),
      rate: rateText(trained, due),
    };
  });
}
