import { dayOf, timeOf } from '../platform/civilDays.js';
import type { Ctx } from '../platform/http/context.js';
import { formModel, type Problem } from '../platform/http/forms.js';
import { pagerModel, type Paging, type Slice } from '../platform/http/paging.js';
import { requestBadge } from './person.pages.js';
import { labelKey } from './posts.rules.js';
import type { Asked, Correction, Exemption, RequestState, Transfer } from './requests.rules.js';
import { addressWith, crumbsOf, kept, placeLine, type NamedPlace } from './words.pages.js';

/** The three kinds of requests; the word is the address and the text key. */
export type RequestKind = 'exemptions' | 'transfers' | 'corrections';

/** The states a list can be narrowed to. */
export const listStates: Readonly<Record<RequestKind, readonly RequestState[]>> = {
  exemptions: ['requested', 'approved', 'refused', 'withdrawn'],
  transfers: ['requested', 'approved', 'refused', 'withdrawn'],
  corrections: ['requested', 'answered'],
};

/** One row of a list of requests, whatever it is about. */
export interface RequestRow {
  readonly id: string;
  readonly name: string;
  readonly where: string;
  readonly what: string;
  readonly detail: string;
  readonly asked: Asked;
}

type Places = ReadonlyMap<string, NamedPlace>;

const momentOf = (at: Date): string => `${dayOf(at)} ${timeOf(at)}`;

/** An exemption as a row. */
export function exemptionRow(ctx: Ctx, one: Exemption, places: Places): RequestRow {
  return {
    id: one.id,
    name: one.workerName,
    where: placeLine(one.divisionPath, places),
    what: ctx.t('workers.exemption.period', { from: one.from, to: one.to }),
    detail: one.reason,
    asked: one,
  };
}

/** A transfer as a row. */
export function transferRow(ctx: Ctx, one: Transfer, places: Places): RequestRow {
  const what = ctx.t('workers.transfer.fromTo', { from: countyOf(one.fromPath, places), to: placeLine(one.toPath, places) });
  return {
    id: one.id,
    name: one.workerName,
    where: ctx.t(labelKey('post', one.post)),
    what,
    detail: ctx.t('workers.transfer.onDay', { day: one.effectiveOn, reason: one.reason }),
    asked: one,
  };
}

/** A correction as a row. */
export function correctionRow(ctx: Ctx, one: Correction, places: Places): RequestRow {
  return {
    id: one.id,
    name: one.workerName,
    where: placeLine(one.divisionPath, places),
    what: ctx.t(`workers.correction.topic.${one.topic}`),
    detail: one.text,
    asked: one,
  };
}

/** Only the county of the other side is told (decision 8). */
export function countyOf(path: readonly string[], places: Places): string {
  return path.map((id) => places.get(id)).find((place) => place?.level === 'county')?.name ?? placeLine(path, places);
}

/** A list of requests with its states as tabs. */
export function requestsPage(
  ctx: Ctx,
  kind: RequestKind,
  at: {
    readonly slice: Slice<Asked>;
    readonly rows: readonly RequestRow[];
    readonly counts: ReadonlyMap<string, number>;
    readonly state: RequestState | null;
    readonly paging: Paging;
  },
) {
  const { t } = ctx;
  const title = t(`workers.${kind}.title`);
  const tabs = [...listStates[kind], null].map((state) => ({
    href: addressWith(ctx, `/${kind}`, { state: state ?? 'all' }),
    label: t(`workers.requestState.${state ?? 'all'}`),
    count: at.counts.get(state ?? 'all') ?? 0,
    current: at.state === state,
  }));
  return {
    title,
    crumbs: crumbsOf(ctx, { href: null, label: title }),
    facts: t(`workers.${kind}.facts`),
    tabs,
    heads: { what: t(`workers.${kind}.what`), detail: t(`workers.${kind}.detail`) },
    rows: at.rows.map((row) => ({
      href: kept(ctx, `/${kind}/${row.id}`),
      name: row.name,
      where: row.where,
      what: row.what,
      detail: row.detail,
      askedBy: row.asked.askedBy,
      askedAt: momentOf(row.asked.askedAt),
      badge: requestBadge(ctx, row.asked.state),
    })),
    pager: pagerModel(at.paging, at.slice.total),
    empty: {
      title: t(`workers.${kind}.empty.${at.state ?? 'all'}`),
      text: t(`workers.${kind}.emptyText`),
      isDone: at.state === 'requested',
    },
  };
}

/** One request, with the forms that answer it; each form is printed only for who may send it. */
export function requestPage(
  ctx: Ctx,
  kind: RequestKind,
  at: {
    readonly row: RequestRow;
    readonly facts: readonly { readonly label: string; readonly text: string; readonly href: string | null }[];
    readonly actions: readonly { readonly noun: string; readonly label: string; readonly harm: boolean; readonly needsAnswer: boolean }[];
    readonly problems: readonly Problem[];
  },
) {
  const { t } = ctx;
  const { asked } = at.row;
  const title = t(`workers.${kind}.one`, { name: at.row.name });
  const base = `/${kind}/${at.row.id}`;
  return {
    title,
    crumbs: crumbsOf(ctx, { href: kept(ctx, `/${kind}`), label: t(`workers.${kind}.title`) }, { href: null, label: title }),
    badge: requestBadge(ctx, asked.state),
    facts: [...at.facts, { label: t('workers.field.askedBy'), text: `${asked.askedBy} · ${momentOf(asked.askedAt)}`, href: null }],
    what: at.row.what,
    detail: at.row.detail,
    answer:
      asked.answeredAt === null
        ? null
        : {
            text: asked.answer === '' ? t('workers.answer.none') : asked.answer,
            by: t('workers.answer.by', { by: asked.answeredBy ?? '', at: momentOf(asked.answeredAt) }),
          },
    form: formModel(['answer'], ctx.body, at.problems, t),
    actions: at.actions.map((action) => ({ ...action, action: kept(ctx, `${base}/${action.noun}`) })),
    answerHint: t(`workers.${kind}.answerHint`),
    waiting: asked.state === 'requested' && at.actions.length === 0 ? t(`workers.${kind}.waiting`) : '',
    endHref: mayEnd(ctx, kind, asked) ? kept(ctx, `${base}/ending`) : null,
    backHref: kept(ctx, `/${kind}`),
  };
}

/** An approved exemption is ended by who approves. */
function mayEnd(ctx: Ctx, kind: RequestKind, asked: Asked): boolean {
  return kind === 'exemptions' && asked.state === 'approved' && ctx.can('exemption.approve');
}
