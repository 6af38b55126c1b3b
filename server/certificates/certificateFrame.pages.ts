import type { Ctx } from '../platform/http/context.js';
import type { Problem } from '../platform/http/forms.js';
import { crumbsOf, kept } from '../workers/words.pages.js';
import { certificateNote } from './card.pages.js';
import type { Certificate } from './certificate.rules.js';

/** The way to a page under the ledger. */
export function certificateCrumbs(ctx: Ctx, ...more: readonly { readonly href: string | null; readonly label: string }[]) {
  return crumbsOf(ctx, { href: kept(ctx, '/certificates'), label: ctx.t('certificates.title') }, ...more);
}

/** A form on one certificate: which one it is and what was typed into it. */
export interface OnCertificatePage {
  readonly certificate: Certificate;
  readonly name: string;
  readonly problems: readonly Problem[];
}

/** Head of a page about one certificate: title, way back, what it says, version that was read. */
export function certificateFrame(ctx: Ctx, of: OnCertificatePage, title: string) {
  const level = ctx.t(`certificates.level.${of.certificate.level}`);
  const back = kept(ctx, `/certificates/${of.certificate.id}`);
  return {
    title,
    crumbs: certificateCrumbs(
      ctx,
      { href: back, label: ctx.t('certificates.one.title', { name: of.name, level }) },
      { href: null, label: title },
    ),
    facts: `${level} · ${certificateNote(ctx.t, of.certificate)}`,
    version: typeof ctx.body['version'] === 'string' ? ctx.body['version'] : String(of.certificate.version),
  };
}
