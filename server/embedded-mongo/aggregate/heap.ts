/** A binary heap: the top is the item that comes before all others. */
export class Heap<T> {
  private readonly items: T[] = [];

  constructor(private readonly comesBefore: (a: T, b: T) => boolean) {}

  get size(): number {
    return this.items.length;
  }

  get top(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    let at = this.items.length;
    this.items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.items[parent] as T;
      if (!this.comesBefore(item, above)) break;
      this.items[at] = above;
      at = parent;
    }
    this.items[at] = item;
  }

  /** Takes the top away. */
  pop(): T | undefined {
    const last = this.items.pop();
    if (this.items.length === 0 || last === undefined) return last;
    return this.replaceTop(last);
  }

  /** Takes the top away and puts another item in. */
  replaceTop(item: T): T | undefined {
    const taken = this.items[0];
    let at = 0;
    for (let child = this.firstChild(at); child >= 0; child = this.firstChild(at)) {
      const below = this.items[child] as T;
      if (!this.comesBefore(below, item)) break;
      this.items[at] = below;
      at = child;
    }
    this.items[at] = item;
    return taken;
  }

  /** The child that comes before its sibling, or -1. */
  private firstChild(at: number): number {
    const left = 2 * at + 1;
    const right = left + 1;
    if (left >= this.items.length) return -1;
    return right < this.items.length && this.comesBefore(this.items[right] as T, this.items[left] as T) ? right : left;
  }
}
