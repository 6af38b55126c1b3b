import type { Document } from './values/types.js';

/** What an error reply carries besides code and text: driver labels, and the key of a duplicate. */
export interface StoreErrorExtra {
  readonly labels?: string[];
  readonly keyPattern?: Document;
  readonly keyValue?: Document;
}

/** An error that reaches the client with MongoDB's own code and code name. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    message: string,
    readonly code: number,
    readonly codeName: string,
    readonly extra?: StoreErrorExtra,
  ) {
    super(message);
  }
}

const named =
  (code: number, codeName: string) =>
  (message: string): StoreError =>
    new StoreError(message, code, codeName);

/** Codes without a name in MongoDB's table are reported as `LocationNNN`. */
const location = (code: number, message: string): StoreError => new StoreError(message, code, `Location${String(code)}`);

/** Makers of refusals; each returns the error so that the caller throws it where control flow is visible. */
export const refuse = {
  internal: named(1, 'InternalError'),
  badValue: named(2, 'BadValue'),
  failedToParse: named(9, 'FailedToParse'),
  unauthorized: named(13, 'Unauthorized'),
  typeMismatch: named(14, 'TypeMismatch'),
  overflow: named(15, 'Overflow'),
  illegalOperation: named(20, 'IllegalOperation'),
  namespaceNotFound: named(26, 'NamespaceNotFound'),
  indexNotFound: named(27, 'IndexNotFound'),
  pathNotViable: named(28, 'PathNotViable'),
  conflictingUpdate: named(40, 'ConflictingUpdateOperators'),
  cursorNotFound: named(43, 'CursorNotFound'),
  namespaceExists: named(48, 'NamespaceExists'),
  dollarPrefixedField: named(52, 'DollarPrefixedFieldName'),
  invalidIdField: named(53, 'InvalidIdField'),
  emptyFieldName: named(56, 'EmptyFieldName'),
  immutableField: named(66, 'ImmutableField'),
  cannotCreateIndex: named(67, 'CannotCreateIndex'),
  invalidOptions: named(72, 'InvalidOptions'),
  invalidNamespace: named(73, 'InvalidNamespace'),
  queryFeatureNotAllowed: named(224, 'QueryFeatureNotAllowed'),
  notImplemented: named(238, 'NotImplemented'),
  invalidPipelineOperator: named(168, 'InvalidPipelineOperator'),
  parallelArrays: named(171, 'CannotIndexParallelArrays'),
  objectTooLarge: named(10334, 'BSONObjectTooLarge'),
  memoryLimit: named(292, 'QueryExceededMemoryLimitNoDiskUseAllowed'),
  location,

  /** A name that starts with `$` where a query operator belongs. */
  unknownOperator: (name: string): StoreError => new StoreError(`unknown operator: ${name}`, 2, 'BadValue'),
  unknownTopLevelOperator: (name: string): StoreError =>
    new StoreError(
      `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      2,
      'BadValue',
    ),
  unknownModifier: (name: string): StoreError =>
    new StoreError(
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      9,
      'FailedToParse',
    ),
  unrecognizedStage: (name: string): StoreError => location(40324, `Unrecognized pipeline stage name: '${name}'`),
  unknownExpression: (name: string): StoreError => new StoreError(`Unrecognized expression '${name}'`, 168, 'InvalidPipelineOperator'),
  batchSize: (given: number, most: number): StoreError =>
    new StoreError(`Write batch sizes must be between 1 and ${String(most)}. Got ${String(given)} operations.`, 16, 'InvalidLength'),
  unknownCommand: (name: string): StoreError => new StoreError(`no such command: '${name}'`, 59, 'CommandNotFound'),
  unknownField: (command: string, field: string): StoreError => location(40415, `BSON field '${command}.${field}' is an unknown field.`),
} as const;
