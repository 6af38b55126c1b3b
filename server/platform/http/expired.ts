import type { Request, Response } from 'express';
import { BadRequest } from '../errors.js';
import type { Renderer } from './send.js';

const neverCarried = new Set(['_csrf', 'once', 'password', 'newPassword', 'repeatPassword', 'code']);

/** Whether a page of another site sent the form: nobody is asked to send such a one again. Old browsers do not say. */
function isFromElsewhere(req: Request): boolean {
  const { origin } = req.headers;
  if (req.headers['sec-fetch-site'] === 'cross-site') return true;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host !== req.headers.host;
}

/**
 * A form that arrived after its session ended, or with a token of an older one: nothing was done. The page keeps what was
 * typed so that it can be sent again after signing in, and says which.
 * @throws BadRequest for a form of another site
 */
export function expired(req: Request, res: Response, renderer: Renderer, why: 'signedOut' | 'stale'): void {
  if (isFromElsewhere(req)) throw new BadRequest();
  const body = (req.body ?? {}) as Record<string, string | string[]>;
  const typed = Object.entries(body)
    .filter(([name]) => !neverCarried.has(name))
    .flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one })));
  void renderer.renderPlain(req, res, {
    view: 'errors/expired',
    status: why === 'signedOut' ? 401 : 403,
    model: { action: req.originalUrl, typed, signedOut: why === 'signedOut', hasFile: req.is('multipart/form-data') !== false },
  });
}
