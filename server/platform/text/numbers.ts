const numbers = new Intl.NumberFormat('en-US');

/** `2,461`: a count as it is printed, wherever it stands. */
export const grouped = (count: number): string => numbers.format(count);
