import type { Raw } from './rawBson.js';

const CURSOR = Buffer.from('\x03cursor\0', 'latin1');
const OK = Buffer.concat([Buffer.from('\x01ok\0', 'latin1'), Buffer.from(new Float64Array([1]).buffer), Buffer.from([0])]);
const ID = Buffer.from('\x12id\0', 'latin1');
const NS = Buffer.from('\x02ns\0', 'latin1');

/** Room for a few documents of the usual size. */
const FIRST_ROOM = 1024;

/**
 * The reply of a cursor command, `{cursor: {firstBatch | nextBatch: […], id, ns}, ok: 1}`, written while its documents are
 * found: each is copied once, as it lies in the file.
 */
export class CursorReply {
  private bytes = Buffer.allocUnsafe(FIRST_ROOM);
  private end = 0;
  private readonly cursorStart: number;
  private readonly listStart: number;
  /** Documents taken so far. */
  count = 0;

  constructor(
    private readonly ns: string,
    field: 'firstBatch' | 'nextBatch',
  ) {
    this.end = 4;
    this.write(CURSOR);
    this.cursorStart = this.leaveLength();
    this.write(Buffer.from(`\x04${field}\0`, 'latin1'));
    this.listStart = this.leaveLength();
  }

  /** Bytes so far. */
  get size(): number {
    return this.end;
  }

  add(document: Raw): void {
    const place = String(this.count);
    this.reserve(document.length + place.length + 2);
    this.bytes[this.end] = 3;
    const at = this.end + 1 + this.bytes.write(place, this.end + 1, 'latin1');
    this.bytes[at] = 0;
    this.bytes.set(document, at + 1);
    this.end = at + 1 + document.length;
    this.count += 1;
  }

  /** The whole reply; `id` is 0 when nothing is left. */
  finish(id: bigint): Buffer {
    this.close(this.listStart);
    const name = Buffer.from(`${this.ns}\0`, 'utf8');
    const rest = Buffer.allocUnsafe(12);
    rest.writeBigInt64LE(id, 0);
    rest.writeInt32LE(name.length, 8);
    for (const part of [ID, rest.subarray(0, 8), NS, rest.subarray(8), name]) this.write(part);
    this.close(this.cursorStart);
    this.write(OK);
    this.bytes.writeInt32LE(this.end, 0);
    return this.bytes.subarray(0, this.end);
  }

  private leaveLength(): number {
    this.end += 4;
    return this.end - 4;
  }

  /** Ends the document that began at `start`. */
  private close(start: number): void {
    this.reserve(1);
    this.bytes[this.end] = 0;
    this.end += 1;
    this.bytes.writeInt32LE(this.end - start, start);
  }

  private write(part: Uint8Array): void {
    this.reserve(part.length);
    this.bytes.set(part, this.end);
    this.end += part.length;
  }

  private reserve(count: number): void {
    if (this.end + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe((this.end + count) * 2);
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}
