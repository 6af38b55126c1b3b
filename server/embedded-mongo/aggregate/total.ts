import { Double, Int32, Long } from 'bson';
import { add as addNumbers, toBigInt, toNumber } from '../values/numbers.js';
import { isNumeric, isType, type NumericValue } from '../values/types.js';

const MAX_LONG = 2n ** 63n - 1n;
/** Below it one more int32 or safe long stays exact. */
const ROOM = Number.MAX_SAFE_INTEGER / 2;

/** A count as `$sum: 1` gives it: int32, beyond it long. */
export const wholeCount = (n: number): Int32 | Long => ((n | 0) === n ? new Int32(n) : Long.fromNumber(n));

/**
 * The running total of `$sum` and `$avg`: whole numbers exact, doubles with their rounding error carried along, as
 * MongoDB does, so that ten times 0.1 is 1. Values that are no numbers are not counted; decimal128 is refused.
 */
export class Total {
  /** How many numbers were added. */
  count = 0;
  private kind: 'int' | 'long' | 'double' = 'int';
  private whole = 0;
  private big = 0n;
  private sum = 0;
  private error = 0;
  /** The plain sum: the answer once infinities or NaN took part. */
  private plain = 0;

  add(value: unknown): void {
    if (value instanceof Int32) this.addSmall(value.value);
    else if (value instanceof Double) this.addDouble(value.value);
    else if (isNumeric(value)) this.addOther(value);
    else return;
    this.count += 1;
  }

  private addOther(value: NumericValue): void {
    if (isType(value, 'long')) this.addLong(toBigInt(value));
    else if (isType(value, 'int')) this.addSmall(toNumber(value));
    else if (isType(value, 'double')) this.addDouble(toNumber(value));
    // The arithmetic of decimal128 has one place that refuses it.
    else addNumbers(value, 0);
  }

  private addSmall(n: number): void {
    this.whole += n;
    if (this.whole > ROOM || this.whole < -ROOM) this.settle();
  }

  private addLong(n: bigint): void {
    if (this.kind === 'int') this.kind = 'long';
    this.big += n;
  }

  private settle(): void {
    this.big += BigInt(this.whole);
    this.whole = 0;
  }

  /** Knuth's two-sum: `sum + error` is exact. */
  private addDouble(n: number): void {
    this.kind = 'double';
    this.plain += n;
    const sum = this.sum + n;
    const part = sum - this.sum;
    this.error += this.sum - (sum - part) + (n - part);
    this.sum = sum;
  }

  /** The nearest JS number. */
  asNumber(): number {
    this.settle();
    const near = Number(this.big);
    if (this.kind !== 'double') return near;
    const copy = this.floats();
    copy.addDouble(near);
    copy.addDouble(Number(this.big - BigInt(near)));
    return Number.isFinite(copy.sum) ? copy.sum + copy.error : copy.plain;
  }

  private floats(): Total {
    const copy = new Total();
    copy.sum = this.sum;
    copy.error = this.error;
    copy.plain = this.plain;
    return copy;
  }

  /** int32 while it fits, else long; long, or double beyond int64; double once a double took part. */
  value(): NumericValue {
    if (this.kind === 'double') return new Double(this.asNumber());
    this.settle();
    if (this.big > MAX_LONG || this.big < -MAX_LONG - 1n) return new Double(Number(this.big));
    if (this.kind === 'long' || !Number.isSafeInteger(Number(this.big))) return Long.fromBigInt(this.big);
    return wholeCount(Number(this.big));
  }
}
