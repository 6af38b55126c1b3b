/** Bytes of one BSON document that need not be decoded to be passed on. */
export type Raw = Uint8Array;

/** A view of the same bytes as a Buffer. */
export const asBuffer = (raw: Raw): Buffer => (Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.length));

/** A document around whole elements. */
export function documentOf(elements: readonly Uint8Array[]): Buffer {
  let length = 5;
  for (const element of elements) length += element.length;
  const made = Buffer.allocUnsafe(length);
  made.writeInt32LE(length, 0);
  let at = 4;
  for (const element of elements) {
    made.set(element, at);
    at += element.length;
  }
  made[at] = 0;
  return made;
}
