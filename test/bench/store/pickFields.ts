import { Double, Int32 } from 'bson';

const sizes: Readonly<Record<number, number>> = { 1: 8, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8, 19: 16 };

function sizeAt(bytes: Buffer, type: number, at: number): number {
  const fixed = sizes[type];
  if (fixed !== undefined) return fixed;
  return type === 2 ? 4 + bytes.readInt32LE(at) : bytes.readInt32LE(at);
}

function valueAt(bytes: Buffer, type: number, at: number): unknown {
  if (type === 2) return bytes.toString('utf8', at + 4, at + 3 + bytes.readInt32LE(at));
  if (type === 16) return new Int32(bytes.readInt32LE(at));
  if (type === 1) return new Double(bytes.readDoubleLE(at));
  return type === 9 ? new Date(Number(bytes.readBigInt64LE(at))) : null;
}

/**
 * The floor's way of decoding: some top-level fields of a document, by hand, without anything that a database would have to
 * care for. Only for the types in the bench's data; independent of the store's own reader.
 */
export function pickFields(names: readonly string[]): (raw: Uint8Array) => unknown[] {
  const wanted = names.map((name) => Buffer.from(`${name}\0`));
  return (raw) => {
    const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.length);
    const found: unknown[] = [];
    for (let at = 4; bytes[at] !== 0 && found.length < wanted.length;) {
      const type = bytes[at] ?? 0;
      const end = bytes.indexOf(0, at + 1) + 1;
      if (wanted.some((name) => name.length === end - at - 1 && bytes.compare(name, 0, name.length, at + 1, end) === 0)) {
        found.push(valueAt(bytes, type, end));
      }
      at = end + sizeAt(bytes, type, end);
    }
    return found;
  };
}
