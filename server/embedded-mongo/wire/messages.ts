import { decode, encode } from '../values/codec.js';
import { isDeeperThan } from '../values/elements.js';
import type { Document } from '../values/types.js';
import { asBuffer, type Raw } from './rawBson.js';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;

/** The largest message taken, as told in `hello`. */
export const MAX_MESSAGE_BYTES = 48_000_000;

/** A request of either kind as one command document; long lists of documents stay raw. */
export interface Request {
  readonly id: number;
  readonly kind: 'msg' | 'query';
  readonly command: Document;
  /** Document sequences of OP_MSG by name (`documents`, `updates`, `deletes`). */
  readonly sequences: ReadonlyMap<string, Raw[]>;
  /** The client waits for no reply (write concern 0). */
  readonly silent: boolean;
  /** Nested deeper than anybody may send; then there is no command in it. */
  readonly tooDeep?: true;
}

/** MongoDB's limit for whatever comes in; what is stored is 20 levels flatter. */
const MOST_LEVELS = 200;

/** Cuts a stream of bytes into whole messages. */
export class Framer {
  private parts: Buffer[] = [];
  private held = 0;

  /** Takes a piece; gives the messages that are complete. */
  *push(piece: Buffer): Iterable<Buffer> {
    this.parts.push(piece);
    this.held += piece.length;
    while (this.held >= HEADER) {
      const length = this.front(HEADER).readInt32LE(0);
      if (length < HEADER || length > MAX_MESSAGE_BYTES) throw new Error(`message of ${String(length)} bytes`);
      if (this.held < length) return;
      const bytes = this.front(length);
      this.parts[0] = bytes.subarray(length);
      this.held -= length;
      yield bytes.subarray(0, length);
    }
  }

  /** The first piece, made at least `length` long. */
  private front(length: number): Buffer {
    const [first] = this.parts;
    if (first !== undefined && first.length >= length) return first;
    const joined = Buffer.concat(this.parts);
    this.parts = [joined];
    return joined;
  }
}

/** Reads a request; throws for opcodes that are not spoken (compression is never negotiated). */
export function parseRequest(bytes: Buffer): Request {
  const id = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  if (opcode === OP_MSG) return parseMsg(id, bytes);
  if (opcode === OP_QUERY) return parseQuery(id, bytes);
  throw new Error(`opcode ${String(opcode)} is not served`);
}

function parseMsg(id: number, bytes: Buffer): Request {
  const flags = bytes.readUInt32LE(HEADER);
  const end = bytes.length - ((flags & CHECKSUM_PRESENT) === 0 ? 0 : 4);
  const silent = (flags & MORE_TO_COME) !== 0;
  let command: Document | undefined;
  const sequences = new Map<string, Raw[]>();
  let at = HEADER + 4;
  while (at < end) {
    const kind = bytes[at];
    const size = bytes.readInt32LE(at + 1);
    if (size < 4 || at + 1 + size > end) throw new Error('a section is longer than its message');
    const section = bytes.subarray(at + 1, at + 1 + size);
    const documents = kind === 0 ? [section] : readSequence(section, sequences);
    if (documents.some((one) => isDeeperThan(one, MOST_LEVELS))) return { id, kind: 'msg', command: {}, sequences, silent, tooDeep: true };
    if (kind === 0) command = decode(section);
    at += 1 + size;
  }
  if (command === undefined) throw new Error('a message without a command');
  return { id, kind: 'msg', command, sequences, silent };
}

function readSequence(section: Buffer, sequences: Map<string, Raw[]>): readonly Raw[] {
  const nameEnd = section.indexOf(0, 4);
  const documents: Raw[] = [];
  let at = nameEnd + 1;
  while (at < section.length) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length) throw new Error('a document is longer than its section');
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  sequences.set(section.toString('utf8', 4, nameEnd), documents);
  return documents;
}

/** The old form, used only for the first greeting of a connection: flags, name, skip, limit, one document. */
function parseQuery(id: number, bytes: Buffer): Request {
  const nameEnd = bytes.indexOf(0, HEADER + 4);
  const ns = bytes.toString('utf8', HEADER + 4, nameEnd);
  const command = decode(bytes.subarray(nameEnd + 9));
  command['$db'] ??= ns.slice(0, ns.indexOf('.'));
  return { id, kind: 'query', command, sequences: new Map(), silent: false };
}

let nextId = 1;

/** The pieces of a reply message, to be written one after another. */
export function replyTo(request: Pick<Request, 'id' | 'kind'>, reply: Document | Raw): Buffer[] {
  const body = asBuffer(reply instanceof Uint8Array ? reply : encode(reply));
  const fixed = request.kind === 'msg' ? msgHead() : queryHead();
  const head = Buffer.allocUnsafe(HEADER + fixed.length);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(nextId, 4);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(request.kind === 'msg' ? OP_MSG : OP_REPLY, 12);
  fixed.copy(head, HEADER);
  nextId = (nextId + 1) & 0x7fffffff;
  return [head, body];
}

/** Flag bits, then the kind byte of the one section. */
const msgHead = (): Buffer => Buffer.from([0, 0, 0, 0, 0]);

/** Response flags (await capable), cursor id 0, starting from 0, one document. */
function queryHead(): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeInt32LE(8, 0);
  bytes.writeInt32LE(1, 16);
  return bytes;
}
