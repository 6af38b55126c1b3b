import type { Request, Response } from 'express';
import { promisify } from 'node:util';
import { attachmentHeader } from './attachment.js';
import type { Ctx, SignedIn } from './context.js';
import type { Notice, Reply } from './reply.js';

/** A view with its model and status, for pages outside the route table (errors, expired forms). */
export interface PlainPage {
  readonly view: string;
  readonly model: object;
  readonly status: number;
}

/** Turns page models into HTML inside the shell of who asks. */
export interface Renderer {
  render(ctx: Ctx, view: string, model: object): Promise<string>;
  renderPlain(req: Request, res: Response, page: PlainPage): Promise<void>;
}

declare module 'express-session' {
  interface SessionData {
    notice?: Notice;
  }
}

declare module 'http' {
  interface IncomingMessage {
    user?: SignedIn;
  }
}

/** Sends the answer of a handler. */
export async function send(reply: Reply, ctx: Ctx, renderer: Renderer): Promise<void> {
  const { req, res } = ctx;
  switch (reply.kind) {
    case 'page':
      res
        .status(reply.status)
        .type('html')
        .send(await renderer.render(ctx, reply.view, reply.model));
      return;
    case 'redirect':
      if (reply.notice !== null) await keepNotice(req, reply.notice);
      res.redirect(303, reply.to);
      return;
    case 'file':
      res.set('Content-Disposition', attachmentHeader(reply.fileName)).type(reply.type);
      if (Buffer.isBuffer(reply.body)) res.send(reply.body);
      else reply.body.pipe(res);
      return;
  }
}

/** Saved before the answer begins: a browser follows a redirect at its first bytes, and the next page must find the notice. */
async function keepNotice({ session }: Request, notice: Notice): Promise<void> {
  session.notice = notice;
  await promisify(session.save.bind(session))();
}
