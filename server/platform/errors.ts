/** An error that a person will read as a page: status, text key and its values. */
export class AppError extends Error {
  constructor(
    readonly status: number,
    readonly key: string,
    readonly values: Readonly<Record<string, string | number>> = {},
  ) {
    super(key);
  }
}

/** The thing is not there, or not inside the scope of who asks: both look the same. */
export class NotFound extends AppError {
  constructor(readonly what: string) {
    super(404, 'errors.notFound');
  }
}

/** Visible, but this role may not do it. */
export class Forbidden extends AppError {
  constructor(key = 'errors.forbidden') {
    super(403, key);
  }
}

/** One field where the form of a person and the stored object differ, as text to be shown. */
export interface Difference {
  readonly field: string;
  readonly yours: string;
  readonly theirs: string;
}

/** A lost race: the object changed since the form was opened (version). Answers 409 and shows both values. */
export class Conflict extends AppError {
  constructor(
    readonly changedBy: string,
    readonly changedAt: Date,
    readonly differences: readonly Difference[] = [],
  ) {
    super(409, 'errors.conflict', { changedBy });
  }
}

/** An export that would have to leave rows out. Counts are rows. */
export class TooManyRows extends AppError {
  constructor(
    readonly total: number,
    readonly most: number,
  ) {
    super(413, 'errors.413');
  }
}

/** A request that no form of ours makes. */
export class BadRequest extends AppError {
  constructor(key = 'errors.badRequest') {
    super(400, key);
  }
}
