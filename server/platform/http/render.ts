import type { Request, Response } from 'express';
import type { Notice } from './reply.js';
import type { Language, Translate } from '../i18n/translator.js';
import type { Views } from '../views/engine.js';
import type { RequestModel } from '../views/helpers.js';
import type { Area, Ctx, SignedIn } from './context.js';
import { csrfToken } from './csrf.js';
import { languageOf } from './mount.js';
import { requestIdOf } from './requests.js';
import type { PlainPage, Renderer } from './send.js';

/** What every page model says of itself, for the shell around it. */
export interface PageHead {
  readonly title: string;
  readonly crumbs?: readonly { readonly href: string | null; readonly label: string }[];
}

/** What the shell is made from: who asks, where the page is and what was just done. */
export interface ShellRequest {
  readonly account: SignedIn | null;
  readonly area: Area | null;
  readonly year: number | null;
  readonly language: Language;
  readonly t: Translate;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly csrf: string;
  readonly requestId: string;
  readonly notice: Notice | null;
  readonly largeText: boolean;
  readonly contrast: boolean;
  readonly head: PageHead & { readonly failed: boolean };
  can(permission: string): boolean;
}

/** Makes the shell's model (menu, scope, to-dos …); the product supplies it. */
export type ShellMaker = (request: ShellRequest) => Promise<object>;

/** The renderer of an app: page model + shell + request facts for the helpers. */
export function makeRenderer(deps: {
  views: Views;
  translators: Record<Language, Translate>;
  shell: ShellMaker;
  accountOf: (req: Request) => SignedIn | null;
}): Renderer {
  async function html(
    req: Request,
    view: string,
    model: object,
    where: Pick<ShellRequest, 'account' | 'area' | 'year' | 'can' | 'query'> & { failed: boolean },
  ): Promise<string> {
    const language = languageOf(req);
    const t = deps.translators[language];
    const csrf = csrfToken(req);
    const request: RequestModel = { t, path: req.path, query: where.query, csrf };
    const head = { title: t('shell.untitled'), crumbs: [], ...(model as Partial<PageHead>), failed: where.failed };
    const notice = takeNotice(req);
    const cookies = req.headers.cookie ?? '';
    const { failed: _failed, ...place } = where;
    const shell = await deps.shell({
      ...place,
      language,
      t,
      csrf,
      notice,
      head,
      path: req.path,
      requestId: requestIdOf(req),
      largeText: /(?:^|;\s*)lt=1/.test(cookies),
      contrast: /(?:^|;\s*)hc=1/.test(cookies),
    });
    return deps.views.render(view, { ...model, request, shell });
  }

  return {
    render: (ctx: Ctx, view, model) =>
      html(ctx.req, view, model, {
        account: ctx.account,
        area: ctx.area,
        year: ctx.year,
        query: ctx.query,
        can: (p) => ctx.can(p),
        failed: ctx.res.statusCode === 422,
      }),
    async renderPlain(req: Request, res: Response, plain: PlainPage) {
      const account = deps.accountOf(req);
      const page = await html(req, plain.view, plain.model, { account, area: null, year: null, query: {}, can: () => false, failed: true });
      res.status(plain.status).type('html').send(page);
    },
  };
}

function takeNotice(req: Request): Notice | null {
  const session = req.session as Request['session'] | undefined;
  const notice = session?.notice ?? null;
  if (session !== undefined && notice !== null) delete session.notice;
  return notice;
}
