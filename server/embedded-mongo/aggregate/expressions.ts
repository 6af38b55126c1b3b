import { refuse } from '../errors.js';
import { fieldOf } from '../values/paths.js';
import { isDocument, typeName, type Document } from '../values/types.js';
import { arithmeticOperators } from './expressions/arithmetic.js';
import { arrayOperators } from './expressions/array.js';
import { booleanOperators } from './expressions/boolean.js';
import { conditionalOperators } from './expressions/conditional.js';
import { dateFormatOperators } from './expressions/dateFormat.js';
import { datePartOperators } from './expressions/date.js';
import { constant, folded, unary, type Evaluate, type Expression, type OperatorParser, type Parser } from './expressions/expression.js';
import { stringOperators } from './expressions/string.js';
import { checkFieldName, pathReader, splitFieldPath } from './fieldPath.js';
import { expressionList, listed, variableList, type ExpressionName } from './list.js';
import { Needs } from './needs.js';

const operators: Readonly<Record<ExpressionName, OperatorParser>> = {
  ...arithmeticOperators,
  ...arrayOperators,
  ...booleanOperators,
  ...conditionalOperators,
  ...dateFormatOperators,
  ...datePartOperators,
  ...stringOperators,
  $literal: (operand) => constant(operand),
  $type: unary((value) => typeName(value)),
};

class ExpressionParser implements Parser {
  constructor(private readonly needs: Needs) {}

  parse(value: unknown): Expression {
    if (typeof value === 'string') return value.startsWith('$') ? this.reference(value) : constant(value);
    if (Array.isArray(value)) return this.array(value);
    return isDocument(value) ? this.object(value) : constant(value);
  }

  /** `$a.b`, or a variable: `$$ROOT`, `$$CURRENT`, `$$REMOVE`, each with or without a path. */
  private reference(text: string): Expression {
    if (!text.startsWith('$$')) return this.path(text.slice(1));
    const dot = text.indexOf('.');
    const variable = dot < 0 ? text : text.slice(0, dot);
    if (!listed(variableList, variable)) throw refuse.location(17276, `Use of undefined variable: ${variable.slice(2)}`);
    if (variable === '$$REMOVE') return constant(undefined);
    if (dot >= 0) return this.path(text.slice(dot + 1));
    this.needs.whole();
    return { evaluate: (root) => root, constant: false };
  }

  private path(path: string): Expression {
    if (path === '') throw refuse.location(16872, "'$' by itself is not a valid FieldPath");
    const parts = splitFieldPath(path);
    this.needs.field(path);
    return { evaluate: pathReader(parts), constant: false };
  }

  /** Elements that are missing become null. */
  private array(items: readonly unknown[]): Expression {
    const parts = items.map((item) => this.parse(item));
    return folded((root) => parts.map((part) => part.evaluate(root) ?? null), parts);
  }

  /** One key with `$` is an operator; other keys make a new document. */
  private object(spec: Document): Expression {
    const keys = Object.keys(spec);
    const [first] = keys;
    if (first?.startsWith('$') !== true) return this.literal(spec, keys);
    if (keys.length !== 1) {
      throw refuse.location(15983, `An object representing an expression must have exactly one field: { ${keys.join(', ')} }`);
    }
    if (!listed(expressionList, first)) throw refuse.unknownExpression(first);
    return operators[first](fieldOf(spec, first), this, first);
  }

  /** Fields that are missing stay out. */
  private literal(spec: Document, keys: readonly string[]): Expression {
    keys.forEach(checkFieldName);
    const parts = keys.map((key) => ({ key, part: this.parse(spec[key]) }));
    const evaluate: Evaluate = (root) => {
      const made: Document = {};
      for (const { key, part } of parts) {
        const value = part.evaluate(root);
        if (value !== undefined) made[key] = value;
      }
      return made;
    };
    return folded(
      evaluate,
      parts.map(({ part }) => part),
    );
  }
}

/** Parses an expression and notes the fields that it reads. */
export const parseExpression = (expression: unknown, needs: Needs): Expression => new ExpressionParser(needs).parse(expression);

/**
 * Compiles an aggregation expression, as in `$expr`; everything that is not on the list is refused now.
 * The function gives `undefined` for "missing".
 */
export const compileExpression = (expression: unknown): ((doc: Document) => unknown) => parseExpression(expression, new Needs()).evaluate;
