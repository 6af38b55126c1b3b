import { NotFound } from '../platform/errors.js';
import { param, type Ctx } from '../platform/http/context.js';
import { formModel, parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Enrolment } from '../trainings/trainingClass.rules.js';
import { kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { marks } from './completion.rules.js';
import type { MarkRow } from './marks.store.js';
import { correctionForm, type Body } from './rollCall.forms.js';
import { markWords, sessionPath, sessionTitle } from './rollCall.pages.js';
import { sessionOf } from './rollCall.routes.js';
import type { Roll } from './rolls.service.js';

const ofPlace = { params: { id: 'class', sessionId: 'classSession', enrolmentId: 'enrolment' } } as const;
const fields = ['mark', 'late', 'leftEarly', 'madeUp', 'reason'] as const;

/** Correcting a handed-in mark, or noting a make-up, until the class closes. */
export function correctionRoutes(deps: Deps): readonly Route[] {
  return routeTable('/classes/:id/sessions/:sessionId', [
    get('/places/:enrolmentId/correction', 'attendance.correct', ofPlace, (ctx) => show(deps, ctx, [])),
    post('/places/:enrolmentId/correction', 'attendance.correct', ofPlace, (ctx) => correct(deps, ctx)),
  ]);
}

async function find(deps: Deps, ctx: Ctx): Promise<{ roll: Roll; place: Enrolment; row: MarkRow | undefined }> {
  const roll = await deps.rollCalls.roll(ctx.scope, sessionOf(ctx));
  const place = roll.places.find((one) => one.id === param(ctx, 'enrolmentId'));
  if (place === undefined) throw new NotFound('enrolment');
  return { roll, place, row: roll.marks.get(place.id) };
}

/** The mark in force as the fields of the form; a make-up is asked for by `?madeUp=`. */
function stored(ctx: Ctx, row: MarkRow | undefined): Body {
  const box = (isTicked: boolean | undefined): string => (isTicked === true ? 'yes' : '');
  return {
    mark: row?.mark ?? '',
    late: box(row?.late),
    leftEarly: box(row?.leftEarly),
    madeUp: ctx.query['madeUp'] === undefined ? box(row?.madeUp) : 'yes',
    reason: '',
  };
}

async function show(deps: Deps, ctx: Ctx, problems: readonly Problem[]): Promise<Reply> {
  const { roll, place, row } = await find(deps, ctx);
  const of = roll.trainingClass;
  const here = sessionPath(of, roll.session);
  const form = formModel(fields, problems.length > 0 ? ctx.body : stored(ctx, row), problems, ctx.t);
  return page(
    'attendance/correction',
    {
      title: ctx.t('attendance.correction.title', { name: place.name }),
      crumbs: [
        { href: kept(ctx, `${here}/roll-call`), label: sessionTitle(ctx, of, roll.session) },
        { href: null, label: '' },
      ],
      phone: true,
      action: kept(ctx, `${here}/places/${place.id}/correction`),
      back: kept(ctx, `${here}/roll-call`),
      facts: [
        { label: ctx.t('attendance.correction.person'), text: `${place.name} · ${place.unitText}`, href: null },
        {
          label: ctx.t('attendance.correction.session'),
          text: `${sessionTitle(ctx, of, roll.session)} · ${roll.session.title}`,
          href: null,
        },
        {
          label: ctx.t('attendance.correction.now'),
          text:
            row === undefined
              ? ctx.t('attendance.roll.blank')
              : ctx.t('attendance.correction.by', { mark: markWords(ctx, row), by: row.byName }),
          href: null,
        },
      ],
      form,
      markOptions: marks.map((value) => ({ value, label: ctx.t(`attendance.mark.${value}`), current: form.fields.mark.value === value })),
    },
    problems.length > 0 ? 422 : 200,
  );
}

async function correct(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { roll, place } = await find(deps, ctx);
  const parsed = parseForm(correctionForm, ctx);
  if (!parsed.ok) return show(deps, ctx, parsed.problems);
  const { reason, ...input } = parsed.value;
  return ctx.command(async (tx) => {
    const outcome = await deps.rollCalls.correct(tx, ctx.scope, { ...sessionOf(ctx), input: { enrolmentId: place.id, ...input }, reason });
    if (!outcome.ok) return show(deps, ctx, outcome.problems);
    return goTo(
      kept(ctx, `${sessionPath(roll.trainingClass, roll.session)}/roll-call`),
      done(ctx.t('attendance.correction.done', { name: place.name, mark: markWords(ctx, input) })),
    );
  });
}
