import { field, param, type Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { done, goTo, page, type Notice, type Reply } from '../platform/http/reply.js';
import { get, post, routeTable, type Route } from '../platform/http/routeTable.js';
import type { Tx } from '../platform/transactions.js';
import { problemWords } from '../trainings/words.pages.js';
import { addressWith, kept } from '../workers/words.pages.js';
import type { Deps } from '../wiring.js';
import { completionPolicy } from './attendance.policies.js';
import { summariseAttendance } from './completion.rules.js';
import { changedMarks, type Body } from './rollCall.forms.js';
import { markWords, rollCallPage } from './rollCall.pages.js';
import { refusalOf, type Rival, type RollOutcome } from './rolls.service.js';

const ofSession = { params: { id: 'class', sessionId: 'classSession' } } as const;

/** Taking the roll on a phone. */
export function rollCallRoutes(deps: Deps): readonly Route[] {
  return routeTable('/classes/:id/sessions/:sessionId', [
    get('/roll-call', 'attendance.mark', ofSession, (ctx) => show(deps, ctx, { problems: [], typed: null })),
    post('/marks', 'attendance.mark', ofSession, (ctx) => mark(deps, ctx)),
    post('/undoing', 'attendance.mark', ofSession, (ctx) => undo(deps, ctx)),
  ]);
}

/** Class and session of the address. */
export function sessionOf(ctx: Ctx): { classId: string; sessionId: string } {
  return { classId: param(ctx, 'id'), sessionId: param(ctx, 'sessionId') };
}

async function show(deps: Deps, ctx: Ctx, refused: { problems: readonly Problem[]; typed: Body | null }): Promise<Reply> {
  const roll = await deps.rollCalls.roll(ctx.scope, sessionOf(ctx));
  const of = roll.trainingClass;
  const [marks, book] = await Promise.all([deps.attendance.marksOf(of.id), deps.policies.load([completionPolicy])]);
  const policy = book.on(completionPolicy, of.ownerPath, of.lastDay).value;
  const summaries = new Map(roll.places.map((place) => [place.id, summariseAttendance(of.sessions, marks.get(place.id) ?? [])]));
  const outcome = refusalOf(roll, roll.rollCall === null ? 'open' : 'submitted', deps.clock.today());
  const standing = outcome === null || outcome.ok ? '' : outcome.problems.map((one) => problemWords(ctx.t, one)).join('');
  return page(
    'attendance/rollCall',
    rollCallPage(ctx, { roll, standing, summaries, policy, ...refused }),
    refused.problems.length > 0 ? 422 : 200,
  );
}

/**
 * Saves what was changed in the form; its button may also fill the blanks or hand the roll in, all or nothing. A single press
 * sends its own row only.
 */
async function mark(deps: Deps, ctx: Ctx): Promise<Reply> {
  const then = field(ctx, 'then');
  return ctx.command(async (tx) => {
    const marked = await deps.rollCalls.mark(tx, ctx.scope, { ...sessionOf(ctx), inputs: changedMarks(ctx.body) });
    const outcome = marked.ok ? await goOn(deps, ctx, { tx, then, marked }) : marked;
    if (!outcome.ok) return show(deps, ctx, { problems: outcome.problems, typed: ctx.body });
    const rivals = marked.ok ? marked.rivals : [];
    const [rival] = rivals;
    if (rival !== undefined && isPress(ctx)) return goTo(back(ctx, rival.enrolmentId));
    return goTo(back(ctx), rival === undefined ? noticeOf(ctx, then, outcome.changed) : rivalNotice(ctx, rivals));
  });
}

async function goOn(deps: Deps, ctx: Ctx, at: { tx: Tx; then: string; marked: RollOutcome }): Promise<RollOutcome> {
  if (at.then === 'rest') return deps.rollCalls.fillRest(at.tx, ctx.scope, sessionOf(ctx));
  return at.then === 'submit' ? deps.rollCalls.submit(at.tx, ctx.scope, sessionOf(ctx)) : at.marked;
}

/** One press of a page with script, which takes over parts of the answer and would lose a notice. */
function isPress(ctx: Ctx): boolean {
  return ctx.req.get('HX-Request') === 'true';
}

/** The page as it was filtered. */
function back(ctx: Ctx, rival = ''): string {
  return addressWith(ctx, `/classes/${param(ctx, 'id')}/sessions/${param(ctx, 'sessionId')}/roll-call`, { rival });
}

function noticeOf(ctx: Ctx, then: string, changed: number): Notice | null {
  if (then === 'submit') return done(ctx.t('attendance.roll.submitted', { n: changed }));
  if (isPress(ctx) || changed === 0) return null;
  const undoing = {
    action: kept(ctx, `/classes/${param(ctx, 'id')}/sessions/${param(ctx, 'sessionId')}/undoing`),
    label: ctx.t('attendance.undo'),
  };
  return then === 'rest'
    ? done(ctx.t('attendance.roll.filled', { n: changed }), undoing)
    : done(ctx.t('attendance.roll.saved', { n: changed }));
}

function rivalNotice(ctx: Ctx, rivals: readonly Rival[]): Notice {
  const said = rivals.map(({ name, byName, mark: theirs }) =>
    ctx.t('attendance.roll.rival', { name, by: byName, mark: markWords(ctx, theirs) }),
  );
  return { kind: 'warn', text: said.join('') };
}

async function undo(deps: Deps, ctx: Ctx): Promise<Reply> {
  return ctx.command(async (tx) => {
    const outcome = await deps.rollCalls.undo(tx, ctx.scope, sessionOf(ctx));
    if (!outcome.ok) return show(deps, ctx, { problems: outcome.problems, typed: null });
    return goTo(back(ctx), done(ctx.t('attendance.roll.undone', { n: outcome.changed })));
  });
}
