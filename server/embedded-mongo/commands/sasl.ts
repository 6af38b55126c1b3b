import { StoreError } from '../errors.js';
import { isDocument, type Document } from '../values/types.js';
import type { ScramConversation } from '../wire/scram.js';
import type { Context } from './context.js';

function conversation({ peer }: Context): ScramConversation {
  if (peer.scram === undefined) throw new StoreError('This store was started without sign-in.', 18, 'AuthenticationFailed');
  return peer.scram;
}

/** `saslStart`: begins a sign-in by SCRAM-SHA-256. */
export function saslStart(context: Context): Document {
  const scram = conversation(context);
  const { options } = context.command;
  scram.skipsEmptyRound = isDocument(options) && options['skipEmptyExchange'] === true;
  return scram.start(context.command);
}

/** `saslContinue`: the client's proof, then perhaps an empty round. */
export const saslContinue = (context: Context): Document => conversation(context).continue(context.command);
