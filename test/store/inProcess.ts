import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Dispatcher } from '../../server/embedded-mongo/commands/dispatch.js';
import { Engine } from '../../server/embedded-mongo/engine.js';
import { decode, encode } from '../../server/embedded-mongo/values/codec.js';
import type { Document } from '../../server/embedded-mongo/values/types.js';

/** A whole engine without socket and thread: commands go in and replies come out as BSON would carry them. */
export class InProcessStore {
  private constructor(
    private readonly dataDir: string,
    private readonly engine: Engine,
    private readonly dispatcher: Dispatcher,
  ) {}

  static async open(): Promise<InProcessStore> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'store-in-process-'));
    const engine = new Engine({ dataDir, durability: 'memory', ttlSeconds: 0 });
    return new InProcessStore(dataDir, engine, new Dispatcher(engine));
  }

  /** The reply, number types kept; a refusal is a reply too. */
  async run(command: Document): Promise<Document> {
    const sent = decode(encode({ ...command, $db: command['$db'] ?? 'app' }));
    const request = { id: 1, kind: 'msg', command: sent, sequences: new Map(), silent: false } as const;
    const reply = await this.dispatcher.run(request, { id: 1, address: 'here', scram: undefined });
    return decode(reply instanceof Uint8Array ? reply : encode(reply));
  }

  async close(): Promise<void> {
    await this.dispatcher.close();
    await this.engine.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
