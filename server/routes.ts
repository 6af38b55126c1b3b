import type { Route } from './platform/http/routeTable.js';
import type { Deps } from './wiring.js';

/** Every row of the product, one line per feature; the access-matrix and accessibility tests walk what this returns. */
export function routes(deps: Deps): readonly Route[] {
  return [
  ];
}
