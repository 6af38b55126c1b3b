import { Passport } from 'passport';
import { Strategy } from 'passport-local';
import type { Request, RequestHandler, Response } from 'express';
import type { SignedInAccount } from './accounts.rules.js';
import type { SignInResult, SignInService } from './signIn.service.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the way passport's types are told what a user is
  namespace Express {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merged into an interface of another package
    interface User extends SignedInAccount {}
  }
}

/** Sign-in as the web sees it: the steps of every request, and the beginning and end of a session. */
export interface SignInSteps {
  readonly steps: RequestHandler[];
  authenticate(req: Request, res: Response): Promise<SignInResult>;
  /** Begins a session of an account; passport gives it a new id. */
  begin(req: Request, account: SignedInAccount): Promise<void>;
  end(req: Request): Promise<void>;
}

/** A session keeps the id of its account and the version of its rights; every request reads the account anew. */
export function makeSignInSteps(signIn: SignInService): SignInSteps {
  const passport = new Passport();
  passport.use(
    new Strategy({ usernameField: 'login', passwordField: 'password', passReqToCallback: true }, (req, login, password, done) => {
      const from = { address: req.ip ?? '', requestId: requestIdOf(req) };
      signIn.signIn({ login, password }, from).then(
        (result) => (result.ok ? done(null, result.account) : done(null, false, { message: result.reason })),
        (error: unknown) => done(error),
      );
    }),
  );
  passport.serializeUser((user, done) => done(null, `${user.id}.${user.sessionVersion}`));
  passport.deserializeUser((key: string, done) => {
    const [id = '', version = ''] = key.split('.');
    signIn.sessionAccount(id, Number(version)).then(
      (account) => done(null, account ?? false),
      (error: unknown) => done(error),
    );
  });

  return {
    steps: [passport.initialize() as RequestHandler, passport.session() as RequestHandler],
    authenticate: (req, res) =>
      new Promise((resolve, reject) => {
        const answer = (error: unknown, user: SignedInAccount | false, info: { message?: string } | undefined): void => {
          if (error !== null && error !== undefined) reject(error instanceof Error ? error : new Error('sign-in failed'));
          else
            resolve(
              user === false ? { ok: false, reason: info?.message === 'address' ? 'address' : 'refused' } : { ok: true, account: user },
            );
        };
        (passport.authenticate('local', answer) as RequestHandler)(req, res, reject);
      }),
    begin: (req, account) => settled((done) => req.logIn(account, done)),
    end: (req) => settled((done) => req.logOut(done)),
  };
}

function settled(run: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('the session could not be changed'));
    });
  });
}

/** The id that the log gave the request. */
function requestIdOf(req: Request): string {
  return typeof req.id === 'string' ? req.id : '';
}
