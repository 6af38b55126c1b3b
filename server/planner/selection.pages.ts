import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import type { Notice } from '../platform/http/reply.js';
import type { NominationResult } from '../trainings/nominations.service.js';
import { kindWords, problemWords, spanWords } from '../trainings/words.pages.js';
import type { Worker } from '../workers/worker.rules.js';
import { kept } from '../workers/words.pages.js';
import type { ClassChoice, Selected } from './selection.service.js';

/** Which class for the selected people. */
export function selectionPage(
  ctx: Ctx,
  at: { workers: readonly Worker[]; choices: readonly ClassChoice[]; chosen: string; problems: readonly Problem[] },
) {
  const { t } = ctx;
  const { workers } = at;
  const title = t('planner.selection.title', { n: workers.length });
  const names = workers
    .slice(0, 8)
    .map((worker) => worker.name)
    .join('、');
  return {
    title,
    crumbs: [
      { href: kept(ctx, '/'), label: t('shell.menu.desk') },
      { href: kept(ctx, '/untrained'), label: t('shell.menu.untrained') },
      { href: null, label: title },
    ],
    facts: workers.length > 8 ? t('planner.selection.namesMore', { names, n: workers.length }) : names,
    form: formModel(['classId'], { classId: at.chosen }, at.problems, t),
    action: kept(ctx, '/nominations'),
    backHref: kept(ctx, '/untrained'),
    workerIds: workers.map((worker) => worker.id),
    button: t('planner.selection.button', { n: workers.length }),
    rows: at.choices.map((choice) => choiceRow(ctx, choice, at)),
  };
}

function choiceRow(ctx: Ctx, choice: ClassChoice, at: { workers: readonly Worker[]; chosen: string }) {
  const { t } = ctx;
  const { of, left, busy, invited } = choice;
  const warnings = [
    ...(choice.counts ? [] : [t('trainings.class.countsNot')]),
    ...(invited < at.workers.length ? [t('planner.selection.notInvited', { n: at.workers.length - invited })] : []),
    ...(busy > 0 ? [t('planner.selection.busy', { n: busy })] : []),
    ...(left < invited - busy ? [t('planner.selection.waits', { n: invited - busy - left })] : []),
  ];
  return {
    id: of.id,
    name: of.name,
    kind: kindWords(t, of),
    span: spanWords(t, of),
    place: of.place,
    left,
    current: of.id === at.chosen,
    until: (of.nominateBy ?? of.firstDay).slice(5),
    warnings: warnings.join('；'),
    fits: warnings.length === 0,
  };
}

/** What became of the people: amber with names when somebody was left out or waits. */
export function resultNotice(ctx: Ctx, result: Selected): Notice {
  const { t } = ctx;
  const { nominated, waitlisted, leftOut, of, left } = result;
  const names = (people: readonly { name: string }[]): string =>
    people
      .slice(0, 8)
      .map((one) => one.name)
      .join('、');
  const parts = [
    nominated.length > 0
      ? t('planner.result.nominated', { n: nominated.length, name: of.name, left })
      : t('planner.result.nobody', { name: of.name }),
    ...(waitlisted.length > 0 ? [t('planner.result.waiting', { n: waitlisted.length, names: names(waitlisted) })] : []),
    ...(leftOut.length > 0 ? [t('planner.result.leftOut', { n: leftOut.length, reasons: reasonsWords(ctx, leftOut) })] : []),
  ];
  const kind = nominated.length === 0 && waitlisted.length === 0 ? 'bad' : waitlisted.length + leftOut.length > 0 ? 'warn' : 'ok';
  return { kind, text: parts.join('') };
}

function reasonsWords(ctx: Ctx, leftOut: NominationResult['leftOut']): string {
  return leftOut
    .slice(0, 8)
    .map((one) => {
      const words = problemWords(ctx.t, one.problem);
      return words.includes(one.name) ? words : `${one.name}${words}`;
    })
    .join('；');
}
