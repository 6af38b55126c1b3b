/*
 * The layout of an lmdb file (data version 2, 64 bit, little endian), as lmdb's own mdb.c has it. lmdb maps the file and trusts
 * it: a damaged page ends the process, or worse, is believed. So the file is looked at with plain reads first.
 */

/** Bytes in front of the contents of every page: its number, its commit, padding, flags and the ends of its free space. */
export const PAGE_HEAD = 24;

/** The first two pages say where everything begins; each commit writes the one that the last commit did not. */
export const META_PAGES = 2;

export const META_BYTES = PAGE_HEAD + 144;

const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;

/** What a page is. */
export const flags = { branch: 1, leaf: 2, overflow: 4, meta: 8 } as const;

/** A root of `P_INVALID` is an empty tree. */
const NONE = 0xffff_ffff_ffff_ffffn;

/** The file is not as lmdb left it. */
export class PageDamage extends Error {}

/** One tree: its root, how many levels it has, and what it consists of. */
export interface Tree {
  readonly root: number | undefined;
  readonly depth: number;
  readonly branches: number;
  readonly leaves: number;
  readonly entries: number;
}

/** Where everything begins, as of one commit. */
export interface Meta {
  readonly pageSize: number;
  readonly lastPage: number;
  readonly commit: bigint;
  readonly free: Tree;
  readonly main: Tree;
}

/** @throws PageDamage when these bytes are no header that lmdb could have written */
export function readMeta(page: Buffer, number: number): Meta {
  const wrong = (what: string): PageDamage =>
    new PageDamage(`page ${String(number)}, one of the two that say where everything begins: ${what}`);
  if (page.length < META_BYTES) throw wrong('it is cut off');
  if (page.readUInt16LE(18) !== flags.meta || page.readUInt32LE(PAGE_HEAD) !== MAGIC) throw wrong('it does not begin as it must');
  const version = page.readUInt16LE(PAGE_HEAD + 4);
  if (version !== DATA_VERSION) throw wrong(`version ${String(version)} is not ${String(DATA_VERSION)}`);
  const meta = {
    pageSize: page.readUInt32LE(PAGE_HEAD + 24),
    lastPage: Number(page.readBigUInt64LE(PAGE_HEAD + 120)),
    commit: page.readBigUInt64LE(PAGE_HEAD + 128),
    free: readTree(page, PAGE_HEAD + 24),
    main: readTree(page, PAGE_HEAD + 72),
  };
  if (!isPageSize(meta.pageSize)) throw wrong(`a page size of ${String(meta.pageSize)}`);
  return meta;
}

const isPageSize = (size: number): boolean => size >= 512 && size <= 65_536 && (size & (size - 1)) === 0;

function readTree(page: Buffer, at: number): Tree {
  const root = page.readBigUInt64LE(at + 40);
  const numberAt = (offset: number): number => Number(page.readBigUInt64LE(at + offset));
  return {
    root: root === NONE ? undefined : Number(root),
    depth: page.readUInt16LE(at + 6),
    branches: numberAt(8),
    leaves: numberAt(16),
    entries: numberAt(32),
  };
}

/** One node of a branch or leaf page. */
export interface Node {
  readonly key: Buffer;
  /** The page below, in a branch. */
  readonly child: number;
  /** Bytes of the value, in a leaf; those of a long one lie on pages of their own. */
  readonly size: number;
  readonly isLong: boolean;
  /** What stands behind the key, to the end of the page. */
  readonly rest: Buffer;
}

const NODE_HEAD = 8;
const LONG = 1;

/** The nodes of a page, in order. @throws PageDamage when one does not lie inside its page */
export function* nodesOf(page: Buffer, number: number): Iterable<Node> {
  const lower = page.readUInt16LE(20);
  const upper = page.readUInt16LE(22);
  const room = page.length - PAGE_HEAD;
  if (lower % 2 !== 0 || lower > upper || upper > room) throw new PageDamage(`page ${String(number)}: its free space is out of place`);
  for (let pointer = 0; pointer < lower; pointer += 2) {
    const at = page.readUInt16LE(PAGE_HEAD + pointer);
    if (at < upper || at + NODE_HEAD > room) throw new PageDamage(`page ${String(number)}: a node lies outside`);
    yield nodeAt(page.subarray(PAGE_HEAD + at), number);
  }
}

function nodeAt(bytes: Buffer, number: number): Node {
  const low = bytes.readUInt32LE(0);
  const high = bytes.readUInt16LE(4);
  const keyEnd = NODE_HEAD + bytes.readUInt16LE(6);
  if (keyEnd > bytes.length) throw new PageDamage(`page ${String(number)}: a key reaches beyond it`);
  return {
    key: bytes.subarray(NODE_HEAD, keyEnd),
    child: low + high * 0x1_0000_0000,
    size: low,
    isLong: high === LONG,
    rest: bytes.subarray(keyEnd),
  };
}

/** Number of pages that a long value takes. */
export const pagesFor = (size: number, pageSize: number): number => Math.floor((PAGE_HEAD - 1 + size) / pageSize) + 1;
