import { get, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Deps } from '../wiring.js';
import { exportFlags, showFlags } from './flagList.routes.js';
import { exportUntrained, showUntrained } from './untrained.routes.js';

/** The county's lists of what somebody must do. */
export function gapsRoutes(deps: Deps): readonly Route[] {
  return [
    ...routeTable('/untrained', [
      get('/', 'gap.read', (ctx) => showUntrained(deps, ctx)),
      get('/export', 'gap.read', (ctx) => exportUntrained(deps, ctx)),
    ]),
    ...routeTable('/flags', [
      get('/', 'gap.read', (ctx) => showFlags(deps, ctx)),
      get('/export', 'gap.read', (ctx) => exportFlags(deps, ctx)),
    ]),
  ];
}
