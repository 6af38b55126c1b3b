import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import {
  flags,
  META_BYTES,
  META_PAGES,
  nodesOf,
  PAGE_HEAD,
  PageDamage,
  pagesFor,
  readMeta,
  type Meta,
  type Node,
  type Tree,
} from './layout.js';

/**
 * `branches`: the two first pages, every branch page, and that every leaf lies in the file; about one page in a hundred is read.
 * `all`: every page that is in use, and that no page is in use twice or in use and free.
 */
export type Depth = 'branches' | 'all';

/**
 * Walks over the pages of a file as of its newest commit, yields after each. Nobody may write to it meanwhile, unless a
 * snapshot of that commit is held.
 * @throws PageDamage
 */
export function* walkPages(file: string, depth: Depth): Iterable<undefined> {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const meta = newest(fd);
    // A file may end before its last pages when these are free; then it must be known that nothing in use is missing.
    const isShort = size < (meta.lastPage + 1) * meta.pageSize;
    yield* new Walk(fd, size, meta).run(isShort ? 'all' : depth);
  } finally {
    closeSync(fd);
  }
}

function readAt(fd: number, bytes: number, position: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  return buffer.subarray(0, readSync(fd, buffer, 0, bytes, position));
}

function newest(fd: number): Meta {
  const first = readMeta(readAt(fd, META_BYTES, 0), 0);
  const second = readMeta(readAt(fd, META_BYTES, first.pageSize), 1);
  const [old, young] = first.commit > second.commit ? [second, first] : [first, second];
  if (first.pageSize !== second.pageSize) throw new PageDamage('the two first pages differ in the size of a page');
  // A fresh file and a compact copy have nothing in the one that is not used yet.
  if (old.commit !== 0n && young.commit - old.commit !== 1n) throw new PageDamage('the two first pages do not follow each other');
  return young;
}

/** A page still to be looked at: its level (1 for the root), and the least key it may begin with. */
interface Open {
  readonly number: number;
  readonly level: number;
  readonly from: Buffer;
}

class Walk {
  /** A bit for every page. */
  private readonly inUse: Uint8Array;
  private last: Buffer = Buffer.alloc(0);

  constructor(
    private readonly fd: number,
    private readonly size: number,
    private readonly meta: Meta,
  ) {
    this.inUse = new Uint8Array((Math.min(meta.lastPage, size / meta.pageSize) >>> 3) + 1);
  }

  *run(depth: Depth): Iterable<undefined> {
    // The keys of the list of free pages are numbers, in an order of their own.
    const free: Node[] = [];
    yield* this.tree(this.meta.free, depth, (_, node) => free.push(node));
    this.last = Buffer.alloc(0);
    yield* this.tree(this.meta.main, depth, (number, node, from) => {
      if (Buffer.compare(node.key, from) < 0 || Buffer.compare(this.last, node.key) >= 0) throw damage(number, 'its keys are out of order');
      this.last = node.key;
    });
    for (const node of free) this.freePages(node);
  }

  private *tree(tree: Tree, depth: Depth, each: (page: number, node: Node, from: Buffer) => void): Iterable<undefined> {
    const open: Open[] = tree.root === undefined ? [] : [{ number: tree.root, level: 1, from: Buffer.alloc(0) }];
    const seen = { branches: 0, leaves: 0, entries: 0 };
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      this.claim(next.number, 1);
      if (next.level < tree.depth) {
        seen.branches += 1;
        open.push(...this.children(next).reverse());
      } else {
        seen.leaves += 1;
        if (depth === 'all') seen.entries += this.leaf(next, each);
      }
      yield undefined;
    }
    const isAllThere = seen.branches === tree.branches && seen.leaves === tree.leaves && (depth !== 'all' || seen.entries === tree.entries);
    if (!isAllThere) throw damage(tree.root ?? 0, 'what is below it is not as much as is noted');
  }

  private children({ number, level, from }: Open): Open[] {
    const nodes = [...nodesOf(this.page(number, flags.branch), number)];
    if (nodes.length === 0) throw damage(number, 'a branch without pages below');
    // The first key of a branch is not kept: what is below begins where the branch does.
    return nodes.map((node, i) => ({ number: node.child, level: level + 1, from: i === 0 ? from : node.key }));
  }

  /** The number of its entries. */
  private leaf({ number, from }: Open, each: (page: number, node: Node, from: Buffer) => void): number {
    let entries = 0;
    for (const node of nodesOf(this.page(number, flags.leaf), number)) {
      entries += 1;
      each(number, node, from);
      if (node.isLong) this.longValue(number, node);
      else if (node.size > node.rest.length) throw damage(number, 'a value reaches beyond it');
    }
    return entries;
  }

  private longValue(number: number, { rest, size }: Node): void {
    if (rest.length < 24) throw damage(number, 'the place of a long value is cut off');
    const first = Number(rest.readBigUInt64LE(0));
    const pages = Number(rest.readBigUInt64LE(16));
    if (pages !== pagesFor(size, this.meta.pageSize)) throw damage(number, 'a long value has another number of pages');
    this.claim(first, pages);
    if (this.page(first, flags.overflow).readUInt32LE(20) !== pages) throw damage(first, 'a long value has another number of pages');
  }

  /** A page with what must stand in its head. */
  private page(number: number, flag: number): Buffer {
    const page = readAt(this.fd, this.meta.pageSize, number * this.meta.pageSize);
    if (page.length < this.meta.pageSize) throw damage(number, 'it lies beyond the end of the file');
    if (Number(page.readBigUInt64LE(0)) !== number || page.readUInt16LE(18) !== flag)
      throw damage(number, 'another page stands in its place');
    return page;
  }

  /** Each page is in use once. */
  private claim(first: number, pages: number): void {
    for (let number = first; number < first + pages; number += 1) {
      if (number < META_PAGES || number > this.meta.lastPage) throw damage(number, 'there is no such page');
      if ((number + 1) * this.meta.pageSize > this.size) throw damage(number, 'it lies beyond the end of the file');
      if (this.isInUse(number)) throw damage(number, 'it is in use twice');
      this.inUse[number >>> 3] = (this.inUse[number >>> 3] ?? 0) | (1 << (number & 7));
    }
  }

  private isInUse(number: number): boolean {
    return ((this.inUse[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0;
  }

  /** A list of free pages: how many words, then page numbers; a negative word is the length of a run that begins at the next. */
  private freePages({ rest, size, isLong }: Node): void {
    const list = isLong ? readAt(this.fd, size, Number(rest.readBigUInt64LE(0)) * this.meta.pageSize + PAGE_HEAD) : rest.subarray(0, size);
    let run = 1;
    for (let at = 8; at + 8 <= list.length; at += 8) {
      const word = Number(list.readBigInt64LE(at));
      if (word < 0) run = -word;
      else {
        this.mustBeFree(word, word === 0 ? 0 : run);
        run = 1;
      }
    }
  }

  private mustBeFree(first: number, pages: number): void {
    if (pages > this.meta.lastPage) throw damage(first, 'the list of free pages is longer than the file');
    for (let number = first; number < first + pages; number += 1) {
      if (number < META_PAGES || number > this.meta.lastPage)
        throw damage(number, 'is on the list of free pages, and there is no such page');
      if (this.isInUse(number)) throw damage(number, 'it is in use and on the list of free pages');
    }
  }
}

const damage = (page: number, what: string): PageDamage => new PageDamage(`page ${String(page)}: ${what}`);
