import { parseArgs, type ParseArgsConfig } from 'node:util';

/** One command of `npm run db`. */
export interface DbCommand {
  /** How it is called, without `npm run db --`. */
  readonly usage: string;
  /** What it does, in a few words. */
  readonly what: string;
  run(args: string[], say: Say): Promise<void>;
}

/** Takes one line for whoever called the command. */
export type Say = (line: string) => void;

/** The arguments do not fit; the usage is printed and the process ends with 2. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** The option that every command on a folder takes. */
export const dataOption = { data: { type: 'string', default: process.env['DATA_DIR'] ?? './data' } } as const;

/**
 * Arguments and options of a command.
 * @throws UsageError for an unknown option or another number of arguments
 */
export function parsed<const T extends Options>(args: string[], options: T, positionals: number) {
  const result = parsedOrRefused(args, options);
  if (result.positionals.length !== positionals) {
    throw new UsageError(`${String(positionals)} argument(s) expected, ${String(result.positionals.length)} given`);
  }
  return result;
}

function parsedOrRefused<const T extends Options>(args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
