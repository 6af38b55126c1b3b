import { isDocument, isNumeric, type Document } from '../values/types.js';
import type { Request } from '../wire/messages.js';
import type { Reply } from './context.js';
import type { Operation } from './operation.js';
import { shapeOfCommand } from './shape.js';

/** An operation that took long, without any value of a document. */
export interface SlowOperation {
  /** Database and collection. */
  readonly ns: string;
  /** The command with its values left out. */
  readonly command: Document;
  /** The plan: `IXSCAN` and the index, `IDHACK`, `COLLSCAN`, with `SORT` when it sorted in memory. Empty when nothing was searched. */
  readonly planSummary: string;
  readonly keysExamined: number;
  readonly docsExamined: number;
  /** Documents of a reply in batches. */
  readonly nreturned?: number;
  /** What a write says it did. */
  readonly n?: number;
  /** The code of the refusal. */
  readonly code?: number;
  readonly milliseconds: number;
}

/** Reports operations that took at least so many milliseconds. */
export class SlowOperations {
  constructor(
    private readonly fromMs: number,
    private readonly report: (operation: SlowOperation) => void,
  ) {}

  note(request: Request, operation: Operation, reply: Reply, milliseconds: number): void {
    if (milliseconds < this.fromMs) return;
    const { command } = request;
    const [name = ''] = Object.keys(command);
    const collection = name === 'getMore' ? command['collection'] : command[name];
    const { planSummary, keysExamined, docsExamined, nreturned } = operation;
    this.report({
      ns: typeof collection === 'string' ? `${String(command['$db'])}.${collection}` : String(command['$db']),
      command: shape(request),
      planSummary,
      keysExamined,
      docsExamined,
      ...(nreturned === undefined ? {} : { nreturned }),
      ...figuresOf(reply),
      milliseconds: Math.round(milliseconds),
    });
  }
}

/** A report must not spoil the reply of a command that holds what nobody can show. */
function shape(request: Request): Document {
  try {
    return shapeOfCommand(request);
  } catch {
    return { [Object.keys(request.command)[0] ?? '']: '?' };
  }
}

function figuresOf(reply: Reply): Pick<SlowOperation, 'n' | 'code'> {
  if (!isDocument(reply)) return {};
  const { n, code } = reply;
  return { ...(isNumeric(n) ? { n: Number(n.toString()) } : {}), ...(isNumeric(code) ? { code: Number(code.toString()) } : {}) };
}
