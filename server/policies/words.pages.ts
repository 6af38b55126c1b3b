import { levels } from '../certificates/level.rules.js';
import type { Ctx } from '../platform/http/context.js';
import { tiers } from '../trainings/classes.rules.js';
import { educationLevels, serviceStatuses } from '../workers/posts.rules.js';
import { patternOf, type PolicyKind } from './kinds.js';
import { leavesOf, monthDayOf, type Leaf } from './leaves.rules.js';

/** Values that are chosen from a list: their codes, and where the words of the codes are. */
export interface Choices {
  readonly codes: readonly string[];
  readonly words: string;
}

/** By the last word of the field's name. */
const choicesByName: Readonly<Record<string, Choices>> = {
  statuses: { codes: serviceStatuses, words: 'workers.serviceStatus' },
  qualifyingTiers: { codes: tiers, words: 'trainings.tier' },
  leastTier: { codes: tiers, words: 'trainings.tier' },
  education: { codes: educationLevels, words: 'workers.educationLevel' },
  level: { codes: levels, words: 'policies.level' },
  afterCertificate: { codes: levels, words: 'policies.level' },
  major: { codes: ['SOCIAL_WORK', 'ANY'], words: 'policies.major' },
};

/** The list that a value is chosen from, if it is one of a list. */
export function choicesOf(leaf: Leaf): Choices | undefined {
  return choicesByName[lastName(leaf)];
}

function lastName(leaf: Leaf): string {
  return leaf.name.split('.').at(-1) ?? '';
}

/** The words of a value's field; of one in a row with the number of the row. */
export function labelOf(ctx: Ctx, kind: PolicyKind<unknown>, leaf: Leaf): string {
  const label = ctx.t(`policies.fields.${kind.kind}.${leaf.name}`);
  return leaf.row === null ? label : ctx.t('policies.inRow', { row: Number(leaf.row.split('.').at(-1)) + 1, label });
}

/** A row of a list in words: what is empty or not so is left out; a number, and a word that could mean two things, with its label. */
export function rowWords(ctx: Ctx, kind: PolicyKind<unknown>, leaves: readonly Leaf[]): string {
  const lists = new Set<string>();
  const said = leaves
    .filter((leaf) => leaf.value !== '')
    .map((leaf) => {
      const label = labelOf(ctx, kind, { ...leaf, row: null });
      if (leaf.kind === 'yesNo') return label;
      const list = choicesOf(leaf)?.words ?? '';
      const isPlain = leaf.kind === 'text' && !lists.has(list);
      if (list !== '') lists.add(list);
      return isPlain ? wordsOf(ctx, leaf) : ctx.t('policies.named', { label, value: wordsOf(ctx, leaf) });
    });
  return said.join(' · ');
}

/** A value in words. */
export function wordsOf(ctx: Ctx, leaf: Leaf): string {
  if (leaf.kind === 'yesNo') return ctx.t(leaf.value === '' ? 'policies.no' : 'policies.yes');
  const choice = choicesOf(leaf);
  const values = typeof leaf.value === 'string' ? [leaf.value] : leaf.value;
  return (
    values
      .filter((one) => one !== '')
      .map((one) => wordOf(ctx, choice, one))
      .join('、') || '—'
  );
}

function wordOf(ctx: Ctx, choice: Choices | undefined, code: string): string {
  if (choice?.codes.includes(code) === true) return ctx.t(`${choice.words}.${code}`);
  const on = monthDayOf(code);
  return on === null ? code : ctx.t('policies.monthDay', on);
}

/** What an empty value means inside a sentence. */
function emptyWords(ctx: Ctx, leaf: Leaf): string {
  return ctx.t(lastName(leaf) === 'partyMemberMinutes' ? 'policies.alike' : 'policies.none');
}

/**
 * A row of a policy in one plain sentence: the text of the kind with every value under its name (`leaveShare_part`); the
 * values of rows stand one after another, `rowCount` tells how many rows there are.
 */
export function saysOf(ctx: Ctx, kind: PolicyKind<unknown>, value: unknown): string {
  const said = new Map(leavesOf(patternOf(kind)).map((leaf) => [leaf.name, [] as string[]]));
  const rows = new Set<string>();
  for (const leaf of leavesOf(value)) {
    const words = wordsOf(ctx, leaf);
    said.set(leaf.name, [...(said.get(leaf.name) ?? []), words === '—' ? emptyWords(ctx, leaf) : words]);
    if (leaf.row !== null) rows.add(leaf.row);
  }
  const values = Object.fromEntries([...said].map(([name, words]) => [name.replaceAll('.', '_'), words.join('、') || '—']));
  const texts = `policies.kinds.${kind.kind}`;
  return ctx.t(`${texts}.says`, { ...values, rowCount: rows.size });
}
