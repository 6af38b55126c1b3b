import { Double } from 'bson';
import { compareValues } from '../values/compare.js';
import type { AccumulatorName } from './list.js';
import { approximateSize } from './memory.js';
import { groupKey } from './stages/groupKey.js';
import { Total, wholeCount } from './total.js';

/** Gathers one field of one group. */
export interface Accumulator {
  /** Takes the value of one document; gives the bytes by which it grew. */
  add(value: unknown): number;
  /** The field's value; never missing. */
  result(): unknown;
}

class Sum implements Accumulator {
  private readonly total = new Total();

  add(value: unknown): number {
    this.total.add(value);
    return 0;
  }

  result(): unknown {
    return this.total.value();
  }
}

class Average implements Accumulator {
  private readonly total = new Total();

  add(value: unknown): number {
    this.total.add(value);
    return 0;
  }

  /** Always a double; null when there was no number. */
  result(): unknown {
    return this.total.count === 0 ? null : new Double(this.total.asNumber() / this.total.count);
  }
}

/** `$min`, `$max`: by the order across types; null and missing do not take part. */
class Extreme implements Accumulator {
  private best: unknown = null;

  constructor(private readonly sign: 1 | -1) {}

  add(value: unknown): number {
    if (value === null || value === undefined) return 0;
    if (this.best === null || this.sign * compareValues(value, this.best) > 0) this.best = value;
    return 0;
  }

  result(): unknown {
    return this.best;
  }
}

class First implements Accumulator {
  private taken = false;
  private value: unknown = null;

  add(value: unknown): number {
    if (!this.taken) this.value = value ?? null;
    this.taken = true;
    return 0;
  }

  result(): unknown {
    return this.value;
  }
}

class Last implements Accumulator {
  private value: unknown = null;

  add(value: unknown): number {
    this.value = value ?? null;
    return 0;
  }

  result(): unknown {
    return this.value;
  }
}

/** Missing values are left out, nulls are kept. */
class Push implements Accumulator {
  private readonly values: unknown[] = [];

  add(value: unknown): number {
    if (value === undefined) return 0;
    this.values.push(value);
    return approximateSize(value);
  }

  result(): unknown {
    return this.values;
  }
}

class AddToSet implements Accumulator {
  private readonly values = new Map<string, unknown>();

  add(value: unknown): number {
    if (value === undefined) return 0;
    const key = groupKey(value);
    if (this.values.has(key)) return 0;
    this.values.set(key, value);
    return approximateSize(value) + key.length;
  }

  result(): unknown {
    return [...this.values.values()];
  }
}

class Count implements Accumulator {
  private count = 0;

  add(): number {
    this.count += 1;
    return 0;
  }

  result(): unknown {
    return wholeCount(this.count);
  }
}

/** Makes an empty accumulator by name. */
export const accumulators: Readonly<Record<AccumulatorName, () => Accumulator>> = {
  $sum: () => new Sum(),
  $avg: () => new Average(),
  $min: () => new Extreme(-1),
  $max: () => new Extreme(1),
  $first: () => new First(),
  $last: () => new Last(),
  $push: () => new Push(),
  $addToSet: () => new AddToSet(),
  $count: () => new Count(),
};
