import express, { type Express } from 'express';
import path from 'node:path';
import { securityHeaders, noStore } from './platform/http/headers.js';
import { serveAssets } from './platform/http/assets.js';
import { failures, nothingHere } from './platform/http/failures.js';
import { mountTable } from './platform/http/mount.js';
import { makeRenderer } from './platform/http/render.js';
import { requestLog } from './platform/http/requests.js';
import { sessions } from './platform/http/session.js';
import { projectRoot } from './platform/projectRoot.js';
import { compileViews } from './platform/views/engine.js';
import { viewHelpers } from './platform/views/helpers.js';
import { probeRoutes } from './operations/probes.js';
import { routes } from './routes.js';
import type { Deps } from './wiring.js';

/** The web application over its dependencies; listens nowhere. */
export function createApp(deps: Deps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.config.TRUST_PROXY);
  app.use(requestLog(deps.log));
  app.use(securityHeaders());
  serveAssets(app);
  probeRoutes(app, deps);
  app.use(noStore);
  app.use(sessions(deps.db, deps.config));
  app.use(...deps.passportSteps);
  // after the session, so that the page about a form that cannot be read knows whom it is for
  app.use(express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 20_000 }));
  const renderer = makeRenderer({
    views: compileViews(path.join(projectRoot, 'views'), viewHelpers),
    translators: deps.translators,
    shell: deps.shell,
    accountOf: deps.hooks.accountOf,
  });
  mountTable(app, routes(deps), { ...deps, renderer });
  app.use(nothingHere);
  app.use(failures(renderer, deps.log));
  return app;
}
