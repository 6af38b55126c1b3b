import { accountRoutes } from './access/account.routes.js';
import { accountsRoutes } from './access/accounts.routes.js';
import { codesRoutes } from './access/codes.routes.js';
import { grantsRoutes } from './access/grants.routes.js';
import { signInRoutes } from './access/signIn.routes.js';
import { auditRoutes } from './audit/audit.routes.js';
import type { Route } from './platform/http/routeTable.js';
import type { Deps } from './wiring.js';

/** Every row of the product, one line per feature; the access-matrix and accessibility tests walk what this returns. */
export function routes(deps: Deps): readonly Route[] {
  return [
    ...signInRoutes(deps),
    ...accountRoutes(deps),
    ...accountsRoutes(deps),
    ...codesRoutes(deps),
    ...grantsRoutes(deps),
    ...auditRoutes(deps),
  ];
}
