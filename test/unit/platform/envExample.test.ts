import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { configNames, readConfig } from '../../../server/platform/config.js';

const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
const settings = new Map([...example.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']));

describe('.env.example', () => {
  it('names every setting and no other', () => {
    expect([...settings.keys()]).to.have.members(configNames);
  });

  it('shows values that the configuration takes, and its real defaults', () => {
    expect(() => readConfig(Object.fromEntries(settings))).to.not.throw();
    const defaults = Object.entries(readConfig({})).filter(([name]) => name !== 'SESSION_SECRET');
    for (const [name, value] of defaults) expect(settings.get(name), name).to.equal(String(value));
  });
});
