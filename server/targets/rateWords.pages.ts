import type { CertifiedCount } from './path.rules.js';

/** Basis points as people write a rate: 18.9%. */
export function percent(basisPoints: number): string {
  return `${(Math.round(basisPoints / 10) / 10).toFixed(1)}%`;
}

/** The rate of a count, or — when nobody is in service. */
export function rateWords({ certified, inService }: CertifiedCount): string {
  return inService === 0 ? '—' : percent((certified * 10_000) / inService);
}
