import type { Binary } from 'bson';
import { refuse } from '../errors.js';
import type { SessionFields } from '../sessions/fields.js';
import type { Document } from '../values/types.js';
import type { Command, Context } from './context.js';
import { onlyAdmin } from './collections.js';

const fieldsOf = (context: Context): SessionFields => {
  onlyAdmin(context);
  if (context.session?.multiDocument !== true) throw refuse.location(50768, `${context.name} must be run within a transaction`);
  return context.session;
};

/** `commitTransaction`: everything at once, on disk before the answer. */
export const commitTransaction: Command = async (context) => {
  await context.engine.sessions.commit(fieldsOf(context));
  return { ok: 1 };
};

/** `abortTransaction`: nothing of it stays. */
export const abortTransaction: Command = (context) => {
  context.engine.sessions.abortNumbered(fieldsOf(context));
  return { ok: 1 };
};

/** `endSessions`: the client leaves; what it left open is abandoned. */
export const endSessions: Command = (context) => {
  const sessions = context.command['endSessions'];
  if (!Array.isArray(sessions)) throw refuse.typeMismatch('endSessions needs a list of sessions');
  context.engine.sessions.endSessions((sessions as Document[]).map(({ id }) => (id as Binary).value()));
  return { ok: 1 };
};
