/** Collects which top-level fields a part of a pipeline reads, so that documents need not be decoded whole. */
export class Needs {
  private readonly names = new Set<string>();
  private all = false;

  /** Notes a dotted path. */
  field(path: string): void {
    const dot = path.indexOf('.');
    this.names.add(dot < 0 ? path : path.slice(0, dot));
  }

  /** Notes that the document as a whole is read. */
  whole(): void {
    this.all = true;
  }

  add(other: Needs): void {
    if (other.all) this.all = true;
    for (const name of other.names) this.names.add(name);
  }

  /** The names read, or null for all. */
  fields(): ReadonlySet<string> | null {
    return this.all ? null : this.names;
  }
}
