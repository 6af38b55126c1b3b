import type { Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { formModel } from '../platform/http/forms.js';
import type { CivilDay } from '../platform/civilDays.js';
import { kept } from '../workers/words.pages.js';
import type { PolicyKind } from './kinds.js';
import { fieldsOf, rowsOf, tablesOf } from './fields.pages.js';
import { leavesOf } from './leaves.rules.js';
import type { StoredPolicy } from './policies.store.js';
import type { Typed } from './typed.rules.js';
import { labelOf, saysOf, wordsOf } from './words.pages.js';

/** A kind with the row in force for the area. */
export interface KindInForce {
  readonly kind: PolicyKind<unknown>;
  readonly row: StoredPolicy;
  readonly divisionName: string;
}

/** The list of all kinds with what holds today in the area. */
export function policiesPage(ctx: Ctx, kinds: readonly KindInForce[], today: CivilDay) {
  return {
    title: ctx.t('policies.title'),
    crumbs: [
      { href: kept(ctx, '/'), label: ctx.t('shell.menu.desk') },
      { href: null, label: ctx.t('policies.title') },
    ],
    facts: ctx.t('policies.facts', { area: ctx.area.name, day: today }),
    kinds: kinds.map((one) => ({
      href: kept(ctx, `/policies/${one.kind.kind}`),
      name: ctx.t(`policies.kinds.${one.kind.kind}.name`),
      says: saysOf(ctx, one.kind, one.row.value),
      division: one.divisionName,
      from: one.row.from,
      source: one.row.sourceDoc,
    })),
  };
}

/** One kind: what holds today, its rows over time, and the form of the next row. */
export function policyPage(
  ctx: Ctx,
  of: KindInForce,
  more: { rows: readonly (StoredPolicy & { readonly divisionName: string })[]; typed: Typed | null; problems: readonly Problem[] },
) {
  const { kind } = of;
  const { typed, problems } = more;
  const shown = { kind, value: of.row.value, typed, problems };
  const form = formModel(['from', 'sourceDoc'], typed ?? {}, problems, ctx.t);
  return {
    title: ctx.t(`policies.kinds.${kind.kind}.name`),
    crumbs: [
      { href: kept(ctx, '/'), label: ctx.t('shell.menu.desk') },
      { href: kept(ctx, '/policies'), label: ctx.t('policies.title') },
      { href: null, label: ctx.t(`policies.kinds.${kind.kind}.name`) },
    ],
    about: ctx.t(`policies.kinds.${kind.kind}.about`),
    says: saysOf(ctx, kind, of.row.value),
    inForce: ctx.t('policies.inForce', { division: of.divisionName, from: of.row.from, source: of.row.sourceDoc }),
    facts: leavesOf(of.row.value)
      .filter((leaf) => leaf.row === null)
      .map((leaf) => ({ label: labelOf(ctx, kind, leaf), value: wordsOf(ctx, leaf) })),
    tables: tablesOf(ctx, shown),
    rows: more.rows.map((row) => ({
      division: row.divisionName,
      from: row.from,
      to: row.to ?? '—',
      source: row.sourceDoc,
      by: row.recordedBy,
      says: saysOf(ctx, kind, row.value),
      isInForce: row.id === of.row.id,
    })),
    editable: ctx.can('policy.change'),
    action: kept(ctx, `/policies/${kind.kind}`),
    areaName: ctx.area.name,
    form,
    fields: fieldsOf(ctx, shown),
    fieldRows: rowsOf(ctx, shown),
  };
}
