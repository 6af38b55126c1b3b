/** Where a list stands: page from 1, rows per page, and the sort by name and direction. */
export interface Paging {
  readonly page: number;
  readonly size: number;
  readonly skip: number;
  readonly sort: string;
  readonly direction: 1 | -1;
}

const sizes = [10, 20, 50] as const;

/** Reads `page`, `size`, `sort` (`name` or `-name`) of an address; bad values fall back to the defaults. */
export function readPaging(query: Readonly<Record<string, string>>, sorts: readonly [string, ...string[]], defaultSize = 20): Paging {
  const asked = Number(query['page']);
  const page = Number.isInteger(asked) && asked >= 1 && asked <= 100_000 ? asked : 1;
  const size = sizes.find((one) => String(one) === query['size']) ?? defaultSize;
  const text = query['sort'] ?? '';
  const name = text.replace(/^-/, '');
  const known = sorts.includes(name);
  return { page, size, skip: (page - 1) * size, sort: known ? name : sorts[0], direction: known && text.startsWith('-') ? -1 : 1 };
}

/** One page of a list and how many there are in all. */
export interface Slice<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** The pager as `partials/pager` prints it. */
export interface Pager {
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly pages: readonly { readonly number: number; readonly current: boolean; readonly gap: boolean }[];
  readonly previous: number | null;
  readonly next: number | null;
  readonly sizes: readonly { readonly size: number; readonly current: boolean }[];
}

/** A list has fewer pages than the address says: it grew shorter, or the address is old. Answered with the last page. */
export class PastLastPage extends Error {
  constructor(readonly last: number) {
    super('past the last page');
  }
}

/**
 * The pager of a list: first, last and the pages around the current one.
 * @throws PastLastPage when there are rows, but none on this page
 */
export function pagerModel(paging: Paging, total: number): Pager {
  const last = Math.max(1, Math.ceil(total / paging.size));
  if (total > 0 && paging.page > last) throw new PastLastPage(last);
  const near = [...new Set([1, paging.page - 1, paging.page, paging.page + 1, last])]
    .filter((n) => n >= 1 && n <= last)
    .sort((a, b) => a - b);
  return {
    from: total === 0 ? 0 : Math.min(paging.skip + 1, total),
    to: Math.min(paging.skip + paging.size, total),
    total,
    pages: near.map((number, index) => ({
      number,
      current: number === paging.page,
      gap: index > 0 && number - (near[index - 1] ?? number) > 1,
    })),
    previous: paging.page > 1 ? paging.page - 1 : null,
    next: paging.page < last ? paging.page + 1 : null,
    sizes: sizes.map((size) => ({ size, current: size === paging.size })),
  };
}
