import MongoStore from 'connect-mongo';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { Connection } from 'mongoose';
import type { Config } from '../config.js';

/** Sessions in the database; a rolling idle limit, removed by the TTL index of a migration (decision 26). */
export function sessions(
  db: Connection,
  config: Pick<Config, 'SESSION_SECRET' | 'SESSION_IDLE_MINUTES' | 'SECURE_COOKIES'>,
): RequestHandler {
  return session({
    name: 'xz.sid',
    secret: config.SESSION_SECRET,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: config.SECURE_COOKIES === 'yes', maxAge: config.SESSION_IDLE_MINUTES * 60_000 },
    store: MongoStore.create({
      client: db.getClient(),
      dbName: db.name,
      collectionName: 'sessions',
      autoRemove: 'disabled',
      touchAfter: 300,
      stringify: true,
    }),
  });
}
