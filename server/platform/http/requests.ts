import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Log } from '../log.js';

/** The id of a request, as the log and the error page show it. */
export function requestIdOf(req: { readonly id?: unknown }): string {
  return typeof req.id === 'string' ? req.id : '';
}

/** One log line per request with an id that the error page shows; addresses without their query, which may hold names. */
export function requestLog(log: Log): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (_req, res) => {
      const id = randomBytes(6)
        .toString('hex')
        .toUpperCase()
        .replace(/(.{4})(?=.)/g, '$1-');
      res.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: (req: { id: string; method: string; url: string }) => ({ id: req.id, method: req.method, path: req.url.split('?')[0] }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
    customLogLevel: (_req, res, error) => (error !== undefined || res.statusCode >= 500 ? 'error' : 'info'),
  }) as RequestHandler;
}
