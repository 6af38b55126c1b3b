import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../../server/platform/projectRoot.js';

/** All files under a folder of the project with an ending, as [path, text]. */
function files(folder: string, ending: string): readonly (readonly [string, string])[] {
  const root = path.join(projectRoot, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => [path.join(folder, name), readFileSync(path.join(root, name), 'utf8')] as const);
}

const views = files('views', '.hbs');
const withoutComments = (text: string): string => text.replace(/\{\{!--.*?--\}\}/gs, '').replace(/\/\*.*?\*\//gs, '');

describe('the look of the pages', () => {
  it('keeps style, script and raw HTML out of the templates, so that the strict policy holds', () => {
    const wrong = views.flatMap(([name, text]) => {
      const found = withoutComments(text).match(/\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|hx-on|\bjs:|hx-trigger="[^"]*\[/g) ?? [];
      const raw = name === path.join('views', 'partials', 'chart.hbs') ? [] : (withoutComments(text).match(/\{\{\{|\{\{&/g) ?? []);
      return [...found, ...raw].map((one) => `${name}: ${one.trim()}`);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('names only icons that the sprite has', () => {
    const sprite = readFileSync(path.join(projectRoot, 'public/img/icons.svg'), 'utf8');
    const have = new Set([...sprite.matchAll(/<symbol id="([\w-]+)"/g)].map(([, name]) => name));
    const used = [...views, ...files('server', '.ts')].flatMap(([name, text]) =>
      [...withoutComments(text).matchAll(/\{\{icon '([\w-]+)'\}\}|\b\w*[iI]con[=:] ?'([a-z][\w-]*)'/g)].map((match) => ({ name, icon: match[1] ?? match[2] ?? '' })),
    );
    expect(used.length).to.be.greaterThan(20);
    expect(used.filter(({ icon }) => !have.has(icon)).map(({ name, icon }) => `${name}: ${icon}`)).to.deep.equal([]);
  });

  it('uses no rule that the Chromium 80 of government desks cannot read', () => {
    const wrong = files('public/css', '.css').flatMap(([name, text]) =>
      (withoutComments(text).match(/:(?:has|is|where)\(|@layer|@container|@property|color-mix|oklch|[;{\s]inset:|aspect-ratio|accent-color|\bgrid-template-rows: subgrid/g) ?? []).map((one) => `${name}: ${one}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('gives gap only to grids, because old Chromium ignores it in flex boxes', () => {
    const wrong = files('public/css', '.css').flatMap(([name, text]) =>
      [...withoutComments(text).matchAll(/([^{}]+)\{([^{}]*)\}/g)]
        .filter(([, , body = '']) => /(?:^|[;\s])(?:row-|column-)?gap:/.test(body) && !/display: grid/.test(body))
        .map(([, selector = '']) => `${name}: ${selector.trim()}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('keeps every template within 80 lines', () => {
    expect(views.filter(([, text]) => text.split('\n').length > 81).map(([name]) => name)).to.deep.equal([]);
  });
});
