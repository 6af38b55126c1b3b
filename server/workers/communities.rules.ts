import { communityKey } from '../divisions/communityNames.rules.js';

/** A community with the names of the places above it, as a roster may write them. */
export interface KnownCommunity {
  readonly id: string;
  readonly code: string;
  readonly path: readonly string[];
  readonly name: string;
  readonly township: string;
  readonly county: string;
}

/** What a row says about the place. */
export interface PlaceWords {
  readonly county: string;
  readonly township: string;
  readonly community: string;
}

export type CommunityMatch =
  | { readonly ok: true; readonly community: KnownCommunity }
  | { readonly ok: false; readonly problem: 'COUNTY' }
  | { readonly ok: false; readonly problem: 'TOWNSHIP' }
  | { readonly ok: false; readonly problem: 'UNKNOWN'; readonly nearest: string | null }
  | { readonly ok: false; readonly problem: 'AMBIGUOUS'; readonly count: number };

/** 长征街街道, 长征街道 and 长征街道办事处 are one name; a town and a township of one name stay apart only by their place. */
export function townshipKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/(街街道|街道|街)?办事处$/, '')
    .replace(/(街街道|街道|镇|乡)$/, '');
}

function countyKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[县市区]$/, '');
}

/** Finds the community a row means among those of the area; county and township narrow it when they are filled. */
export function matchCommunity(known: readonly KnownCommunity[], words: PlaceWords): CommunityMatch {
  const inCounty = words.county === '' ? known : known.filter((one) => countyKey(one.county) === countyKey(words.county));
  if (inCounty.length === 0) return { ok: false, problem: 'COUNTY' };
  const inTownship = words.township === '' ? inCounty : inCounty.filter((one) => townshipKey(one.township) === townshipKey(words.township));
  if (inTownship.length === 0) return { ok: false, problem: 'TOWNSHIP' };
  const wanted = communityKey(words.community);
  const found = inTownship.filter((one) => communityKey(one.name) === wanted);
  const [first] = found;
  if (first === undefined) return { ok: false, problem: 'UNKNOWN', nearest: nearestName(inTownship, wanted) };
  return found.length === 1 ? { ok: true, community: first } : { ok: false, problem: 'AMBIGUOUS', count: found.length };
}

/** The name that differs by one character at most, when there is exactly one. */
function nearestName(known: readonly KnownCommunity[], wanted: string): string | null {
  const near = known.filter((one) => differsByOne(communityKey(one.name), wanted));
  return near.length === 1 && near[0] ? near[0].name : null;
}

function differsByOne(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > 1 || Math.max(a.length, b.length) < 2) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}
