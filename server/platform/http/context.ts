import type { Request, Response } from 'express';
import type { Actor } from '../audit.js';
import { Abandon, type Transact, type Tx } from '../transactions.js';
import type { Language, Translate } from '../i18n/translator.js';
import type { Scope } from '../scope.js';
import type { Reply } from './reply.js';
import { replayOf, rememberOnce } from './once.js';
import type { Connection } from 'mongoose';

/** A signed-in account as the pages know it. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly workerId: string | null;
  readonly roles: readonly string[];
  /** The division of the first grant: where the account's own work is. */
  readonly homeDivisionId: string | null;
}

/** The division a page is about (`?area=`), always inside what the account may see. */
export interface Area {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: string;
  /** Ids of the ancestors and of itself, root first. */
  readonly path: readonly string[];
}

/** Everything a handler gets: who asks, what of, and the ways to answer. */
export interface Ctx {
  readonly req: Request;
  readonly res: Response;
  readonly account: SignedIn | null;
  /** The scope that the row's permission resolved to; for rows without a permission a scope that sees nothing but self. */
  readonly scope: Scope;
  readonly area: Area;
  readonly year: number;
  readonly language: Language;
  readonly t: Translate;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly file: UploadedFile | null;
  readonly actor: Actor;
  /** Whether the account holds a permission (for showing a button). */
  can(permission: string): boolean;
  /** The scope of another permission of the account, or null when it is not held. */
  scopeOf(permission: string): Scope | null;
  /**
   * Runs a command in one transaction, once per once-key of the form: a redirect commits and is remembered, any other
   * reply (422) leaves no trace. A repeated form gets the first answer.
   */
  command(useCase: (tx: Tx) => Promise<Reply>): Promise<Reply>;
}

/** An uploaded file, in memory. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The account of a handler whose row needs one. */
export function signedIn(ctx: Ctx): SignedIn {
  if (ctx.account === null) throw new Error('this row needs a signed-in account');
  return ctx.account;
}

/** A path parameter; the route table has checked its form. */
export function param(ctx: Ctx, name: string): string {
  return ctx.req.params[name] as string;
}

/** One text field of a form; missing and repeated fields are ''. */
export function field(ctx: Ctx, name: string): string {
  const value = ctx.body[name];
  return typeof value === 'string' ? value : '';
}

/** All values of a repeated field (check boxes). */
export function fieldList(ctx: Ctx, name: string): readonly string[] {
  const value = ctx.body[name];
  if (value === undefined || value === '') return [];
  return typeof value === 'string' ? [value] : value;
}

/** The `command` of a context. */
export function commandRunner(db: Connection, transact: Transact, of: { actor: Actor; key: string; accountId: string }) {
  return async (useCase: (tx: Tx) => Promise<Reply>): Promise<Reply> => {
    const first = await replayOf(db, of);
    if (first !== null) return first;
    try {
      const answer = await transact(of.actor, async (tx): Promise<Reply> => {
        const reply = await useCase(tx);
        if (reply.kind !== 'redirect') throw new Abandon<Reply>(reply);
        await rememberOnce(db, of, { reply, tx });
        return reply;
      });
      return answer.kind === 'redirect' ? answer : ((await replayOf(db, of)) ?? answer);
    } catch (error) {
      // the same form, sent at the same moment, may be what stood in the way: then its answer is the answer
      const twin = await replayOf(db, of);
      if (twin !== null) return twin;
      throw error;
    }
  };
}
