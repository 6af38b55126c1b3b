import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import type { Exemption } from './requests.rules.js';
import { crumbsOf, kept } from './words.pages.js';

/** Asks from which day the person is due again, and why. */
export function exemptionEndPage(ctx: Ctx, of: Exemption, problems: readonly Problem[]) {
  const { t } = ctx;
  const title = t('workers.exemption.endTitle', { name: of.workerName });
  const back = kept(ctx, `/exemptions/${of.id}`);
  return {
    title,
    crumbs: crumbsOf(
      ctx,
      { href: kept(ctx, '/exemptions'), label: t('workers.exemptions.title') },
      { href: back, label: of.workerName },
      { href: null, label: t('workers.exemption.end') },
    ),
    period: t('workers.exemption.period', { from: of.from, to: of.to }),
    action: kept(ctx, `/exemptions/${of.id}/ending`),
    backHref: back,
    form: formModel(['backOn', 'reason'], ctx.body, problems, t),
  };
}
