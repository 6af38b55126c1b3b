import { Conflict } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { reaches } from '../platform/scope.js';
import { kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { calendarPage, markFormPage, withBothYears, yearFormPage } from './calendar.pages.js';
import type { CalendarYear } from './calendar.rules.js';
import type { YearInput } from './calendar.service.js';
import { changedYearForm, markForm, yearForm } from './exams.forms.js';

const ofYear = { params: { id: 'examYear' } } as const;

/** The exam calendar and pass marks, kept by the city. */
export function examCalendarRoutes(deps: Deps): readonly Route[] {
  return routeTable('/exam-years', [
    get('/', 'policy.read', (ctx) => show(deps, ctx)),
    get('/new', 'policy.change', (ctx) => page('exams/year', yearFormPage(ctx, { line: null, problems: [] }))),
    post('/', 'policy.change', (ctx) => add(deps, ctx)),
    get('/marks/new', 'policy.change', (ctx) => showMark(deps, ctx, [])),
    post('/marks', 'policy.change', (ctx) => announce(deps, ctx)),
    get('/:id', 'policy.change', ofYear, async (ctx) =>
      page('exams/year', yearFormPage(ctx, { line: await deps.examCalendar.yearById(param(ctx, 'id')), problems: [] })),
    ),
    post('/:id', 'policy.change', ofYear, (ctx) => change(deps, ctx)),
  ]);
}

async function show(deps: Deps, ctx: Ctx): Promise<Reply> {
  const [years, marks] = await Promise.all([deps.examCalendar.years(), deps.examCalendar.marks()]);
  const ids = [...years.flatMap((line) => line.windows.map((window) => window.divisionId)), ...marks.map((mark) => mark.divisionId)];
  return page(
    'exams/calendar',
    calendarPage(ctx, { years, marks, divisions: await deps.divisionsStore.names(ids), today: deps.clock.today() }),
  );
}

type Typed = Omit<YearInput, 'window'> & {
  readonly registrationFrom: YearInput['firstDay'];
  readonly registrationTo: YearInput['firstDay'];
};

/** The window of the form: both days or none, of a division inside the scope. */
function windowOf(ctx: Ctx, typed: Typed): { input: YearInput; problems: readonly Problem[] } {
  const { registrationFrom: from, registrationTo: to, ...rest } = typed;
  const input = {
    ...rest,
    windowDivisionId: ctx.area.id,
    window: from === null || to === null ? null : { divisionId: ctx.area.id, from, to },
  };
  const half = (from === null) !== (to === null);
  const outside = !reaches(ctx.scope, ctx.area.path) && (from !== null || to !== null);
  return {
    input,
    problems: [
      ...(half ? [{ field: from === null ? 'registrationFrom' : 'registrationTo', key: 'exams.calendar.registrationTo.half' }] : []),
      ...(outside ? [{ field: 'registrationFrom', key: 'exams.calendar.window.outside' }] : []),
    ],
  };
}

function again(ctx: Ctx, line: CalendarYear | null, problems: readonly Problem[]): Reply {
  return page('exams/year', yearFormPage(ctx, { line, problems }), 422);
}

async function add(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(yearForm, ctx);
  if (!parsed.ok) return again(ctx, null, parsed.problems);
  const { input, problems } = windowOf(ctx, parsed.value);
  if (problems.length > 0) return again(ctx, null, problems);
  return ctx.command(async (tx) => {
    const outcome = await deps.examCalendar.addYear(tx, input);
    if (!outcome.ok) return again(ctx, null, outcome.problems);
    return goTo(kept(ctx, '/exam-years'), done(ctx.t('exams.calendar.saved', { year: input.year })));
  });
}

async function change(deps: Deps, ctx: Ctx): Promise<Reply> {
  const line = await deps.examCalendar.yearById(param(ctx, 'id'));
  const parsed = parseForm(changedYearForm, ctx);
  if (!parsed.ok) return again(ctx, line, parsed.problems);
  const { version, ...typed } = parsed.value;
  const { input, problems } = windowOf(ctx, { ...typed, year: line.year });
  if (problems.length > 0) return again(ctx, line, problems);
  try {
    return await ctx.command(async (tx) => {
      const outcome = await deps.examCalendar.changeYear(tx, { ...input, id: line.id, version });
      if (!outcome.ok) return again(ctx, line, outcome.problems);
      return goTo(kept(ctx, '/exam-years'), done(ctx.t('exams.calendar.saved', { year: line.year })));
    });
  } catch (error) {
    throw error instanceof Conflict
      ? withBothYears(ctx, error, { yours: input, theirs: await deps.examCalendar.yearById(line.id) })
      : error;
  }
}

/** The regions a mark can be for: the whole nation, the area and what lies directly under it. */
async function regionsOf(deps: Deps, ctx: Ctx): Promise<readonly { value: string; label: string }[]> {
  const root = await deps.divisionsStore.root();
  const own = [
    { value: ctx.area.id, label: ctx.area.name },
    ...(await deps.divisionsStore.childrenOf(ctx.area.id)).map((one) => ({ value: one.id, label: one.name })),
  ];
  return root === null || root.id === ctx.area.id ? own : [...own, { value: root.id, label: root.name }];
}

async function showMark(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const [years, regions] = await Promise.all([deps.examCalendar.years(), regionsOf(deps, ctx)]);
  return page('exams/mark', markFormPage(ctx, { years, regions, problems, today: deps.clock.today() }), problems.length > 0 ? 422 : 200);
}

async function announce(deps: Deps, ctx: Ctx): Promise<Reply> {
  const parsed = parseForm(markForm, ctx);
  if (!parsed.ok) return showMark(deps, ctx, parsed.problems);
  const regions = await regionsOf(deps, ctx);
  if (!regions.some((one) => one.value === parsed.value.divisionId))
    return showMark(deps, ctx, [{ field: 'divisionId', key: 'exams.mark.region.outside' }]);
  return ctx.command(async (tx) => {
    const outcome = await deps.passMarks.announce(tx, parsed.value);
    if (!outcome.ok) return showMark(deps, ctx, outcome.problems);
    const { year, subject, mark } = parsed.value;
    return goTo(
      kept(ctx, '/exam-years'),
      done(ctx.t('exams.mark.announced', { year, subject: ctx.t(`exams.subject.${subject}`), mark, n: outcome.turned ?? 0 })),
    );
  });
}
