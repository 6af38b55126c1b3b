import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express from 'express';
import { serveAssets } from '../../server/platform/http/assets.js';
import { securityHeaders } from '../../server/platform/http/headers.js';
import { loadTranslators } from '../../server/platform/i18n/translator.js';
import { projectRoot } from '../../server/platform/projectRoot.js';
import { compileViews } from '../../server/platform/views/engine.js';
import { viewHelpers } from '../../server/platform/views/helpers.js';
import { galleryModel } from './galleryModel.js';

const samples = path.join(projectRoot, 'test/support/gallery');

/** The sample pages, by name: one per picture of the design. */
export const galleryNames = readdirSync(samples)
  .map((name) => name.replace(/\.hbs$/, ''))
  .sort();

export interface Gallery {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the sample pages (`/<name>`, with `?lt=1` large, `?hc=1` high contrast, `?lang=en`) under the product's own headers,
 * engine, helpers and assets, so that the parts can be looked at and checked without the product.
 */
export async function startGallery(): Promise<Gallery> {
  const views = compileViews(copyOfViews(), viewHelpers);
  const translators = loadTranslators();
  const app = express();
  app.use(securityHeaders());
  serveAssets(app);
  app.get('/:name', (req, res) => {
    const { lt, hc, lang } = req.query;
    const language = lang === 'en' ? 'en' : 'zh-CN';
    const options = { largeText: lt === '1', contrast: hc === '1', lang: language, t: translators[language] };
    res.type('html').send(views.render(`gallery/${req.params.name}`, galleryModel(req.params.name, options)));
  });
  const server = await new Promise<Server>((resolve) => {
    const started = app.listen(0, '127.0.0.1', () => {
      resolve(started);
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The engine compiles one folder: the product's views with the samples beside them, outside the product's own tree. */
function copyOfViews(): string {
  const folder = path.join(projectRoot, '.cache/gallery', String(process.pid));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ['layouts', 'partials', 'errors'])
    cpSync(path.join(projectRoot, 'views', part), path.join(folder, part), { recursive: true });
  cpSync(samples, path.join(folder, 'gallery'), { recursive: true });
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
