import { dayOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { choices, formModel, type Problem } from '../platform/http/forms.js';
import { correctionTopics, type Correction } from '../workers/requests.rules.js';
import { correctionMost } from './me.forms.js';
import { backToMe } from './meWords.pages.js';

/** What a worker said is wrong, with the answers, and the form for the next. */
export function correctionsPage(ctx: Ctx, corrections: readonly Correction[], problems: readonly Problem[]) {
  const { t } = ctx;
  const title = t('home.corrections.title');
  const typed = { topic: ctx.query['topic'] ?? '', ...ctx.body };
  const form = formModel(['topic', 'text'], typed, problems, t);
  return {
    title,
    crumbs: backToMe(ctx, title),
    phone: true,
    form,
    topics: choices(
      correctionTopics.map((value) => ({ value, label: t(`workers.correction.topic.${value}`) })),
      form.fields.topic.value,
    ),
    textHint: t('home.correction.text.hint', { most: correctionMost }),
    rows: corrections.map((one) => correctionRow(ctx, one)),
  };
}

/** One correction as the worker sees it; `seenAction` is the POST that takes an answer off the first page. */
export function correctionRow(ctx: Ctx, one: Correction) {
  const { t } = ctx;
  const answered = one.state === 'answered';
  return {
    topic: t(`workers.correction.topic.${one.topic}`),
    text: one.text,
    asked: t('home.corrections.asked', { day: dayOf(one.askedAt) }),
    badge: answered
      ? { kind: 'ok', icon: 'check', label: t('home.corrections.answered') }
      : { kind: 'warn', icon: 'hourglass', label: t('home.corrections.waiting') },
    answer: answered ? one.answer : '',
    answeredBy: answered
      ? t('home.corrections.by', { name: one.answeredBy ?? '', day: one.answeredAt === null ? '' : dayOf(one.answeredAt) })
      : '',
    seenAction: answered && one.seenAt === null ? `/me/corrections/${one.id}/reading` : null,
  };
}
