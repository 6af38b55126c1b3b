/**
 * How bytes go in and out of lmdb. Its own binary encodings copy by a method that costs more than finding the pair; what comes
 * out here are copies too, many of them side by side in one block of memory. Whoever keeps a few of many must copy them out.
 */
const ownKey = (source: Uint8Array, start: number, end: number): Buffer => {
  const key = Buffer.allocUnsafe(end - start);
  for (let i = start; i < end; i += 1) key[i - start] = source[i] as number;
  return key;
};

const ownValue = (source: Uint8Array): Buffer => {
  const value = Buffer.allocUnsafe(source.length);
  // The source is lmdb's memory for whatever was read last: it is longer than the length it tells.
  value.set(new Uint8Array(source.buffer, source.byteOffset, value.length));
  return value;
};

export const keyEncoder = {
  writeKey: (key: Uint8Array, target: Uint8Array, start: number): number => {
    target.set(key, start);
    return start + key.length;
  },
  readKey: ownKey,
};

export const encoder = { encode: (value: Uint8Array): Uint8Array => value, decode: ownValue };
