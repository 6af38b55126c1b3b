/** One thing that is not as it should be. */
export interface Finding {
  /** `missing` and `extra` index entries and `corrupt` documents as in MongoDB's reply; `other` is anything else. */
  readonly kind: 'missing' | 'extra' | 'corrupt' | 'other';
  /** The index, for entries. */
  readonly index?: string;
  readonly text: string;
}

/** How many findings of one check are listed; all are counted. */
const LISTED = 20;

/** The findings of one check: the first of them, and how many. */
export class Findings {
  readonly listed: Finding[] = [];
  private readonly counts = { missing: 0, extra: 0, corrupt: 0, other: 0 };

  add(finding: Finding): void {
    this.counts[finding.kind] += 1;
    if (this.listed.length < LISTED) this.listed.push(finding);
  }

  countOf(kind: Finding['kind']): number {
    return this.counts[kind];
  }

  get total(): number {
    return Object.values(this.counts).reduce((sum, n) => sum + n, 0);
  }

  /** The texts of what is listed, and how many more there are. */
  texts(): string[] {
    const texts = this.listed.map(({ text }) => text);
    return this.total > texts.length ? [...texts, `… and ${String(this.total - texts.length)} more`] : texts;
  }
}

export const other = (text: string): Finding => ({ kind: 'other', text });
