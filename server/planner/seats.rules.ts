/** A division that gets seats, and by what share. */
export interface SeatClaim {
  readonly divisionId: string;
  /** Division code, the last tie-break. */
  readonly code: string;
  /** 当年未训, the weight. */
  readonly untrained: number;
}

export interface SeatShare {
  readonly divisionId: string;
  readonly seats: number;
}

/**
 * Shares the seats of a class by largest remainder on the untrained (documents.md §9.4 case 4, ruling 36). Equal
 * remainders: more untrained first, then division code. The sum is the class size even above what is untrained; with
 * nobody untrained anywhere all weigh alike. Order of the answer is that of the claims; no claims, no seats.
 */
export function shareSeats(size: number, claims: readonly SeatClaim[]): SeatShare[] {
  const isAllTrained = claims.every((claim) => claim.untrained === 0);
  const weighted = claims.map((claim) => ({ claim, weight: isAllTrained ? 1 : claim.untrained }));
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const shares = weighted.map(({ claim, weight }) => ({
    claim,
    weight,
    seats: Math.floor((size * weight) / total),
    remainder: (size * weight) % total,
  }));
  const spare = size - shares.reduce((sum, share) => sum + share.seats, 0);
  const byRemainder = [...shares].sort(
    (a, b) => b.remainder - a.remainder || b.weight - a.weight || (a.claim.code < b.claim.code ? -1 : 1),
  );
  const lucky = new Set(byRemainder.slice(0, spare).map((share) => share.claim.divisionId));
  return shares.map(({ claim, seats }) => ({ divisionId: claim.divisionId, seats: seats + (lucky.has(claim.divisionId) ? 1 : 0) }));
}

/** How far a table of seats is from the class size: 0 when a manual change keeps the sum, else what to give or take. */
export function seatsToPlace(size: number, shares: readonly SeatShare[]): number {
  return size - shares.reduce((sum, share) => sum + share.seats, 0);
}
