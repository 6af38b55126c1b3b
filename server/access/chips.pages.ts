import type { Ctx } from '../platform/http/context.js';

/** An active filter with the address that drops it. */
export interface Chip {
  readonly label: string;
  readonly href: string;
}

/** The chips of the filters that are set: parameter name and what it says; '' is not set. */
export function chipsOf(ctx: Ctx, filters: readonly { readonly name: string; readonly label: string }[]): readonly Chip[] {
  return filters.filter((filter) => filter.label !== '').map(({ name, label }) => ({ label, href: addressWithout(ctx, name) }));
}

function addressWithout(ctx: Ctx, name: string): string {
  const left = Object.entries(ctx.query).filter(([key, value]) => key !== name && key !== 'page' && value !== '');
  return left.length === 0 ? ctx.req.path : `${ctx.req.path}?${new URLSearchParams(left).toString()}`;
}
