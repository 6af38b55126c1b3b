import { accumulatorList, expressionList, stageList, variableList } from './aggregate/list.js';
import { commandList, deleteStatementKeys, generalOptions, indexOptions, updateStatementKeys } from './commands/list.js';
import { fieldOperators, topLevelOperators } from './query/list.js';
import { pushModifiers, updateOperators } from './update/list.js';

/** One group of what is served: names with a note on where it is narrower than MongoDB. */
export interface ListGroup {
  readonly key:
    'command' | 'option' | 'general' | 'statement' | 'index' | 'query' | 'update' | 'stage' | 'accumulator' | 'expression' | 'variable';
  readonly title: string;
  /** MongoDB's own description. */
  readonly manual: string;
  readonly entries: Readonly<Record<string, string>>;
}

const noted = (names: readonly string[], note = ''): Record<string, string> => Object.fromEntries(names.map((name) => [name, note]));

const commands = Object.fromEntries(Object.entries(commandList).map(([name, { note }]) => [name, note]));
const options = Object.fromEntries(
  Object.entries(commandList).flatMap(([name, entry]) => entry.options.map((option) => [`${name}.${option}`, ''])),
);
const statementKeys = {
  ...noted(updateStatementKeys.map((key) => `updates.${key}`)),
  ...noted(deleteStatementKeys.map((key) => `deletes.${key}`)),
};

const MANUAL = 'https://www.mongodb.com/docs/manual/reference';

/** Everything the store serves. Its parsers refuse by these very lists; `docs/database.md` is printed from them. */
export const servedList: readonly ListGroup[] = [
  { key: 'command', title: 'Commands', manual: `${MANUAL}/command/`, entries: commands },
  { key: 'general', title: 'Options of every command', manual: `${MANUAL}/command/`, entries: generalOptions },
  { key: 'option', title: 'Options of single commands', manual: `${MANUAL}/command/`, entries: options },
  { key: 'statement', title: 'Keys of update and delete statements', manual: `${MANUAL}/command/update/`, entries: statementKeys },
  { key: 'index', title: 'Index options', manual: `${MANUAL}/command/createIndexes/`, entries: indexOptions },
  { key: 'query', title: 'Query operators', manual: `${MANUAL}/operator/query/`, entries: { ...topLevelOperators, ...fieldOperators } },
  { key: 'update', title: 'Update operators', manual: `${MANUAL}/operator/update/`, entries: { ...updateOperators, ...pushModifiers } },
  { key: 'stage', title: 'Aggregation stages', manual: `${MANUAL}/operator/aggregation-pipeline/`, entries: stageList },
  {
    key: 'accumulator',
    title: 'Accumulators of $group',
    manual: `${MANUAL}/operator/aggregation/#accumulators---group----`,
    entries: accumulatorList,
  },
  { key: 'expression', title: 'Expressions', manual: `${MANUAL}/operator/aggregation/`, entries: expressionList },
  { key: 'variable', title: 'Variables in expressions', manual: `${MANUAL}/aggregation-variables/`, entries: variableList },
];
