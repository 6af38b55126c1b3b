declare const brand: unique symbol;

type Reach =
  | { readonly kind: 'divisions'; readonly divisionIds: readonly string[] }
  | { readonly kind: 'classes'; readonly classIds: readonly string[] }
  | { readonly kind: 'self'; readonly workerId: string }
  | { readonly kind: 'system'; readonly reason: string };

/** What a caller may see: the first argument of every store function. Only `access` makes one from a grant (lint). */
export type Scope = Reach & { readonly [brand]: 'Scope' };

/** The scope of a person for one permission. To be called by `access` only. */
export function grantScope(reach: Exclude<Reach, { kind: 'system' }>): Scope {
  return reach as Scope;
}

/** The scope of a job, command line or setup, which sees everything; the reason is logged by who uses it. */
export function systemScope(reason: string): Scope {
  return { kind: 'system', reason } as Scope;
}

/** The fields of a collection that tell where a document belongs; a kind of scope without its field sees nothing. */
export interface ScopeFields {
  readonly division?: string;
  readonly trainingClass?: string;
  readonly worker?: string;
}

/** The query that keeps a collection inside a scope, to be joined to a query by `$and` (never spread over it). */
export function within(scope: Scope, fields: ScopeFields): Record<string, unknown> {
  const nothing = { _id: { $in: [] as string[] } };
  switch (scope.kind) {
    case 'system':
      return {};
    case 'divisions':
      return fields.division === undefined ? nothing : { [fields.division]: { $in: scope.divisionIds } };
    case 'classes':
      return fields.trainingClass === undefined ? nothing : { [fields.trainingClass]: { $in: scope.classIds } };
    case 'self':
      return fields.worker === undefined ? nothing : { [fields.worker]: scope.workerId };
  }
}

/** Whether a division path (ids of ancestors and self) lies inside the scope. */
export function reaches(scope: Scope, divisionPath: readonly string[]): boolean {
  if (scope.kind === 'system') return true;
  return scope.kind === 'divisions' && divisionPath.some((id) => scope.divisionIds.includes(id));
}
