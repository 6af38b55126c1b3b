import { connect, type Socket } from 'node:net';
import { deserialize, Long, serialize, UUID, type Document } from 'bson';

/** Speaks the wire protocol by hand, for what no driver would send: the same write twice, half a message, two statements at once. */
export class RawClient {
  private received: Buffer = Buffer.alloc(0);
  private readonly waiting: ((reply: Document) => void)[] = [];
  private requests = 0;

  private constructor(readonly socket: Socket) {
    socket.on('data', (piece: Buffer) => {
      this.received = Buffer.concat([this.received, piece]);
      this.deliver();
    });
  }

  /** Connects to a store by the address of its socket. */
  static async open(uri: string): Promise<RawClient> {
    const path = decodeURIComponent(/^mongodb:\/\/([^/?]+)/.exec(uri)?.[1] ?? '');
    const socket = connect(path);
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new RawClient(socket);
  }

  /** The bytes of one OP_MSG; `sequence` goes as a section of its own. */
  message(command: Document, sequence?: { name: string; documents: Document[] }): Buffer {
    const sections: Buffer[] = [Buffer.from([0]), Buffer.from(serialize(command))];
    if (sequence !== undefined) {
      const body = Buffer.concat([Buffer.from(`${sequence.name}\0`), ...sequence.documents.map((doc) => Buffer.from(serialize(doc)))]);
      sections.push(Buffer.from([1]), int32(body.length + 4), body);
    }
    return this.framed(2013, Buffer.concat([int32(0), ...sections]));
  }

  /** The bytes of one OP_QUERY on a `$cmd` collection. */
  query(db: string, command: Document): Buffer {
    return this.framed(2004, Buffer.concat([int32(0), Buffer.from(`${db}.$cmd\0`), int32(0), int32(-1), Buffer.from(serialize(command))]));
  }

  framed(opcode: number, body: Buffer): Buffer {
    this.requests += 1;
    return Buffer.concat([int32(16 + body.length), int32(this.requests), int32(0), int32(opcode), body]);
  }

  /** Sends bytes and waits for the next reply. */
  send(bytes: Buffer): Promise<Document> {
    const reply = this.reply();
    this.socket.write(bytes);
    return reply;
  }

  reply(): Promise<Document> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  run(db: string, command: Document): Promise<Document> {
    return this.send(this.message({ ...command, $db: db }));
  }

  close(): void {
    this.socket.destroy();
  }

  private deliver(): void {
    while (this.received.length >= 16 && this.received.length >= this.received.readInt32LE(0)) {
      const length = this.received.readInt32LE(0);
      const bytes = this.received.subarray(0, length);
      this.received = this.received.subarray(length);
      this.waiting.shift()?.(deserialize(Uint8Array.from(bytes.subarray(bytes.readInt32LE(12) === 1 ? 36 : 21))));
    }
  }
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

/** The fields of a session's write or transaction, to be spread into a command. */
export class RawSession {
  private readonly id = new UUID();
  private number = 0;

  get lsid(): Document {
    return { id: this.id };
  }

  /** A retryable write; the same number again with `repeat`. */
  write(repeat = false): Document {
    if (!repeat) this.number += 1;
    return { lsid: this.lsid, txnNumber: Long.fromNumber(this.number) };
  }

  /** The first statement of a transaction. */
  begin(): Document {
    return { ...this.write(), autocommit: false, startTransaction: true };
  }

  /** A later statement of it, its commit or its end. */
  within(): Document {
    return { ...this.write(true), autocommit: false };
  }
}
