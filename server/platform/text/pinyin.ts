import { pinyin } from 'pinyin-pro';

/** Keys by which lists of people are ordered; they compare as plain text, so an index serves the order. */
export interface SortKeys {
  /** Syllables with tone, then the name: 王 before 汪 never depends on the machine. */
  readonly pinyin: string;
  /** By number of strokes, as the order of a printed name list (按姓氏笔画排序). */
  readonly stroke: string;
}

/**
 * What a name is found by, each an anchored prefix (decision 9): every ending of the name, of its pinyin (surname readings:
 * 单 shan, 尉迟 yuchi) and of its initials. Lower case, without spaces and dots; ü stands as v and as u, since people type both.
 */
export function searchKeys(name: string): string[] {
  const letters = [...bareName(name)];
  const syllables = syllablesOf(letters);
  const initials = syllables.map((syllable) => [...syllable][0] ?? '');
  const spellings = [syllables, syllables.map((syllable) => syllable.replace('v', 'u'))];
  return [...new Set([...endings(letters), ...spellings.flatMap(endings), ...endings(initials)])];
}

/** More of what was typed does not narrow a search, and a pattern must not grow without end. */
const longestPrefix = 100;

/** What was typed, in the form of the keys; '' when nothing is left to search by. */
export function searchPrefix(typed: string): string {
  return bareName(typed.slice(0, longestPrefix)).replaceAll('ü', 'v').slice(0, longestPrefix);
}

/** The keys a name is ordered by. */
export function sortKeys(name: string): SortKeys {
  const letters = [...bareName(name)];
  const toned = readings(letters, 'num').join(' ');
  return { pinyin: `${toned} ${name}`, stroke: letters.map(strokeRank).join('') };
}

/** A text in ASCII letters, syllable by syllable; what is no Chinese stays as it is. */
export function spelledOut(text: string): string {
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join('-');
}

function bareName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•・.'’-]/g, '');
}

function syllablesOf(letters: readonly string[]): string[] {
  return readings(letters, 'none').map((syllable) => syllable.replace('ü', 'v'));
}

function readings(letters: readonly string[], toneType: 'none' | 'num'): string[] {
  return pinyin(letters.join(''), { toneType, type: 'array', surname: 'head' });
}

function endings(parts: readonly string[]): string[] {
  return parts.map((_, start) => parts.slice(start).join(''));
}

const strokeOrder = new Intl.Collator('zh-u-co-stroke');
const [firstHan, lastHan] = [0x4e00, 0x9fff];
let hanByStroke: readonly string[] | null = null;

/** Four hex digits that compare like the stroke order: the place of a character among the 20,992 of the basic block. */
function strokeRank(letter: string): string {
  hanByStroke ??= Array.from({ length: lastHan - firstHan + 1 }, (_, i) => String.fromCodePoint(firstHan + i)).sort(strokeOrder.compare);
  let [low, high] = [0, hanByStroke.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (strokeOrder.compare(hanByStroke[middle] ?? '', letter) < 0) low = middle + 1;
    else high = middle;
  }
  return low.toString(16).padStart(4, '0');
}
