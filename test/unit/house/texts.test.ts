import { expect } from 'chai';
import { readTexts } from '../../../server/platform/i18n/translator.js';

/** Every text of a tree by its dotted key. English has plural forms that Chinese does not need: `_one` and `_other` are one key. */
function flat(tree: unknown, prefix = ''): [string, string][] {
  if (typeof tree === 'string') return [[prefix, tree]];
  return Object.entries(tree as Record<string, unknown>).flatMap(([key, value]) => flat(value, prefix === '' ? key : `${prefix}.${key}`));
}

const keyOf = (key: string): string => key.replace(/_(?:one|other)$/, '');
const variablesOf = (text: string): string[] => [...new Set([...text.matchAll(/\{\{-?\s*(\w+)/g)].map((match) => match[1] ?? ''))].sort();

const chinese = flat(readTexts('zh-CN'));
const english = flat(readTexts('en'));

describe('texts', () => {
  it('stand in both languages under the same keys', () => {
    const keys = (texts: [string, string][]): string[] => [...new Set(texts.map(([key]) => keyOf(key)))].sort();
    expect(keys(english)).to.deep.equal(keys(chinese));
  });

  it('take the same values in both languages', () => {
    const expected = new Map(chinese.map(([key, text]) => [keyOf(key), variablesOf(text)]));
    // "one person" needs no number
    const counted = english.filter(([key]) => !key.endsWith('_one'));
    const different = counted.filter(([key, text]) => String(variablesOf(text)) !== String(expected.get(keyOf(key)))).map(([key]) => key);
    expect(different).to.deep.equal([]);
  });

  it('are never empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key)).to.deep.equal([]);
  });

  it('speak plainly: no exclamation marks and no worn phrases in Chinese', () => {
    expect(chinese.filter(([, text]) => /[！!]|请注意|温馨提示|亲[，,]|操作成功|系统繁忙/.test(text)).map(([key]) => key)).to.deep.equal(
      [],
    );
  });
});
