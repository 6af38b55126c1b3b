import { Double, Int32, Long, ObjectId } from 'bson';
import { asBuffer, documentOf } from '../wire/rawBson.js';
import { decode } from './codec.js';
import { elementEnd, int32At, nameEnd, types } from './elements.js';
import type { Document } from './types.js';

/** The rarer types: the element alone, in a document of its own, decoded as everything is. */
function decodeAlone(raw: Buffer, start: number, end: number): unknown {
  return Object.values(decode(documentOf([raw.subarray(start, end)])))[0];
}

/** The value that begins at `at` of the element from `start` to `end`, in the classes of `decode`. */
function valueOf(raw: Buffer, start: number, at: number, end: number): unknown {
  switch (raw[start]) {
    case types.string:
      return raw.toString('utf8', at + 4, end - 1);
    case types.int:
      return new Int32(int32At(raw, at));
    case types.double:
      return new Double(raw.readDoubleLE(at));
    case types.date:
      return new Date(int32At(raw, at + 4) * 0x1_0000_0000 + (int32At(raw, at) >>> 0));
    case types.bool:
      return raw[at] === 1;
    case types.null:
      return null;
    case types.objectId:
      return new ObjectId(raw.subarray(at, end));
    case types.long:
      return Long.fromBits(int32At(raw, at), int32At(raw, at + 4));
    default:
      return decodeAlone(raw, start, end);
  }
}

interface Name {
  readonly text: string;
  readonly bytes: Buffer;
}

/**
 * Some top-level fields of stored documents: reads them out of the bytes and passes over the rest. What is stored has every
 * name once at the top (`commands/insert.ts` sees to it), so the search ends with the last field found.
 */
export class Fields {
  private readonly byLength: Name[][] = [];
  private readonly count: number;

  constructor(names: ReadonlySet<string>) {
    this.count = names.size;
    for (const text of names) {
      const bytes = Buffer.from(text);
      (this.byLength[bytes.length] ??= []).push({ text, bytes });
    }
  }

  /** A document of the fields that are there, decoded exactly as `decode` does. */
  decode(bytes: Uint8Array): Document {
    const raw = asBuffer(bytes);
    const doc: Document = {};
    let left = this.count;
    for (let at = 4; left > 0 && raw[at] !== 0;) {
      const value = nameEnd(raw, at + 1);
      const end = elementEnd(raw, at, value);
      const name = this.nameAt(raw, at + 1, value - 1);
      if (name !== undefined) {
        doc[name] = valueOf(raw, at, value, end);
        left -= 1;
      }
      at = end;
    }
    return doc;
  }

  /** The same fields as bytes of a document, without decoding them. */
  cut(bytes: Uint8Array): Uint8Array {
    const raw = asBuffer(bytes);
    const elements: Uint8Array[] = [];
    for (let at = 4; elements.length < this.count && raw[at] !== 0;) {
      const value = nameEnd(raw, at + 1);
      const end = elementEnd(raw, at, value);
      if (this.nameAt(raw, at + 1, value - 1) !== undefined) elements.push(raw.subarray(at, end));
      at = end;
    }
    return documentOf(elements);
  }

  private nameAt(raw: Buffer, start: number, end: number): string | undefined {
    const names = this.byLength[end - start];
    if (names === undefined) return undefined;
    for (const { text, bytes } of names) if (sameBytes(raw, start, bytes)) return text;
    return undefined;
  }
}

function sameBytes(raw: Buffer, start: number, wanted: Buffer): boolean {
  for (let i = 0; i < wanted.length; i += 1) if (raw[start + i] !== wanted[i]) return false;
  return true;
}

/** Decodes the named fields of a document, or the whole of it when there is no list of names. */
export function fieldDecoder(names: ReadonlySet<string> | null): (raw: Uint8Array) => Document {
  // Only `decode` knows how to make an own field of a name that JavaScript takes for the prototype.
  if (names === null || names.has('__proto__')) return decode;
  const fields = new Fields(names);
  return (raw) => fields.decode(raw);
}
