/** The levels of the tree, root first. */
export const levels = ['nation', 'province', 'city', 'county', 'township', 'community'] as const;
export type Level = (typeof levels)[number];

/** A row of a division file: 12-digit code, level, name, parent code and kind, as the statistical bureau lists them. */
export interface FileRow {
  readonly code: string;
  readonly level: string;
  readonly name: string;
  readonly parentCode: string;
  readonly kind: string;
}

const digitsOf: Readonly<Record<Level, number>> = { nation: 6, province: 6, city: 6, county: 6, township: 9, community: 12 };

/** The digits of a code that a level needs: six down to the county, nine for a township, twelve for a community. */
export function areaCodeOf(code: string, level: Level): string {
  return code.slice(0, digitsOf[level]);
}

/** The level below, or null under a community. */
export function levelBelow(level: Level): Level | null {
  return levels[levels.indexOf(level) + 1] ?? null;
}

/** A row of a division that is no village: mines and farms keep "virtual communities", which are left out by name (domain.md §4.1). */
function isCommunity(row: FileRow): boolean {
  if (row.level === 'community') return true;
  return row.kind.startsWith('类似') && row.name.includes('社区居委会');
}

/**
 * What of a division file becomes the tree. A unit that only statistics know gives its townships back to the county named
 * in `statisticalOnly` (six-digit codes); villages and virtual communities stay out (decision 1).
 */
export function treeRows(rows: readonly FileRow[], statisticalOnly: ReadonlyMap<string, string>): readonly FileRow[] {
  return rows.flatMap((row) => {
    const owner = statisticalOnly.get(row.code.slice(0, 6));
    if (row.level === 'community' || row.level === 'village') return isCommunity(row) ? [{ ...row, level: 'community' }] : [];
    if (owner === undefined) return [row];
    return row.level === 'township' ? [{ ...row, parentCode: `${owner}000000` }] : [];
  });
}
