import { createRequire } from 'node:module';
import path from 'node:path';
import express, { type Express } from 'express';
import { projectRoot } from '../projectRoot.js';

const require = createRequire(import.meta.url);

const vendored = [
  { at: '/vendor/bootstrap.min.css', file: 'bootstrap/dist/css/bootstrap.min.css' },
  { at: '/vendor/htmx.min.js', file: 'htmx.org/dist/htmx.min.js' },
] as const;

/** Own files under `public/` and the two vendored ones, served from their packages: nothing comes from a foreign host. */
export function serveAssets(app: Express): void {
  const options = { maxAge: '1h', fallthrough: true, redirect: false };
  for (const one of vendored) {
    const file = require.resolve(one.file);
    app.get(one.at, (_req, res) => {
      res.sendFile(file, { maxAge: '30d' });
    });
  }
  app.use(express.static(path.join(projectRoot, 'public'), options));
}
