import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import { kept } from '../workers/words.pages.js';
import { milestoneCount, targetFields } from './targets.forms.js';

/** The form of a new target for the area. */
export function targetFormPage(
  ctx: Ctx,
  typed: Readonly<Record<string, string | readonly string[] | undefined>>,
  problems: readonly Problem[],
) {
  const form = formModel(targetFields, typed, problems, ctx.t);
  const kind = form.fields.kind.value === 'STEPPED' ? 'STEPPED' : 'LINEAR';
  return {
    title: ctx.t('targets.newTitle', { area: ctx.area.name }),
    crumbs: [
      { href: kept(ctx, '/targets'), label: ctx.t('shell.menu.targets') },
      { href: null, label: ctx.t('targets.set') },
    ],
    action: kept(ctx, '/targets'),
    back: kept(ctx, '/targets'),
    form,
    kinds: (['LINEAR', 'STEPPED'] as const).map((value) => ({
      value,
      label: ctx.t(`targets.kinds.${value}`),
      hint: ctx.t(`targets.hints.${value}`),
      current: value === kind,
    })),
    milestones: Array.from({ length: milestoneCount }, (_, index) => ({
      day: form.fields[`day${String(index + 1)}` as 'day1'],
      rate: form.fields[`rate${String(index + 1)}` as 'rate1'],
      number: index + 1,
    })),
  };
}
