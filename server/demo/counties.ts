/** How a county's year goes, so that the boards tell a story (synthetic; only the sizes follow the city's real proportions). */
export interface CountyStory {
  /** People on its roster today. */
  readonly size: number;
  /** Share of the due people trained by today, and of the untrained who already have a seat before the year ends. */
  readonly trained: number;
  readonly arranged: number;
  /** Share of the roster that leaves and is replaced each year. */
  readonly turnover: number;
  /** Share of people in service with a certificate. */
  readonly certified: number;
}

/** By county code. 岢岚 and 定襄 have finished, 保德 is late, 忻府 loses many people, the rest are on their way. */
export const countyStories: Readonly<Record<string, CountyStory>> = {
  '140902': { size: 695, trained: 0.857, arranged: 0.6, turnover: 0.16, certified: 0.29 },
  '140921': { size: 88, trained: 1, arranged: 0, turnover: 0.05, certified: 0.27 },
  '140922': { size: 171, trained: 0.873, arranged: 1, turnover: 0.07, certified: 0.2 },
  '140923': { size: 158, trained: 0.941, arranged: 1, turnover: 0.06, certified: 0.24 },
  '140924': { size: 173, trained: 0.772, arranged: 0.32, turnover: 0.08, certified: 0.19 },
  '140925': { size: 146, trained: 0.879, arranged: 0.88, turnover: 0.07, certified: 0.21 },
  '140926': { size: 140, trained: 0.911, arranged: 1, turnover: 0.07, certified: 0.2 },
  '140927': { size: 86, trained: 0.952, arranged: 1, turnover: 0.06, certified: 0.18 },
  '140928': { size: 116, trained: 0.946, arranged: 1, turnover: 0.06, certified: 0.22 },
  '140929': { size: 74, trained: 1, arranged: 0, turnover: 0.03, certified: 0.34 },
  '140930': { size: 147, trained: 0.894, arranged: 1, turnover: 0.08, certified: 0.2 },
  '140931': { size: 160, trained: 0.714, arranged: 0.23, turnover: 0.09, certified: 0.14 },
  '140932': { size: 86, trained: 0.904, arranged: 1, turnover: 0.07, certified: 0.17 },
  '140981': { size: 315, trained: 0.898, arranged: 0.87, turnover: 0.09, certified: 0.26 },
};
