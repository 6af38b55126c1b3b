import { expect } from 'chai';
import { communityKey, shortCommunityName } from '../../../server/divisions/communityNames.rules.js';
import { civilDay } from '../../../server/platform/civilDays.js';
import { matchCommunity, townshipKey, type KnownCommunity } from '../../../server/workers/communities.rules.js';
import { ethnicities, readEthnicity } from '../../../server/workers/ethnicities.rules.js';
import {
  educationLevels,
  entrySources,
  politicalStatuses,
  postClasses,
  posts,
  serviceStatuses,
  sexes,
} from '../../../server/workers/posts.rules.js';
import { findExemptionProblem, exemptionsOverlap } from '../../../server/workers/requests.rules.js';
import { parseLooseDay } from '../../../server/workers/rosterRow.import.js';
import * as words from '../../../server/workers/rosterWords.rules.js';
import { readTexts } from '../../../server/platform/i18n/translator.js';

const community = (id: string, name: string, township: string, county = '繁峙县'): KnownCommunity => ({
  id,
  code: id,
  path: [id],
  name,
  township,
  county,
});

describe('Communities of a roster', () => {
  const known = [
    community('1', '东泰社区居委会', '繁城镇'),
    community('2', '府新社区居委会', '繁城镇'),
    community('3', '惠民社区居民委员会', '砂河镇'),
    community('4', '惠民社区居委会', '秀容街道', '忻府区'),
  ];
  const match = (words: Partial<Record<'county' | 'township' | 'community', string>>) =>
    matchCommunity(known, { county: '', township: '', community: '', ...words });

  it('are one place under every name that offices write (domain.md §4.1 d)', () => {
    expect(['东泰社区居委会', '东泰社区居民委员会', '东泰社区', '东泰', ' 东泰 社区'].map(communityKey)).to.deep.equal(
      Array(5).fill('东泰'),
    );
    expect(['长征街街道', '长征街道', '长征街道办事处'].map(townshipKey)).to.deep.equal(Array(3).fill('长征'));
    expect(shortCommunityName('东泰社区居委会')).to.equal('东泰社区');
    expect(shortCommunityName('光明街')).to.equal('光明街');
  });

  it('are found by name, narrowed by county and township', () => {
    expect(match({ community: '东泰' })).to.deep.include({ ok: true, community: known[0] });
    expect(match({ community: '惠民社区' })).to.deep.equal({ ok: false, problem: 'AMBIGUOUS', count: 2 });
    expect(match({ community: '惠民社区', county: '忻府' })).to.deep.include({ ok: true, community: known[3] });
    expect(match({ community: '惠民社区', township: '砂河' })).to.deep.include({ ok: true, community: known[2] });
    expect(match({ community: '东泰', county: '代县' })).to.deep.equal({ ok: false, problem: 'COUNTY' });
    expect(match({ community: '东泰', township: '大营镇' })).to.deep.equal({ ok: false, problem: 'TOWNSHIP' });
  });

  it('that are not there are answered by the one name that is nearly the same', () => {
    expect(match({ community: '东太社区', township: '繁城镇' })).to.deep.equal({
      ok: false,
      problem: 'UNKNOWN',
      nearest: '东泰社区居委会',
    });
    expect(match({ community: '东泰新社区' })).to.deep.equal({ ok: false, problem: 'UNKNOWN', nearest: '东泰社区居委会' });
    expect(match({ community: '和平社区' })).to.deep.equal({ ok: false, problem: 'UNKNOWN', nearest: null });
  });
});

describe('Words of a roster', () => {
  const lists: Readonly<Record<string, readonly [words.Words<string>, readonly string[]]>> = {
    sex: [words.sexWords, sexes],
    postClass: [words.postClassWords, postClasses],
    post: [words.postWords, posts],
    entrySource: [words.entrySourceWords, entrySources],
    politicalStatus: [words.politicalStatusWords, politicalStatuses],
    educationLevel: [words.educationWords, educationLevels],
    serviceStatus: [words.statusWords, serviceStatuses],
  };

  it('mean one code each, and the first word is the one the pages say', () => {
    const texts = readTexts('zh-CN')['workers'] as Record<string, Record<string, string>>;
    for (const [list, [known, codes]] of Object.entries(lists)) {
      const all = Object.values(known).flat();
      expect(new Set(all).size, list).to.equal(all.length);
      for (const code of codes) {
        const first = known[code]?.[0] ?? '';
        expect(words.codeOf(known, first), first).to.equal(code);
        expect(texts[list]?.[code], `${list}.${code}`).to.equal(first);
      }
    }
  });

  it('are read whatever the quotation marks, blanks and widths', () => {
    expect(words.codeOf(words.postWords, '书记主任"一肩挑"')).to.equal('DUAL_POST');
    expect(words.codeOf(words.postWords, ' 居委会 副主任 ')).to.equal('DEPUTY_DIRECTOR');
    expect(words.codeOf(words.postWords, '总经理')).to.equal(null);
    expect(['是', '√', 'y', '否', 'No', '也许'].map(words.yesOrNo)).to.deep.equal([true, true, true, false, false, null]);
  });

  it('name the 56 nationalities with and without 族', () => {
    expect(new Set(ethnicities).size).to.equal(56);
    expect(readEthnicity('汉')).to.equal('汉族');
    expect(readEthnicity('满族')).to.equal('满族');
    expect(readEthnicity('火星')).to.equal(null);
  });

  it('write months and days in every usual way', () => {
    for (const text of ['1990.05', '1990-05', '1990/5', '199005', '1990年5月', '1990年05月'])
      expect(parseLooseDay(text), text).to.equal('1990-05-01');
    for (const text of ['1990.05.20', '19900520', '1990年5月20日', '1990-5-20']) expect(parseLooseDay(text), text).to.equal('1990-05-20');
    for (const text of ['1990', '199013', '05.1990', '去年', '']) expect(parseLooseDay(text), text).to.equal(null);
  });
});

describe('Dates of an exemption', () => {
  const day = civilDay;

  it('end after they begin and last a year at most', () => {
    expect(findExemptionProblem(day('2026-06-01'), day('2026-06-01'))).to.equal(null);
    expect(findExemptionProblem(day('2026-06-01'), day('2026-05-31'))).to.equal('ENDS_BEFORE');
    expect(findExemptionProblem(day('2026-06-01'), day('2027-05-31'))).to.equal(null);
    expect(findExemptionProblem(day('2026-06-01'), day('2027-06-01'))).to.equal('TOO_LONG');
  });

  it('overlap when they share a day, since both ends belong to them', () => {
    const june = { from: day('2026-06-01'), to: day('2026-06-30') };
    expect(exemptionsOverlap(june, { from: day('2026-06-30'), to: day('2026-07-31') })).to.equal(true);
    expect(exemptionsOverlap(june, { from: day('2026-07-01'), to: day('2026-07-31') })).to.equal(false);
  });
});
