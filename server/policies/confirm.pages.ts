import type { CivilDay } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { kept } from '../workers/words.pages.js';
import type { PolicyKind } from './kinds.js';
import { leavesOf, type Leaf } from './leaves.rules.js';
import type { KindInForce } from './policies.pages.js';
import type { Typed } from './typed.rules.js';
import { labelOf, rowWords, wordsOf } from './words.pages.js';

/** What the question before a new row tells: since when, whom it touches, what changes. */
export interface Consequences {
  readonly value: unknown;
  readonly from: CivilDay;
  readonly sourceDoc: string;
  readonly today: CivilDay;
  /** The day on which a later row of the same division takes over; null when there is none. */
  readonly until: CivilDay | null;
  /** People of the area who have not left, without those of the divisions apart. */
  readonly people: number;
  /** Divisions below the area that the row reaches. */
  readonly divisions: number;
  /** Divisions below that have a row of their own on that day and go on with it. */
  readonly apart: readonly string[];
}

/** Form keys are made anew by the question's own form. */
const ownKeys = ['_csrf', 'once', 'confirmed'];

/** The question before a new row begins. */
export function confirmPage(ctx: Ctx, of: KindInForce, more: Consequences) {
  const { t } = ctx;
  const name = t(`policies.kinds.${of.kind.kind}.name`);
  const question = t('policies.confirm.question', { name, area: ctx.area.name, from: more.from });
  return {
    title: question,
    crumbs: [
      { href: kept(ctx, '/policies'), label: t('policies.title') },
      { href: kept(ctx, `/policies/${of.kind.kind}`), label: name },
      { href: null, label: t('policies.confirm.title') },
    ],
    question,
    facts: [...changesOf(ctx, of, more.value), ...reachOf(ctx, more)],
    action: kept(ctx, `/policies/${of.kind.kind}`),
    button: t('policies.confirm.button', { from: more.from }),
    back: { href: kept(ctx, `/policies/${of.kind.kind}`), label: t('policies.confirm.not') },
    typed: typedPairs(ctx.body),
  };
}

function changesOf(ctx: Ctx, of: KindInForce, value: unknown): string[] {
  const standing = leavesOf(of.row.value);
  const before = new Map(standing.map((leaf) => [leaf.path, wordsOf(ctx, leaf)]));
  const changed = leavesOf(value).flatMap((leaf) => {
    const [was, now] = [before.get(leaf.path) ?? '—', wordsOf(ctx, leaf)];
    return leaf.row !== null || was === now ? [] : [ctx.t('policies.confirm.change', { label: labelOf(ctx, of.kind, leaf), was, now })];
  });
  const [rowsBefore, rowsNow] = [rowsIn(ctx, of.kind, standing), rowsIn(ctx, of.kind, leavesOf(value))];
  const gone = rowsBefore.filter((row) => !rowsNow.includes(row)).map((row) => ctx.t('policies.confirm.rowGone', { row }));
  const added = rowsNow.filter((row) => !rowsBefore.includes(row)).map((row) => ctx.t('policies.confirm.rowNew', { row }));
  const all = [...changed, ...gone, ...added];
  return all.length > 0 ? all : [ctx.t('policies.confirm.same')];
}

/** Every row of the value's lists in words: rows are told apart by what they say, their numbers may have moved. */
function rowsIn(ctx: Ctx, kind: PolicyKind<unknown>, leaves: readonly Leaf[]): string[] {
  const rows = [...new Set(leaves.flatMap((leaf) => (leaf.row === null ? [] : [leaf.row])))];
  return rows.map((row) =>
    rowWords(
      ctx,
      kind,
      leaves.filter((leaf) => leaf.row === row),
    ),
  );
}

function reachOf(ctx: Ctx, more: Consequences): string[] {
  const { t } = ctx;
  return [
    t(more.divisions === 0 ? 'policies.confirm.peopleHere' : 'policies.confirm.people', {
      area: ctx.area.name,
      n: more.people,
      divisions: more.divisions,
    }),
    ...(more.until === null ? [] : [t('policies.confirm.until', { until: more.until })]),
    ...(more.apart.length > 0 ? [t('policies.confirm.apart', { names: more.apart.join(t('policies.confirm.and')) })] : []),
    t(more.from <= more.today ? 'policies.confirm.backward' : 'policies.confirm.forward', { from: more.from }),
    t('policies.confirm.source', { source: more.sourceDoc }),
  ];
}

function typedPairs(body: Typed): { name: string; value: string }[] {
  return Object.entries(body).flatMap(([name, value]) =>
    ownKeys.includes(name) || value === undefined ? [] : [value].flat().map((one) => ({ name, value: one })),
  );
}
