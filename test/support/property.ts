import fc from 'fast-check';

/** `SEED=123 npm run unit` runs the properties again with the values of an earlier run. */
const asked = Number(process.env.SEED);
export const seed = Number.isSafeInteger(asked) && process.env.SEED ? asked : Math.floor(Math.random() * 2 ** 31);
process.stdout.write(`property tests: SEED=${String(seed)}\n`);

/** Checks that a law holds for many values; a failure names the smallest counter-example. */
export function holdsForAll<Values extends [unknown, ...unknown[]]>(
  values: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  law: (...args: Values) => boolean | undefined,
): void {
  fc.assert(fc.property<Values>(...values, law), { seed, numRuns: 200 });
}
