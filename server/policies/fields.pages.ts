import type { Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { patternOf, type PolicyKind } from './kinds.js';
import { anchorOf, blankLeaves, join, leavesOf, type Leaf } from './leaves.rules.js';
import { dropName, rowListsOf, rowsKept, type RowList, type Typed } from './typed.rules.js';
import { choicesOf, labelOf, rowWords, wordsOf } from './words.pages.js';

/** What the form of the next row shows: the value that stands, or what was typed. */
export interface Shown {
  readonly kind: PolicyKind<unknown>;
  readonly value: unknown;
  readonly typed: Typed | null;
  readonly problems: readonly Problem[];
}

/** The fields of single values. */
export function fieldsOf(ctx: Ctx, of: Shown) {
  return leavesOf(of.value)
    .filter((leaf) => leaf.row === null)
    .map((leaf) => fieldOf(ctx, of, leaf));
}

/** The rows of every list of rows, folded, each with a box that takes it out; at the end one that can be begun. */
export function rowsOf(ctx: Ctx, of: Shown) {
  return rowListsOf(of.value, patternOf(of.kind)).flatMap((list) => [...standingRows(ctx, of, list), newRow(ctx, of, list)]);
}

function standingRows(ctx: Ctx, of: Shown, list: RowList) {
  const leaves = leavesOf(of.value);
  return Array.from({ length: list.length }, (_, index) => {
    const row = join(list.path, String(index));
    const own = leaves.filter((leaf) => leaf.row === row);
    const fields = own.map((leaf) => fieldOf(ctx, of, leaf));
    return {
      summary: rowWords(ctx, of.kind, own),
      open: fields.some((field) => field.error !== ''),
      fields,
      dropName: dropName(row),
      isDropped: of.typed?.[dropName(row)] !== undefined,
    };
  });
}

function newRow(ctx: Ctx, of: Shown, list: RowList) {
  const row = join(list.path, String(list.length));
  const isBegun = of.typed !== null && rowsKept(list, of.typed).includes(list.length);
  return {
    summary: ctx.t('policies.addRow'),
    open: isBegun,
    fields: blankLeaves(list.pattern, row).map((leaf) => fieldOf(ctx, of, leaf)),
    dropName: null,
    isDropped: false,
  };
}

/** The lists of rows that stand, as tables. */
export function tablesOf(ctx: Ctx, of: Pick<Shown, 'kind' | 'value'>) {
  const leaves = leavesOf(of.value);
  return rowListsOf(of.value, patternOf(of.kind)).map((list) => ({
    heads: blankLeaves(list.pattern, join(list.path, '0')).map((leaf) => labelOf(ctx, of.kind, { ...leaf, row: null })),
    rows: Array.from({ length: list.length }, (_, index) =>
      leaves.filter((leaf) => leaf.row === join(list.path, String(index))).map((leaf) => wordsOf(ctx, leaf)),
    ),
  }));
}

function fieldOf(ctx: Ctx, of: Shown, leaf: Leaf) {
  const values = valuesOf(leaf, of.typed);
  const first = values[0] ?? '';
  const choice = choicesOf(leaf);
  const problem = of.problems.find((one) => one.field === anchorOf(leaf.path));
  const isList = leaf.kind === 'list';
  return {
    id: `f-${anchorOf(leaf.path)}`,
    name: leaf.path,
    label: labelOf(ctx, of.kind, { ...leaf, row: null }),
    value: isList ? values.join('、') : first,
    error: problem === undefined ? '' : ctx.t(problem.key, problem.values),
    isYesNo: leaf.kind === 'yesNo',
    checked: leaf.kind === 'yesNo' && first !== '',
    isChoice: choice !== undefined && !isList,
    isChecks: choice !== undefined && isList,
    options:
      choice === undefined
        ? []
        : choice.codes.map((code) => ({ value: code, label: ctx.t(`${choice.words}.${code}`), current: values.includes(code) })),
    none: ctx.t('policies.none'),
    inputClass: leaf.kind === 'number' ? 'f-num' : '',
  };
}

/** What the field holds: what was typed, else what stands. */
function valuesOf(leaf: Leaf, typed: Typed | null): readonly string[] {
  const raw = typed === null ? leaf.value : (typed[leaf.path] ?? '');
  return typeof raw === 'string' ? [raw] : raw;
}
