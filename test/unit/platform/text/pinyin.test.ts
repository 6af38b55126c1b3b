import { expect } from 'chai';
import { searchKeys, searchPrefix, sortKeys } from '../../../../server/platform/text/pinyin.js';

const finds = (typed: string, name: string): boolean => searchKeys(name).some((key) => key.startsWith(searchPrefix(typed)));

describe('search keys of a name', () => {
  it('are the endings of the name, its pinyin and its initials', () => {
    expect(searchKeys('王小明')).to.have.members(['王小明', '小明', '明', 'wangxiaoming', 'xiaoming', 'ming', 'wxm', 'xm', 'm']);
  });

  it('use the reading of a surname', () => {
    expect(finds('shanxiong', '单雄信') && finds('sxx', '单雄信')).to.equal(true);
    expect(finds('dan', '单雄信')).to.equal(false);
    expect(finds('yuchi', '尉迟恭') && finds('ouyang', '欧阳娜')).to.equal(true);
  });

  it('find ü by every way people type it', () => {
    for (const typed of ['lv', 'lü', 'lu', 'LV', '吕', 'ｌｖ']) expect(finds(typed, '吕芳'), typed).to.equal(true);
  });

  it('find names with dots, spaces, rare and Latin letters', () => {
    expect(finds('吐尔逊', '买买提·吐尔逊') && finds('买买提吐', '买买提•吐尔逊') && finds('mmt', '买买提·吐尔逊')).to.equal(true);
    expect(finds('𠮷', '王𠮷') && finds('wang', '王𠮷')).to.equal(true);
    expect(finds('小明', ' 王 小 明 ')).to.equal(true);
  });

  it('do not match from the middle of a syllable', () => {
    expect(finds('ang', '王小明')).to.equal(false);
    expect(finds('王明', '王小明')).to.equal(false);
  });
});

describe('sort keys of a name', () => {
  const by = (key: 'pinyin' | 'stroke', names: string[]): string[] =>
    [...names].sort((a, b) => (sortKeys(a)[key] < sortKeys(b)[key] ? -1 : 1));

  it('order by pinyin and tone', () => {
    expect(by('pinyin', ['张伟', '王芳', '汪芳', '安然', '王安'])).to.deep.equal(['安然', '汪芳', '王安', '王芳', '张伟']);
  });

  it('order by strokes of the surname, then of the given name', () => {
    expect(by('stroke', ['魏强', '丁一', '王芳', '李强', '王一', '龚丽'])).to.deep.equal(['丁一', '王一', '王芳', '李强', '龚丽', '魏强']);
  });

  it('place a character whose strokes are unknown after all others', () => {
    expect(by('stroke', ['𠮷一', '龘一', '丁一'])).to.deep.equal(['丁一', '龘一', '𠮷一']);
  });
});
