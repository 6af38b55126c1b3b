import { z, type ZodType } from 'zod';
import { isCivilDay } from '../platform/civilDays.js';

/** A kind of policy row, declared by the feature whose rule reads it (`x.policies.ts`) and handed here by wiring. */
export interface PolicyKind<Value> {
  /** `feature.noun`; its texts are `policies.kinds.<kind>.name` and `.about`. */
  readonly kind: string;
  readonly schema: ZodType<Value>;
  /** The row of the nation that a new installation gets. */
  readonly shipped: { readonly value: Value; readonly sourceDoc: string };
}

/** Declares a kind of policy row. */
export function definePolicy<Value>(kind: PolicyKind<Value>): PolicyKind<Value> {
  return kind;
}

/** Any year without a 29 February. */
const commonYear = '2027';

/** A day of the year, `MM-DD`, that every year has: 29 February is none. */
export const yearDay = z.string().refine((day) => isCivilDay(`${commonYear}-${day}`));

/** What a value of the kind looks like, its parts in the order of the schema. */
export function patternOf(kind: PolicyKind<unknown>): unknown {
  return kind.schema.parse(kind.shipped.value);
}
