import { refuse } from '../errors.js';

/** Letters that mean the same after a backslash in both dialects. */
const SHARED_ESCAPES = new Set('dDwWbBnrtf');

/** What is a line's end, a dot and white space to PCRE, in the words of JavaScript's `u` mode. */
const END = '(?=\\n?(?![\\s\\S]))';
const ANY = '[\\s\\S]';
const ANY_BUT_LINE_FEED = '[^\\n]';
const SPACE = '\\t-\\r ';

const QUANTIFIER = /\{\d+(?:,\d*)?\}/y;
const HEX_ESCAPE = /x[0-9A-Fa-f]{2}/y;
const SYNTAX = /[\^$\\.*+?()[\]{}|/-]/;

/** Reads a pattern once from left to right; what JavaScript would silently read as something else is refused. */
class Translation {
  private at = 0;
  private inClass = false;

  constructor(
    private readonly source: string,
    private readonly dotAll: boolean,
  ) {}

  run(): string {
    let out = '';
    while (this.at < this.source.length) out += this.inClass ? this.insideClass() : this.outsideClass();
    return out;
  }

  private take(): string {
    this.at += 1;
    return this.source[this.at - 1] ?? '';
  }

  private takeIf(wanted: RegExp): string | undefined {
    wanted.lastIndex = this.at;
    const found = wanted.exec(this.source)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private outsideClass(): string {
    const quantifier = this.takeIf(QUANTIFIER);
    if (quantifier !== undefined) return quantifier;
    const char = this.take();
    switch (char) {
      case '\\':
        return this.escape();
      case '[':
        return this.openClass();
      case '.':
        return this.dotAll ? ANY : ANY_BUT_LINE_FEED;
      case '$':
        return END;
      case '{':
      case '}':
      case ']':
        return `\\${char}`;
      default:
        return char;
    }
  }

  private openClass(): string {
    const negated = this.source[this.at] === '^';
    if (negated) this.at += 1;
    // As the first character it is a member to PCRE, but ends the class to JavaScript.
    if (this.source[this.at] === ']') throw this.refusal('a class that begins with ]');
    this.inClass = true;
    return negated ? '[^' : '[';
  }

  private insideClass(): string {
    const char = this.take();
    if (char === '\\') return this.escape();
    if (char === ']') this.inClass = false;
    if (char === '[' && /[:.=]/.test(this.source[this.at] ?? '')) throw this.refusal('a named class');
    return char;
  }

  private escape(): string {
    const hex = this.takeIf(HEX_ESCAPE);
    if (hex !== undefined) return `\\${hex}`;
    const char = this.take();
    if (/[A-Za-z0-9]/.test(char)) return this.escapedLetter(char);
    // Of what needs no escape JavaScript allows none, and a hyphen's only within a class.
    return SYNTAX.test(char) && (char !== '-' || this.inClass) ? `\\${char}` : char;
  }

  private escapedLetter(char: string): string {
    if (SHARED_ESCAPES.has(char)) return `\\${char}`;
    if (char === 's') return this.inClass ? SPACE : `[${SPACE}]`;
    if (!this.inClass && char === 'S') return `[^${SPACE}]`;
    if (!this.inClass && /[1-9]/.test(char)) return `\\${char}`;
    throw this.refusal(`\\${char}`);
  }

  private refusal(what: string): Error {
    return refuse.badValue(`$regex with ${what} is not supported: ${this.source}`);
  }
}

/**
 * Puts a pattern of MongoDB (PCRE, ASCII classes) into the words of JavaScript's `u` mode. A dot takes all but a line feed, `$` also
 * stands before a last line feed, `\s` is ASCII.
 */
export const toJavaScript = (source: string, options: string): string => new Translation(source, options.includes('s')).run();
