import { refuse } from '../errors.js';
import { isDocument } from '../values/types.js';

/** MongoDB's limit for one blocking stage. There is no disk use to go over to, whatever `allowDiskUse` says. */
export const MEMORY_LIMIT = 100 * 1024 * 1024;

const SCALAR = 16;

/** About how many bytes a value takes; strings count as UTF-8 of mixed text, scalars as two words. */
export function approximateSize(value: unknown): number {
  if (typeof value === 'string') return SCALAR + value.length;
  if (typeof value !== 'object' || value === null) return SCALAR;
  if (Array.isArray(value)) return value.reduce((size: number, item) => size + approximateSize(item), 2 * SCALAR);
  if (value instanceof Uint8Array) return SCALAR + value.length;
  if (!isDocument(value)) return 2 * SCALAR;
  let size = 2 * SCALAR;
  for (const key in value) size += key.length + approximateSize(value[key]);
  return size;
}

/** What a blocking stage holds; error 292 once it is more than the limit. */
export class MemoryMeter {
  private held = 0;

  constructor(private readonly refusal: string) {}

  add(bytes: number): void {
    this.held += bytes;
    if (this.held > MEMORY_LIMIT) throw refuse.memoryLimit(this.refusal);
  }
}
