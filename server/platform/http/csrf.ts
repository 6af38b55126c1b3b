import { csrfSync } from 'csrf-sync';
import type { Request } from 'express';

const { generateToken, isRequestValid } = csrfSync({
  getTokenFromRequest: (req) => {
    const body = req.body as { _csrf?: unknown } | undefined;
    const header = req.headers['x-csrf-token'];
    if (typeof body?._csrf === 'string') return body._csrf;
    return typeof header === 'string' ? header : undefined;
  },
});

/** The token that this session's forms carry. */
export function csrfToken(req: Request): string {
  return generateToken(req);
}

/** Whether a POST carries the token of its session. */
export function csrfTokenIsValid(req: Request): boolean {
  return isRequestValid(req);
}
