import type { RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { AppError, BadRequest } from '../errors.js';

const megabyte = 2 ** 20;

/**
 * Receives one file of a multipart form into memory (`req.file`) and the other fields into `req.body`. Stands after sign-in and
 * permission, before the form token. Nothing is written to disk, so an upload that breaks off leaves nothing to clean.
 * Fails with 413 `files.tooBig` or 400 `files.interrupted`.
 */
export function receiveFile(field: string, maxBytes: number): RequestHandler {
  const limits = { fileSize: maxBytes, files: 1, fields: 50, fieldSize: megabyte, parts: 60 };
  // without utf8 the name 花名册.xlsx would be read as Latin-1
  const receive = multer({ storage: multer.memoryStorage(), limits, defParamCharset: 'utf8' }).single(field);
  return (req, res, next) => {
    void receive(req, res, (error: unknown) => {
      if (error === undefined || error === null) next();
      else next(problemOf(error, maxBytes));
    });
  };
}

function problemOf(error: unknown, maxBytes: number): AppError {
  if (!(error instanceof MulterError)) return new AppError(400, 'files.interrupted');
  if (error.code === 'LIMIT_FILE_SIZE')
    return new AppError(413, 'files.tooBig', { megabytes: Math.round((maxBytes / megabyte) * 10) / 10 });
  return new BadRequest();
}
