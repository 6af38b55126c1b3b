/** What an inline bar shows, in counts. */
export interface BarParts {
  readonly total: number;
  readonly done: number;
  /** Enrolled, not yet done; stands right of what is done. */
  readonly coming?: number;
  /** Late; stands right of the others. */
  readonly late?: number;
  /** A target in per cent. */
  readonly target?: number;
}

/** The parameters of the `bar` partial: ends of the parts in per cent from the left, to a tenth. */
export interface InlineBar {
  readonly done: number;
  readonly more: number | null;
  readonly late: number | null;
  readonly tick: number | null;
}

/** The model of a share in a table. Nobody to count gives an empty bar, and no part reaches beyond the end. */
export function inlineBar(parts: BarParts): InlineBar {
  const upTo = (count: number): number => (parts.total <= 0 ? 0 : Math.min(100, Math.round((count / parts.total) * 1000) / 10));
  const coming = parts.done + (parts.coming ?? 0);
  return {
    done: upTo(parts.done),
    more: parts.coming === undefined || parts.coming === 0 ? null : upTo(coming),
    late: parts.late === undefined || parts.late === 0 ? null : upTo(coming + parts.late),
    tick: parts.target ?? null,
  };
}
