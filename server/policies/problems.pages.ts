import type { core } from 'zod';
import type { Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { patternOf, type PolicyKind } from './kinds.js';
import { anchorOf, asHours, blankLeaves, isMinutes, join, leavesOf, monthDayOf, type Leaf } from './leaves.rules.js';
import { formPath, rowListsOf } from './typed.rules.js';
import { choicesOf, labelOf } from './words.pages.js';

type Issue = core.$ZodIssue;

/** What a kind's schema does not allow, at the field where it was typed and in words that name field and mend. */
export function valueProblems(ctx: Ctx, kind: PolicyKind<unknown>, of: { shape: unknown; issues: readonly Issue[] }): readonly Problem[] {
  const lists = rowListsOf(of.shape, patternOf(kind));
  const leaves = [...leavesOf(of.shape), ...lists.flatMap((list) => blankLeaves(list.pattern, join(list.path, String(list.length))))];
  const found = new Map<string, Problem>();
  for (const issue of of.issues) {
    const path = formPath(lists, ctx.body, issue.path);
    const leaf = leaves.find((one) => path === one.path || path.startsWith(`${one.path}.`));
    const field = leaf === undefined ? '' : anchorOf(leaf.path);
    if (!found.has(field))
      found.set(field, leaf === undefined ? { field, key: 'policies.value.noRows' } : problemAt(ctx, kind, { leaf, issue }));
  }
  return [...found.values()];
}

function problemAt(ctx: Ctx, kind: PolicyKind<unknown>, { leaf, issue }: { leaf: Leaf; issue: Issue }): Problem {
  const said = saidFor(ctx.body[leaf.path], issue);
  return {
    field: anchorOf(leaf.path),
    ...messageOf(leaf, issue, said),
    values: { label: labelOf(ctx, kind, leaf), said, ...limitsOf(leaf, issue) },
  };
}

/** What was typed; of a list the part that the issue is about. */
function saidFor(typed: string | readonly string[] | undefined, issue: Issue): string {
  if (typed === undefined || typeof typed === 'string') return (typed ?? '').trim();
  const part = issue.path.at(-1);
  return typeof part === 'number' ? (typed[part] ?? '') : typed.join('、');
}

function messageOf(leaf: Leaf, issue: Issue, said: string): { key: string } {
  if (said === '') return { key: choicesOf(leaf) === undefined ? 'policies.value.missing' : 'policies.value.notChosen' };
  if (issue.code === 'too_small') return { key: 'policies.value.tooSmall' };
  if (issue.code === 'too_big') return { key: 'policies.value.tooBig' };
  if (leaf.kind === 'number' && issue.code === 'custom') return { key: 'policies.value.moreThanWhole' };
  if (leaf.kind === 'number') return { key: Number.isFinite(Number(said)) ? 'policies.value.notWhole' : 'policies.value.notANumber' };
  return { key: textMessage(leaf, issue) };
}

/** A day of the year is told from a date by what stands in the row now. */
function textMessage(leaf: Leaf, issue: Issue): string {
  const stands = typeof leaf.value === 'string' ? leaf.value : (leaf.value[0] ?? '');
  if (monthDayOf(stands) !== null) return 'policies.value.notMonthDay';
  return issue.code === 'custom' ? 'policies.value.notADay' : 'policies.value.notAllowed';
}

function limitsOf(leaf: Leaf, issue: Issue): Record<string, number> {
  const shown = (limit: number | bigint): number => (isMinutes(leaf.path) ? asHours(Number(limit)) : Number(limit));
  if (issue.code === 'too_small') return { least: shown(issue.minimum) };
  return issue.code === 'too_big' ? { most: shown(issue.maximum) } : {};
}
