import { expect } from 'chai';
import { readTexts } from '../../../server/platform/i18n/translator.js';
import { sources } from '../../support/sources.js';

/** Every key of a tree of texts. */
function keysOf(tree: unknown, prefix = ''): string[] {
  if (typeof tree === 'string') return [prefix];
  return Object.entries(tree as Record<string, unknown>).flatMap(([key, value]) => keysOf(value, prefix === '' ? key : `${prefix}.${key}`));
}

const keys = keysOf(readTexts('zh-CN'));
const files = sources(['server', 'jobs', 'views'], /\.(ts|hbs)$/);

/** Texts between quotes that can be keys, or parts of keys with something put in (`trainings.step.${step}.title`); what follows a bar are values. */
const quotes = [/'([\w.-]+)'/g, /"([\w.-]+)"/g, /`((?:[\w.|-]|\$\{(?:[^{}`]|`[^`]*`)*\})+)/g];
const quoted = [
  ...new Set(
    files.flatMap(({ text }) => quotes.flatMap((quote) => [...text.matchAll(quote)].map(([, found]) => found?.split('|')[0] ?? ''))),
  ),
];

const whole = new Set(quoted.filter((text) => !text.includes('${')));
const pattern = (text: string): string => text.replaceAll('.', '\\.').replaceAll(/\$\{(?:[^{}`]|`[^`]*`)*\}/g, '[\\w-]+');
/** Keys, or the ends of keys, built around a value. */
const built = quoted.filter((text) => /^[a-z]\w*\.?.*\$\{/.test(text)).map((text) => new RegExp(`^${pattern(text)}$`));
/** What is put behind a key that came from elsewhere: `${key}.missing`. */
const endings = quoted.flatMap((text) => /^\$\{[^}]*\}((?:\.[\w-]+)+)$/.exec(text)?.[1] ?? []);
/** Keys that end with a name of the code: of an action, a job, a policy, a problem, an order. */
const named = [
  'audit.actions.',
  'operations.job.',
  'policies.kinds.',
  'policies.level.',
  'policies.major.',
  'trainings.class.',
  'trainings.list.sorted.',
  'trainings.notice.',
];
/** Keys that follow the shape of a policy's value. */
const shaped = ['policies.fields.'];

const stands = (text: string): boolean => whole.has(text) || built.some((one) => one.test(text));
const withoutEnding = (text: string): readonly string[] =>
  endings.flatMap((ending) => (text.endsWith(ending) ? [text.slice(0, -ending.length)] : []));

function isUsed(key: string): boolean {
  if (stands(key) || withoutEnding(key).some(stands) || shaped.some((one) => key.startsWith(one))) return true;
  return named.some((one) => key.startsWith(one) && [key.slice(one.length), ...withoutEnding(key.slice(one.length))].some(stands));
}

describe('keys of texts', () => {
  it('are all used', () => {
    expect(keys.filter((key) => !isUsed(key))).to.deep.equal([]);
  });

  it('exist where a view or a page names one', () => {
    const known = new Set([...keys, ...keys.map((key) => key.replace(/_(?:one|other)$/, ''))]);
    const named = files.flatMap(({ name, text }) =>
      [...text.matchAll(/(?:\(|\{\{)t '([a-z]\w+\.[\w.-]+)'|\bt\('([\w.-]+)'/g)].map(([, a, b]) => ({ name, key: a ?? b ?? '' })),
    );
    expect(named.filter(({ key }) => !known.has(key)).map(({ name, key }) => `${name}: ${key}`)).to.deep.equal([]);
    expect(named.length).to.be.greaterThan(500);
  });
});
