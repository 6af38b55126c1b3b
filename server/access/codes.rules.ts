/** Days a one-time code is good for (decision 3). */
export const codeDays = 14;

/** Codes on one sheet; a county has fewer workers than this. */
export const sheetMost = 500;
