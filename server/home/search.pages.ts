import { placeOf, queryOf } from '../coverage/links.pages.js';
import type { Division } from '../divisions/divisions.store.js';
import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import type { Slice } from '../platform/http/paging.js';
import { grouped } from '../platform/text/numbers.js';
import type { TrainingClass } from '../trainings/trainingClass.rules.js';
import { datesWords, stageBadge } from '../trainings/words.pages.js';
import type { Worker } from '../workers/worker.rules.js';
import { kept, placeLine, statusBadge, type NamedPlace } from '../workers/words.pages.js';

/** What the search box found, each kind inside what the account may see. */
export interface Found {
  readonly term: string;
  readonly today: CivilDay;
  readonly people: Slice<Worker>;
  readonly classes: Slice<TrainingClass>;
  readonly divisions: Slice<Division>;
  readonly places: ReadonlyMap<string, NamedPlace>;
}

/** People, classes and places by one word; each section leads to its whole list. */
export function searchPage(ctx: Ctx, found: Found) {
  const { t } = ctx;
  const { term, people, classes, divisions, places } = found;
  const title = term === '' ? t('home.search.title') : t('home.search.titleOf', { term });
  const sections = [
    {
      title: t('home.search.people'),
      all: t('home.search.allPeople', { n: grouped(people.total) }),
      allHref: people.total > people.rows.length ? `/workers${queryOf({ ...placeOf(ctx), q: term })}` : null,
      rows: people.rows.map((worker) => ({
        label: worker.name,
        href: kept(ctx, `/workers/${worker.id}`),
        detail: [placeLine(worker.divisionPath, places), t(`workers.post.${worker.post}`)].join(' · '),
        badge: statusBadge(t, worker.status),
      })),
    },
    {
      title: t('home.search.classes'),
      all: t('home.search.allClasses', { n: grouped(classes.total) }),
      allHref: classes.total > classes.rows.length ? `/classes${queryOf({ ...placeOf(ctx), q: term })}` : null,
      rows: classes.rows.map((of) => ({
        label: of.name,
        href: `/classes/${of.id}${queryOf({ ...placeOf(ctx), year: of.year })}`,
        detail: [String(of.year), datesWords(t, of), of.place].filter((part) => part !== '').join(' · '),
        badge: stageBadge(t, of, found.today),
      })),
    },
    {
      title: t('home.search.divisions'),
      all: t('home.search.firstDivisions', { n: divisions.rows.length, total: divisions.total }),
      allHref: null,
      rows: divisions.rows.map((division) => ({
        label: division.name,
        href: `/coverage${queryOf(placeOf(ctx, division.areaCode))}`,
        detail: placeLine(division.path, places),
        badge: null,
      })),
    },
  ];
  return {
    title,
    crumbs: [
      { href: kept(ctx, '/'), label: t('shell.menu.desk') },
      { href: null, label: title },
    ],
    term,
    sections: sections.filter((section) => section.rows.length > 0),
    emptyTitle: t(term === '' ? 'home.search.nothingTyped' : 'home.search.nothing', { term }),
  };
}
