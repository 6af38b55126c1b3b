/** 东泰社区居委会, 东泰社区居民委员会 and 东泰社区 are one name (domain.md §4.1 d). */
export function communityKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/(社区)?(居民委员会|居委会)$/, '')
    .replace(/社区$/, '');
}

/** 东泰社区 as people say it, without 居委会. */
export function shortCommunityName(name: string): string {
  const key = communityKey(name);
  return /社区|(居民委员会|居委会)$/.test(name) ? `${key}社区` : name;
}
