import { compareExact, subtractExact, toExact, type ExactNumber } from './decimal.js';

const scratch = new DataView(new ArrayBuffer(8));

/** The next double below; only called for finite numbers above the lowest one. */
function previousDouble(n: number): number {
  if (n === 0) return -Number.MIN_VALUE;
  scratch.setFloat64(0, n);
  scratch.setBigUint64(0, scratch.getBigUint64(0) + (n > 0 ? -1n : 1n));
  return scratch.getFloat64(0);
}

/** The greatest double that is not above the exact number. */
function floorDouble(exact: ExactNumber): number {
  const nearest = Number(`${exact.coefficient.toString()}e${String(exact.exponent)}`);
  if (nearest === -Infinity) return nearest;
  const finite = nearest === Infinity ? Number.MAX_VALUE : nearest;
  const below = toExact(finite) as ExactNumber;
  return compareExact(below, exact) > 0 ? previousDouble(finite) : finite;
}

/** Collects the bytes of one index key; every method keeps byte order equal to value order. */
export class KeyWriter {
  private buffer = Buffer.allocUnsafe(4096);
  private length = 0;

  private reserve(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.buffer.length) {
      const larger = Buffer.allocUnsafe(this.length * 2);
      this.buffer.copy(larger, 0, 0, at);
      this.buffer = larger;
    }
    return at;
  }

  clear(): void {
    this.length = 0;
  }

  /** Bytes written so far. */
  get size(): number {
    return this.length;
  }

  byte(value: number): void {
    const at = this.reserve(1);
    this.buffer[at] = value;
  }

  unsigned32(value: number): void {
    const at = this.reserve(4);
    this.buffer.writeUInt32BE(value, at);
  }

  unsigned64(value: bigint): void {
    const at = this.reserve(8);
    this.buffer.writeBigUInt64BE(value, at);
  }

  /** A date: int64 with its sign turned, written in two halves because BigInt is slow. */
  milliseconds(value: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.unsigned32(high + 2 ** 31);
    this.unsigned32(value - high * 2 ** 32);
  }

  bytes(value: Uint8Array): void {
    const at = this.reserve(value.length);
    this.buffer.set(value, at);
  }

  /** UTF-8 with NUL written as 00 FF and the end as 00 01, so that a prefix sorts first. */
  text(value: string): void {
    if (value.includes('\0')) {
      const parts = value.split('\0');
      parts.forEach((part, i) => {
        this.utf8(part);
        if (i < parts.length - 1) this.pair(0xff);
      });
    } else {
      this.utf8(value);
    }
    this.pair(1);
  }

  private utf8(text: string): void {
    const at = this.reserve(Buffer.byteLength(text));
    this.buffer.write(text, at, 'utf8');
  }

  private pair(second: number): void {
    this.byte(0);
    this.byte(second);
  }

  /** A double in sortable form: NaN below all, -0 equal to 0. */
  double(value: number): void {
    const at = this.reserve(8);
    if (Number.isNaN(value)) {
      this.buffer.fill(0, at, at + 8);
      return;
    }
    this.buffer.writeDoubleBE(value === 0 ? 0 : value, at);
    const first = this.buffer[at] as number;
    if (first < 0x80) this.buffer[at] = first | 0x80;
    else for (let i = at; i < at + 8; i += 1) this.buffer[i] = ~(this.buffer[i] as number);
  }

  /** Any number as the double at or below it plus the exact remainder, so that all numeric types share one order. */
  number(value: unknown): void {
    const exact = toExact(value);
    const floor = typeof exact === 'number' ? exact : floorDouble(exact);
    this.double(floor);
    const known = toExact(floor);
    if (typeof exact === 'number' || (typeof known === 'object' && compareExact(known, exact) === 0)) {
      this.byte(0);
      return;
    }
    this.byte(1);
    if (typeof known === 'object') this.magnitude(subtractExact(exact, known), 0);
    else this.magnitude({ coefficient: -exact.coefficient, exponent: exact.exponent }, 0xff);
  }

  /** A positive exact number as decimal magnitude and digits; `mask` 255 turns the order round. */
  private magnitude(exact: ExactNumber, mask: number): void {
    const digits = exact.coefficient.toString();
    const scale = digits.length + exact.exponent + 0x8000;
    const significant = digits.replace(/0+$/, '');
    this.byte((scale >> 8) ^ mask);
    this.byte((scale & 0xff) ^ mask);
    for (const digit of significant) this.byte((Number(digit) + 1) ^ mask);
    this.byte(mask);
  }

  /** Turns the bytes from `start` on round, for a descending component. */
  invert(start: number): void {
    for (let i = start; i < this.length; i += 1) this.buffer[i] = ~(this.buffer[i] as number);
  }

  finish(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.length));
  }
}
