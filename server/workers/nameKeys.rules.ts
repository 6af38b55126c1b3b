/** A name with the pinyin of each of its characters, in order; the reading of the surname already chosen. */
export interface SpelledName {
  readonly name: string;
  /** One syllable per character, without tones: `['zeng', 'xiu', 'lan']`. A mark such as `·` has an empty syllable. */
  readonly syllables: readonly string[];
}

function plainSyllable(syllable: string): string {
  return syllable
    .toLowerCase()
    .normalize('NFD')
    .replace(/u\u0308/g, 'v')
    .replace(/[^a-z]/g, '');
}

function suffixesOf(parts: readonly string[]): string[] {
  return parts.map((_, index) => parts.slice(index).join('')).filter((suffix) => suffix !== '');
}

/**
 * The search keys of a person (decision 9): every suffix of the name by code point, of the pinyin by syllable, and of
 * the initials. Searched by anchored prefix, so 秀兰, xiul, lan and xl all find 曾秀兰. Sorted, without repeats.
 */
export function searchKeysOf({ name, syllables }: SpelledName): string[] {
  const spelled = syllables.map(plainSyllable).filter((syllable) => syllable !== '');
  const initials = spelled.map((syllable) => syllable.charAt(0));
  return [...new Set([...suffixesOf([...name.replace(/\s/g, '')]), ...suffixesOf(spelled), ...suffixesOf(initials)])].sort();
}

/** What a person typed into the search box, in the form the keys have: no spaces, lower case, `ü` as `v`. */
export function searchTermOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s'’]/g, '')
    .toLowerCase()
    .replace(/ü/g, 'v');
}

/** Why a text is no name: 2–25 code points, letters and marks of any script and the middle dot (domain.md §5.3). */
export function findNameProblem(name: string): 'EMPTY' | 'LENGTH' | 'CHARACTERS' | null {
  const length = [...name].length;
  if (length === 0) return 'EMPTY';
  if (length < 2 || length > 25) return 'LENGTH';
  return /^[\p{L}\p{M}·\uE000-\uF8FF ]+$/u.test(name) ? null : 'CHARACTERS';
}
