import type { Binary, Long } from 'bson';
import type { Engine } from '../engine.js';
import { refuse, StoreError } from '../errors.js';
import type { SessionFields } from '../sessions/fields.js';
import { isDocument, isNumeric, type Document } from '../values/types.js';
import type { Peer } from '../wire/connection.js';
import type { Request } from '../wire/messages.js';
import { errorReply, type Command, type Context, type Reply } from './context.js';
import { commandList, generalOptions, type CommandEntry } from './list.js';
import { Operation } from './operation.js';
import { makeLimit } from './slices.js';
import type { SlowOperations } from './slowOperations.js';
import { commandTable } from './table.js';

const READ_CONCERNS = new Set(['local', 'majority', 'available']);

/** Takes requests, refuses what is not on the list, runs the rest. */
export class Dispatcher {
  private closing = false;
  private running = 0;
  private whenIdle: () => void = () => undefined;

  constructor(
    private readonly engine: Engine,
    private readonly slow?: SlowOperations,
  ) {}

  /** The reply to a request; an error is a reply too. */
  async run(request: Request, peer: Peer): Promise<Reply> {
    const operation = new Operation();
    const begun = performance.now();
    this.running += 1;
    const reply = await this.replyTo(request, peer, operation);
    this.running -= 1;
    if (this.running === 0) this.whenIdle();
    this.slow?.note(request, operation, reply, performance.now() - begun);
    return reply;
  }

  private async replyTo(request: Request, peer: Peer, operation: Operation): Promise<Reply> {
    try {
      return await this.execute(request, peer, operation);
    } catch (error) {
      return errorReply(error);
    }
  }

  /** Ends what is running and resolves when nothing is. */
  async close(): Promise<void> {
    this.closing = true;
    // Whoever waits for a transaction is let go.
    this.engine.sessions.abortAll();
    if (this.running > 0) {
      await new Promise<void>((resolve) => {
        this.whenIdle = resolve;
      });
    }
  }

  private async execute({ command, sequences, tooDeep }: Request, peer: Peer, operation: Operation): Promise<Reply> {
    if (tooDeep === true) throw refuse.overflow('BSONObj exceeded maximum nested object depth: 200');
    const [name = ''] = Object.keys(command);
    const { entry, handler } = served(name);
    if (this.closing) throw new StoreError('the store is closing', 91, 'ShutdownInProgress');
    checkOptions(name, command, entry);
    if (peer.scram?.authenticated === false && entry.beforeSignIn !== true) {
      throw refuse.unauthorized(`Command ${name} requires authentication`);
    }
    const session = sessionOf(command);
    checkReadConcern(command, session);
    const limit = makeLimit(milliseconds(command['maxTimeMS']), () => this.closing);
    const given = { command, sequences, session, limit, operation };
    const context = { engine: this.engine, peer, name, db: databaseOf(command), ...given };
    if (session?.multiDocument !== true) return handler({ ...context, transaction: undefined });
    if (entry.inTransaction !== true) throw notInTransaction(name);
    return this.inTransaction(handler, context, session);
  }

  /** A statement that fails ends its transaction. */
  private async inTransaction(handler: Command, context: Omit<Context, 'transaction'>, session: SessionFields): Promise<Reply> {
    if (endsTransaction.has(context.name)) return handler({ ...context, transaction: undefined });
    const transaction = this.engine.sessions.transaction(session);
    try {
      return await handler({ ...context, transaction });
    } catch (error) {
      this.engine.sessions.abortFailed(session);
      throw error;
    }
  }
}

const endsTransaction = new Set(['commitTransaction', 'abortTransaction']);

function served(name: string): { entry: CommandEntry; handler: Command } {
  const entry = Object.hasOwn(commandList, name) ? commandList[name] : undefined;
  const handler = commandTable[name];
  if (entry === undefined || handler === undefined) throw refuse.unknownCommand(name);
  return { entry, handler };
}

function databaseOf(command: Document): string {
  const db = command['$db'];
  if (typeof db !== 'string') throw refuse.location(40571, 'OP_MSG requests require a $db argument');
  return db;
}

function checkOptions(name: string, command: Document, entry: CommandEntry): void {
  for (const key of Object.keys(command)) {
    if (key === name || Object.hasOwn(generalOptions, key) || entry.options.includes(key)) continue;
    throw refuse.unknownField(name, key);
  }
}

function milliseconds(value: unknown): number {
  if (value === undefined) return 0;
  const number = isNumeric(value) ? Number(value.toString()) : NaN;
  if (!Number.isInteger(number) || number < 0) throw refuse.badValue('maxTimeMS must be a whole number of at least 0');
  return number;
}

/** The session part of a command; undefined when the number that makes writes retryable is missing. */
function sessionOf(command: Document): SessionFields | undefined {
  const { lsid, txnNumber, autocommit, startTransaction } = command;
  if (txnNumber === undefined) {
    if (autocommit !== undefined) throw refuse.invalidOptions("'autocommit' field requires a transaction number to also be specified");
    return undefined;
  }
  if (!isDocument(lsid)) throw refuse.invalidOptions('Transaction number requires a session ID to also be specified');
  if (autocommit === true) throw refuse.invalidOptions('autocommit must be false when it is given');
  return {
    id: (lsid['id'] as Binary).value(),
    number: (txnNumber as Long).toBigInt(),
    multiDocument: autocommit === false,
    starts: startTransaction === true,
  };
}

function checkReadConcern({ readConcern }: Document, session: SessionFields | undefined): void {
  if (!isDocument(readConcern)) return;
  const { level = 'local' } = readConcern;
  if (READ_CONCERNS.has(level as string) || (level === 'snapshot' && session?.multiDocument === true)) return;
  throw refuse.invalidOptions(`readConcern level '${String(level)}' is not served here`);
}

const notInTransaction = (name: string): StoreError =>
  new StoreError(`Cannot run '${name}' in a multi-document transaction.`, 263, 'OperationNotSupportedInTransaction');
