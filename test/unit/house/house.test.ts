import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../server/platform/projectRoot.js';

interface Source {
  readonly name: string;
  readonly text: string;
}

function sources(folders: readonly string[], ending: RegExp): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => ending.test(name))
      .map((name) => ({ name: path.join(folder, name), text: readFileSync(path.join(projectRoot, folder, name), 'utf8') })),
  );
}

/** Names of the files for which something holds. */
const where = (files: readonly Source[], holds: (text: string) => boolean): string[] =>
  files.filter((file) => holds(file.text)).map((file) => file.name);

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
