import { z } from 'zod';
import { NotFound } from '../platform/errors.js';
import { field, param, type Ctx } from '../platform/http/context.js';
import { oneOf, text, ticked } from '../platform/http/fields.js';
import { formModel, parseForm, type Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import { systemScope } from '../platform/scope.js';
import { problemWords, slotWords } from '../trainings/words.pages.js';
import { placesOf } from '../workers/places.pages.js';
import { placeLine } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { completionPolicy } from './attendance.policies.js';
import { marks, summariseAttendance } from './completion.rules.js';
import { changedMarks } from './rollCall.forms.js';
import { rollCallPage } from './rollCall.pages.js';
import type { Roll, RollOutcome } from './rollCall.service.js';

const ofSession = { params: { id: 'class', sessionId: 'classSession' } } as const;
const ofPlace = { params: { id: 'class', sessionId: 'classSession', enrolmentId: 'enrolment' } } as const;
const audience = systemScope('a person in the hall may come from anywhere in the audience of the class');

const correctionForm = z.object({
  mark: oneOf('attendance.correction.mark', marks),
  late: ticked,
  leftEarly: ticked,
  madeUp: ticked,
  reason: text('attendance.correction.reason'),
});

/** Taking the roll on a phone. */
export function rollCallRoutes(deps: Deps): readonly Route[] {
  return routeTable('/classes/:id/sessions/:sessionId', [
    get('/roll-call', 'attendance.mark', ofSession, (ctx) => show(deps, ctx, [])),
    post('/marks', 'attendance.mark', ofSession, (ctx) => mark(deps, ctx)),
    post('/undoing', 'attendance.mark', ofSession, (ctx) => undo(deps, ctx)),
    get('/walk-ins', 'attendance.mark', ofSession, (ctx) => showWalkIns(deps, ctx, [])),
    post('/walk-ins', 'attendance.mark', ofSession, (ctx) => addWalkIn(deps, ctx)),
    get('/places/:enrolmentId/correction', 'attendance.correct', ofPlace, (ctx) => showCorrection(deps, ctx, [])),
    post('/places/:enrolmentId/correction', 'attendance.correct', ofPlace, (ctx) => correct(deps, ctx)),
  ]);
}

const at = (ctx: Ctx) => ({ classId: param(ctx, 'id'), sessionId: param(ctx, 'sessionId') });
const here = (ctx: Ctx): string => `/classes/${param(ctx, 'id')}/sessions/${param(ctx, 'sessionId')}`;

async function show(deps: Deps, ctx: Ctx, problems: readonly Problem[], status = 200): Promise<Reply> {
  const roll = await deps.rollCalls.roll(ctx.scope, at(ctx));
  const all = await deps.attendance.marksOf(roll.trainingClass.id);
  const book = await deps.policies.load([completionPolicy]);
  const policy = book.on(completionPolicy, roll.trainingClass.ownerPath, roll.trainingClass.lastDay).value;
  const summaries = new Map(roll.places.map((place) => [place.id, summariseAttendance(roll.trainingClass.sessions, all.get(place.id) ?? [])]));
  const last = ctx.account === null || roll.rollCall !== null ? null : await deps.rollCalls.lastMark(roll.session.id, ctx.account.id);
  return page('attendance/rollCall', rollCallPage(ctx, { roll, last, problems, summaries, policy }), status);
}

/** Saves the marks of the form; its button may also fill the blanks or hand the roll in. Each press is saved by itself, so that none waits for another. */
async function mark(deps: Deps, ctx: Ctx): Promise<Reply> {
  await deps.rollCalls.roll(ctx.scope, at(ctx));
  const saved = await deps.transact(ctx.actor, (tx) => deps.rollCalls.mark(tx, ctx.scope, { ...at(ctx), inputs: changedMarks(ctx.body) }));
  if (!saved.ok) return show(deps, ctx, saved.problems, 422);
  const then = field(ctx, 'then');
  if (then === 'rest') return fillRest(deps, ctx);
  if (then === 'submit') return submit(deps, ctx);
  return goTo(backTo(ctx));
}

/** The page as it was filtered. */
function backTo(ctx: Ctx): string {
  const query = new URLSearchParams(['show', 'q'].flatMap((name): [string, string][] => (field(ctx, name) === '' ? [] : [[name, field(ctx, name)]]))).toString();
  return `${here(ctx)}/roll-call${query === '' ? '' : `?${query}`}`;
}

async function fillRest(deps: Deps, ctx: Ctx): Promise<Reply> {
  const outcome = await deps.transact(ctx.actor, (tx) => deps.rollCalls.fillRest(tx, ctx.scope, at(ctx)));
  if (!outcome.ok) return show(deps, ctx, outcome.problems, 422);
  const undoing = { action: `${here(ctx)}/undoing`, label: ctx.t('attendance.undo') };
  return goTo(`${here(ctx)}/roll-call`, outcome.changed === 0 ? null : done(ctx.t('attendance.roll.filled', { n: outcome.changed }), undoing));
}

async function submit(deps: Deps, ctx: Ctx): Promise<Reply> {
  let refused: readonly Problem[] = [];
  const reply = await ctx.command(async (tx) => {
    const outcome: RollOutcome = await deps.rollCalls.submit(tx, ctx.scope, at(ctx));
    if (outcome.ok) return goTo(`${here(ctx)}/roll-call`, done(ctx.t('attendance.roll.submitted', { n: outcome.changed })));
    refused = outcome.problems;
    return page('attendance/rollCall', {}, 422);
  });
  return reply.kind === 'redirect' ? reply : show(deps, ctx, refused, 422);
}

async function undo(deps: Deps, ctx: Ctx): Promise<Reply> {
  await deps.rollCalls.roll(ctx.scope, at(ctx));
  return ctx.command(async (tx) => {
    const outcome = await deps.rollCalls.undo(tx, ctx.scope, at(ctx));
    const text_ = outcome.ok ? ctx.t('attendance.roll.undone', { n: outcome.changed }) : outcome.problems.map((one) => problemWords(ctx.t, one)).join('');
    return goTo(`${here(ctx)}/roll-call`, { kind: outcome.ok ? 'ok' : 'warn', text: text_ });
  });
}

async function showWalkIns(deps: Deps, ctx: Ctx, problems: readonly Problem[], status = 200): Promise<Reply> {
  const { trainingClass: of, session } = await deps.rollCalls.roll(ctx.scope, at(ctx));
  const query = (ctx.query['q'] ?? field(ctx, 'q')).trim();
  const invited = of.audience.length === 0 ? [of.ownerDivisionId] : of.audience;
  const found = query.length < 2 ? [] : (await Promise.all(invited.map((divisionId) => deps.workers.list(audience, { divisionId, present: true, ...deps.workers.searchFilter(query) }, { page: 1, size: 20, skip: 0, sort: 'pinyin', direction: 1 })))).flatMap((slice) => slice.rows);
  const places = await placesOf(deps, found.map((worker) => worker.divisionPath));
  return page('attendance/walkIns', {
    title: ctx.t('attendance.walkIn.title'),
    crumbs: [{ href: `${here(ctx)}/roll-call`, label: slotWords(ctx.t, session.slot) }, { href: null, label: '' }],
    phone: true,
    here: here(ctx),
    query,
    searched: query.length >= 2,
    people: found.slice(0, 20).map((worker) => ({ id: worker.id, name: worker.name, unit: placeLine(worker.divisionPath, places) })),
    problems: problems.map((one) => problemWords(ctx.t, one)),
  }, status);
}

async function addWalkIn(deps: Deps, ctx: Ctx): Promise<Reply> {
  const { trainingClass: of, rollCall } = await deps.rollCalls.roll(ctx.scope, at(ctx));
  const workerId = field(ctx, 'workerId');
  const invited = of.audience.length === 0 ? [of.ownerDivisionId] : of.audience;
  const worker = (await deps.workers.byIds([workerId])).get(workerId);
  if (worker === undefined || !invited.some((id) => worker.divisionPath.includes(id))) throw new NotFound('worker');
  if (rollCall !== null) return showWalkIns(deps, ctx, [{ field: '', key: 'attendance.roll.handedIn' }], 422);
  let refused: Problem | null = null;
  const reply = await ctx.command(async (tx) => {
    const outcome = await deps.enrolments.addWalkIn(tx, ctx.scope, { classId: of.id, workerId, peopleScope: audience });
    if (!outcome.ok) {
      refused = outcome.problem;
      return page('attendance/walkIns', {}, 422);
    }
    const inputs = [{ enrolmentId: outcome.enrolment.id, mark: 'PRESENT' as const, late: false, leftEarly: false }];
    await deps.rollCalls.mark(tx, ctx.scope, { ...at(ctx), inputs });
    return goTo(`${here(ctx)}/roll-call`, done(ctx.t('attendance.walkIn.added', { name: worker.name })));
  });
  return refused === null ? reply : showWalkIns(deps, ctx, [refused], 422);
}

function placeIn(ctx: Ctx, roll: Roll) {
  const place = roll.places.find((one) => one.id === param(ctx, 'enrolmentId'));
  if (place === undefined) throw new NotFound('enrolment');
  return place;
}

async function showCorrection(deps: Deps, ctx: Ctx, problems: readonly Problem[], status = 200): Promise<Reply> {
  const roll = await deps.rollCalls.roll(ctx.scope, at(ctx));
  const place = placeIn(ctx, roll);
  const row = roll.marks.get(place.id);
  const stored = { mark: row?.mark ?? '', late: row?.late === true ? '1' : '', leftEarly: row?.leftEarly === true ? '1' : '', madeUp: row?.madeUp === true ? '1' : '', reason: '' };
  const form = formModel(['mark', 'late', 'leftEarly', 'madeUp', 'reason'], status === 200 ? stored : ctx.body, problems, ctx.t);
  return page('attendance/correction', {
    title: ctx.t('attendance.correction.title', { name: place.name }),
    crumbs: [{ href: `${here(ctx)}/roll-call`, label: slotWords(ctx.t, roll.session.slot) }, { href: null, label: '' }],
    phone: true,
    action: `${here(ctx)}/places/${place.id}/correction`,
    back: `${here(ctx)}/roll-call`,
    person: `${place.name} · ${place.unitText}`,
    session: `${slotWords(ctx.t, roll.session.slot)} · ${roll.session.title}`,
    form,
    markOptions: marks.map((value) => ({ value, label: ctx.t(`attendance.mark.${value}`), current: form.fields.mark.value === value })),
    late: form.fields.late.value !== '',
    leftEarly: form.fields.leftEarly.value !== '',
    madeUp: form.fields.madeUp.value !== '',
  }, status);
}

async function correct(deps: Deps, ctx: Ctx): Promise<Reply> {
  const roll = await deps.rollCalls.roll(ctx.scope, at(ctx));
  const place = placeIn(ctx, roll);
  const parsed = parseForm(correctionForm, ctx);
  if (!parsed.ok) return showCorrection(deps, ctx, parsed.problems, 422);
  const { reason, ...input } = parsed.value;
  let refused: readonly Problem[] = [];
  const reply = await ctx.command(async (tx) => {
    const outcome = await deps.rollCalls.correct(tx, ctx.scope, { ...at(ctx), input: { enrolmentId: place.id, ...input }, reason });
    if (outcome.ok) return goTo(`${here(ctx)}/roll-call`, done(ctx.t('attendance.correction.done', { name: place.name })));
    refused = outcome.problems;
    return page('attendance/correction', {}, 422);
  });
  return reply.kind === 'redirect' ? reply : showCorrection(deps, ctx, refused, 422);
}
