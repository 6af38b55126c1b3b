import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { refuse, type Refused } from './problem.js';

/** What an honest office file stays within. Sizes in bytes, unpacked. */
export interface ZipLimits {
  readonly entries: number;
  readonly totalBytes: number;
  /** Unpacked to packed size of one part; only parts over a megabyte are asked. */
  readonly ratio: number;
}

/** A zip that was looked through: every part has its declared size, its checksum and, when it is XML, an end. */
export interface CheckedZip {
  readonly ok: true;
  readonly names: readonly string[];
  /** Text of the small XML parts that the caller asked for, by name. */
  readonly texts: ReadonlyMap<string, string>;
}

const officeLimits: ZipLimits = { entries: 200, totalBytes: 300 * 2 ** 20, ratio: 200 };
const headBytes = 4096;
const tailBytes = 1024;
const keptBytes = 2 ** 20;

/**
 * Looks into an office file before any reader opens it. The spreadsheet reader neither checks checksums nor notices a part that
 * stops in the middle, so people could be missing without a word; and it trusts declared sizes, so a bomb is defused here.
 *
 * @param keep names of XML parts whose text is wanted (at most a megabyte each)
 */
export async function checkZip(bytes: Buffer, keep: RegExp, limits: ZipLimits = officeLimits): Promise<CheckedZip | Refused> {
  if (bytes.length === 0) return refuse('empty');
  try {
    const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true });
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      if (entries.length > limits.entries) return refuse('bomb');
    }
    return problemOfDirectory(entries, limits) ?? (await readParts(zip, entries, keep));
  } catch {
    // yauzl says what is wrong in English for developers; for the sender it is one thing
    return refuse('damaged');
  }
}

function problemOfDirectory(entries: readonly Entry[], limits: ZipLimits): Refused | null {
  const names = new Set(entries.map((entry) => entry.fileName.toLowerCase()));
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (entries.some((entry) => entry.isEncrypted())) return refuse('protected');
  if (entries.some((entry) => entry.fileName.toLowerCase().endsWith('vbaproject.bin'))) return refuse('macros');
  if (names.size < entries.length) return refuse('damaged');
  if (total > limits.totalBytes || entries.some((entry) => isBomb(entry, limits))) return refuse('bomb');
  return null;
}

function isBomb(entry: Entry, limits: ZipLimits): boolean {
  // an empty deflate stream has two bytes; more than that behind a declared nothing is a lie
  if (entry.uncompressedSize === 0) return entry.compressedSize > 2;
  return entry.uncompressedSize > 2 ** 20 && entry.uncompressedSize / Math.max(entry.compressedSize, 1) > limits.ratio;
}

async function readParts(zip: ZipFile, entries: readonly Entry[], keep: RegExp): Promise<CheckedZip | Refused> {
  const texts = new Map<string, string>();
  for (const entry of entries) {
    const isXml = /\.(xml|rels)$/i.test(entry.fileName);
    const part = await readPart(await zip.openReadStreamPromise(entry), keep.test(entry.fileName));
    if (part.checksum !== entry.crc32 || part.size !== entry.uncompressedSize) return refuse('damaged');
    if (isXml && !isWholeXml(part.head, part.tail)) return refuse('damaged');
    if (part.kept) texts.set(entry.fileName, part.kept.toString('utf8'));
  }
  return { ok: true, names: entries.map((entry) => entry.fileName), texts };
}

interface Part {
  readonly size: number;
  readonly checksum: number;
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly kept: Buffer | null;
}

/** Unpacks a part without holding it: yauzl ends the stream with an error when there is more than was declared. */
async function readPart(stream: Readable, wanted: boolean): Promise<Part> {
  let size = 0;
  let checksum = 0;
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  const kept: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    checksum = crc32(chunk, checksum);
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes)]);
    tail = Buffer.concat([tail, chunk.subarray(-tailBytes)]).subarray(-tailBytes);
    if (wanted && size <= keptBytes) kept.push(chunk);
  }
  return { size, checksum, head, tail, kept: wanted && size <= keptBytes ? Buffer.concat(kept) : null };
}

/** Whether UTF-8 XML closes the element it opened. The reader takes UTF-16 for nothing and a torn part for a short one. */
function isWholeXml(head: Buffer, tail: Buffer): boolean {
  if (head.includes(0)) return false;
  const start = head.toString('utf8').replace(/<\?[^]*?\?>|<!--[^]*?-->/g, '');
  const root = /<([A-Za-z_][\w:.-]*)/.exec(start)?.[1];
  if (root === undefined) return false;
  const end = tail
    .toString('utf8')
    .replace(/<!--[^]*?-->/g, '')
    .trimEnd();
  return end.endsWith(`</${root}>`) || (end.endsWith('/>') && end.lastIndexOf(`<${root}`) === end.lastIndexOf('<'));
}
