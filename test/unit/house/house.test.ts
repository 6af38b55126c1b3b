import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { permissions } from '../../../server/access/permissions.rules.js';
import { projectRoot } from '../../../server/platform/projectRoot.js';
import { sources, where } from '../../support/sources.js';

const views = sources(['views'], /\.hbs$/);
const code = sources(['server', 'jobs', 'test'], /\.(ts|mjs|cjs)$/);

describe('the views', () => {
  it('are at most 80 lines', () => {
    expect(where(views, (text) => text.trimEnd().split('\n').length > 80)).to.deep.equal([]);
  });

  it('write raw HTML in the chart partial only', () => {
    expect(where(views, (text) => text.includes('{{{') || /\{\{&/.test(text))).to.deep.equal(['views/partials/chart.hbs']);
  });

  it('hold nothing that the content policy refuses: no style, no handler, no script text, no foreign host', () => {
    expect(where(views, (text) => /\sstyle=|<style|\son[a-z]+=["']/i.test(text))).to.deep.equal([]);
    expect(where(views, (text) => /<script(?![^>]*\ssrc=)/i.test(text))).to.deep.equal([]);
    expect(where(views, (text) => /\s(?:src|href|action)=["']https?:/i.test(text))).to.deep.equal([]);
  });

  it('use no htmx feature that runs text as code', () => {
    expect(where(views, (text) => /hx-on[:-]|["']js:|["']javascript:|hx-trigger=["'][^"']*\[/i.test(text))).to.deep.equal([]);
  });

  it('never compare or compute', () => {
    expect(where(views, (text) => /\{\{#(?!if\b|unless\b|each\b|with\b|>|\*inline)/.test(text))).to.deep.equal([]);
  });
});

describe('the code', () => {
  it('has no barrels and no drawers of odds and ends', () => {
    const names = code.map((file) => file.name);
    expect(
      names.filter((name) => /(^|\/)(index|utils?|helpers?|misc|common)\.ts$/.test(name) && name !== 'server/platform/views/helpers.ts'),
    ).to.deep.equal([]);
  });

  it('names no machine it was written on', () => {
    expect(where(code, (text) => /["'`](?:\/work\/|\/home\/|\/Users\/)/.test(text))).to.deep.equal([]);
  });

  it('leaves nothing for later and skips no test', () => {
    // put together, so that this file does not find itself
    const owed = new RegExp(['TO', 'FIX', 'XX'].map((word, i) => `\\b${word}${['DO', 'ME', 'X'][i] ?? ''}\\b`).join('|'));
    expect(where(code, (text) => owed.test(text))).to.deep.equal([]);
  });
});

describe('views and pages', () => {
  const product = code.filter(({ name }) => !name.startsWith('test/'));
  const existing = views.map(({ name }) => name.replace(/^views\//, '').replace(/\.hbs$/, ''));
  const included = new Set(views.flatMap(({ text }) => [...text.matchAll(/\{\{#?>\s*([\w/]+)/g)].map((match) => match[1] ?? '')));
  /** Names of views in the code, some with a word put in (`workers/${name}`). */
  const named = product.flatMap(({ text }) => [...text.matchAll(/['`](\w+\/(?:\w+|\$\{[^}]*\}))['`]/g)].map((match) => match[1] ?? ''));
  const shows = (view: string): boolean =>
    named.some((one) => one === view || (one.includes('${') && one.split('/')[0] === view.split('/')[0]));

  it('name each other: every page has its view', () => {
    const asked = product.flatMap(({ text }) => [...text.matchAll(/\bpage\('([\w/]+)'/g)].map((match) => match[1] ?? ''));
    expect(asked.filter((view) => !existing.includes(view))).to.deep.equal([]);
    expect(asked.length).to.be.greaterThan(50);
  });

  it('include only parts that exist', () => {
    expect([...included].filter((part) => !existing.includes(part) && part.includes('/'))).to.deep.equal([]);
  });

  it('leave no view that nobody shows', () => {
    expect(existing.filter((view) => !shows(view) && !included.has(view))).to.deep.equal([]);
  });
});

describe('promises of the papers', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

  it('README and documents name only commands that exist', () => {
    const papers = [
      ...sources(['docs'], /\.md$/),
      ...['README.md', '.env.example'].map((name) => ({ name, text: readFileSync(path.join(projectRoot, name), 'utf8') })),
    ];
    const wrong = papers.flatMap(({ name, text }) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)]
        .filter((match) => scripts[match[1] ?? ''] === undefined)
        .map((match) => `${name}: npm run ${match[1] ?? ''}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('messages of the product too', () => {
    const wrong = code.flatMap(({ name, text }) =>
      [...text.matchAll(/npm run ([\w:-]+)/g)]
        .filter((match) => scripts[match[1] ?? ''] === undefined)
        .map((match) => `${name}: npm run ${match[1] ?? ''}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('README links to files that exist', () => {
    const text = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(path.join(projectRoot, link)))).to.deep.equal([]);
  });
});

describe('permissions', () => {
  it('are all asked for somewhere', () => {
    const asking = code
      .filter(({ name }) => name.startsWith('server/') && name !== 'server/access/permissions.rules.ts')
      .map(({ text }) => text);
    expect(permissions.filter((permission) => !asking.some((text) => text.includes(`'${permission}'`)))).to.deep.equal([]);
  });
});
