import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError, Conflict, NotFound, TooManyRows } from '../errors.js';
import { timeOf } from '../civilDays.js';
import { grouped } from '../text/numbers.js';
import type { Log } from '../log.js';
import { requestIdOf } from './requests.js';
import type { Renderer } from './send.js';

const known = new Set([400, 403, 404, 409, 413, 429]);

/** The page of an address that nothing answers to. */
export const nothingHere: RequestHandler = (req) => {
  throw new NotFound(req.path);
};

/** Error pages: status from the error, the sentence from its key, the request id that the log carries. */
export function failures(renderer: Renderer, log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ err: error, requestId: req.id }, 'request failed');
    if (res.headersSent) {
      next(error);
      return;
    }
    const model = {
      key: error instanceof AppError ? error.key : `errors.${String(status)}`,
      values: error instanceof AppError ? error.values : {},
      ...conflictOf(error),
      ...rowsOf(error),
    };
    const view = `errors/${String(known.has(status) && status !== 400 ? status : status === 500 ? 500 : 404)}`;
    renderer.renderPlain(req, res, { view, status, model }).catch((broken: unknown) => {
      log.error({ err: broken, requestId: req.id }, 'the error page failed');
      res
        .status(status)
        .type('text')
        .send(`这一页没能打开，是系统的问题。编号 ${requestIdOf(req)}`);
    });
  };
}

function statusOf(error: unknown): number {
  if (error instanceof AppError) return error.status;
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return known.has(status) ? status : 500;
}

function rowsOf(error: unknown): { total: string; most: string } {
  if (!(error instanceof TooManyRows)) return { total: '', most: '' };
  return { total: grouped(error.total), most: grouped(error.most) };
}

function conflictOf(error: unknown): object {
  if (!(error instanceof Conflict)) return { changedBy: '', changedAt: '', differences: [] };
  return { changedBy: error.changedBy, changedAt: timeOf(error.changedAt), differences: error.differences };
}
