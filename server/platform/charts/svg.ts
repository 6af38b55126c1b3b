/** Attributes of an element; undefined ones are left out. Looks come from classes alone: the page's policy refuses style attributes. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** The drawing surface in user units, which are CSS pixels at the size it was made for. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** For a card of half a desktop page. */
export const wideChart: ChartSize = { width: 640, height: 240 };
/** For a phone, where a scaled-down wide drawing would have letters of 6 pixels. */
export const narrowChart: ChartSize = { width: 330, height: 220 };

const letterWidth = { han: 12, other: 7 };

/** One element. Text and attribute values are escaped here and nowhere else; children are elements already made. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(typeof value === 'number' ? rounded(value) : String(value))}"`);
  return `<${name}${written.join('')}>${children.join('')}</${name}>`;
}

/** Text for inside an element. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** The whole drawing with the sentence that says what it shows. */
export function drawing(size: ChartSize, finding: string, ...children: readonly string[]): string {
  const viewBox = `0 0 ${size.width} ${size.height}`;
  return element(
    'svg',
    { class: 'chart', viewBox, role: 'group', 'aria-label': finding },
    element('desc', {}, escapeText(finding)),
    ...children,
  );
}

/** A mark that opens its list; without an address it is only explained. */
export function linked(href: string | undefined, title: string, ...children: readonly string[]): string {
  const said = element('title', {}, escapeText(title));
  return href === undefined ? element('g', {}, said, ...children) : element('a', { href }, said, ...children);
}

/** A line of text; `y` is its base line. */
export function label(words: string, at: Attributes): string {
  return element('text', at, escapeText(words));
}

/** About how wide a label of 12 pixels is. */
export function textWidth(words: string): number {
  return [...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? letterWidth.han : letterWidth.other), 0);
}

/** Every n-th label when they would touch, counted from the last, which must stay. */
export function thinned<Item extends { readonly label: string }>(items: readonly Item[], width: number): Item[] {
  const widest = Math.max(0, ...items.map((item) => textWidth(item.label))) + 8;
  const step = Math.max(1, Math.ceil((widest * items.length) / width));
  return items.filter((_, index) => (items.length - 1 - index) % step === 0);
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
