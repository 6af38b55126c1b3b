import { civilDay } from '../platform/civilDays.js';
import type { CivilDay } from '../platform/civilDays.js';

/** A year of the exam as it ships: what public notices say (domain.md §1.3, documents.md §4.3); what they do not say is null. */
export interface ShippedYear {
  readonly year: number;
  readonly firstDay: CivilDay;
  readonly lastDay: CivilDay;
  readonly registration: { readonly from: CivilDay; readonly to: CivilDay } | null;
  readonly resultsOn: CivilDay | null;
}

function year(
  firstDay: string,
  lastDay: string,
  resultsOn: string | null,
  registration: readonly [string, string] | null = null,
): ShippedYear {
  return {
    year: Number(firstDay.slice(0, 4)),
    firstDay: civilDay(firstDay),
    lastDay: civilDay(lastDay),
    registration: registration === null ? null : { from: civilDay(registration[0]), to: civilDay(registration[1]) },
    resultsOn: resultsOn === null ? null : civilDay(resultsOn),
  };
}

/** Shanxi's registration where it is known (2023, 2025), else the national one. The result day of 2026 has not been announced to us. */
export const shippedYears: readonly ShippedYear[] = [
  year('2018-06-09', '2018-06-10', null),
  year('2019-06-22', '2019-06-23', null),
  year('2020-10-31', '2020-11-01', '2021-01-14'),
  year('2021-10-16', '2021-10-17', '2022-01-13'),
  year('2022-06-18', '2022-06-19', '2022-09-07'),
  year('2023-06-10', '2023-06-11', '2023-08-11', ['2023-04-10', '2023-04-17']),
  year('2024-06-15', '2024-06-16', '2024-08-08', ['2024-04-01', '2024-04-18']),
  year('2025-05-24', '2025-05-25', '2025-07-25', ['2025-03-14', '2025-03-24']),
  year('2026-05-23', '2026-05-24', null, ['2026-03-12', '2026-03-30']),
];

export const shippedYearSource = '历年考试公告（产品预置，请对照本省通知核对）';

/** 60 of 100 for every subject; a page of the exam authority dates the fixed line from 2021 (domain.md §1.4). */
export const shippedMark = 60;
export const shippedMarkSource = '各科合格标准为试卷满分的 60%';
