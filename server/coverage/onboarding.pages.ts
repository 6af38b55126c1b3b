import type { Ctx } from '../platform/http/context.js';
import type { Paging, Slice } from '../platform/http/paging.js';
import type { Board } from './coverage.service.js';
import { coverageCrumbs, queryOf } from './links.pages.js';
import type { OnboardingPolicy } from './onboarding.rules.js';
import { peoplePage, type PeopleNames } from './people.pages.js';
import type { WorkerYearRow } from './people.rules.js';
import type { PeopleQuestion } from './question.pages.js';

interface OnboardingGround {
  readonly question: PeopleQuestion;
  readonly names: PeopleNames;
  readonly paging: Paging;
  readonly board: Board;
  readonly policy: OnboardingPolicy;
  readonly asOf: string;
}

/** The new hires of a year and where their 岗位培训 stands: the people list with counts on its tabs. */
export function onboardingPage(ctx: Ctx, slice: Slice<WorkerYearRow>, ground: OnboardingGround) {
  const { t } = ctx;
  const list = peoplePage(ctx, slice, {
    question: ground.question,
    names: ground.names,
    paging: ground.paging,
    personTimes: null,
    asOf: ground.asOf,
  });
  const { asked, done, doneLate, open, overdue } = ground.board.rollUp.onboarding;
  const counts = [asked, open, overdue, done, doneLate];
  const here = (address: string): string => address.replace('/coverage/people', '/onboarding');
  const title = t('coverage.onboarding.title', { area: ctx.area.name, year: ctx.year });
  return {
    ...list,
    title,
    crumbs: coverageCrumbs(ctx, t('coverage.onboarding.crumb')),
    facts: t('coverage.onboarding.facts', { asked, done, open, overdue, months: ground.policy.withinMonths, asOf: ground.asOf }),
    path: '/onboarding',
    exportHref: `/onboarding/export${queryOf({ ...ctx.query, page: '' })}`,
    tabs: ground.question.tabs.map((tab, index) => ({ ...tab, href: here(tab.href), count: counts[index] ?? 0 })),
    chips: list.chips.map((chip) => ({ ...chip, href: here(chip.href) })),
    sorts: list.sorts.map((sort) => ({ ...sort, href: here(sort.href) })),
    clearHref: here(list.clearHref),
  };
}
