/**
 * ESLint's max-lines-per-function for a house of factories: `makeX(deps)` returns an object of functions and stands where others
 * have a class, so it is measured without the functions inside it, each of which is measured for itself.
 */
export const functionLines = {
  meta: { type: 'suggestion', schema: [{ type: 'object', properties: { max: { type: 'integer' } }, additionalProperties: false }] },
  create(context) {
    const { max } = context.options[0];
    const open = [];
    const enter = () => open.push(0);
    const leave = (node) => {
      const inside = open.pop();
      const lines = node.loc.end.line - node.loc.start.line + 1;
      const own = /^make[A-Z]/.test(nameOf(node)) ? lines - inside : lines;
      if (own > max)
        context.report({ node, message: `${nameOf(node) || 'This function'} has ${own} lines; at most ${max}. Split it by meaning.` });
      if (open.length > 0) open[open.length - 1] += lines;
    };
    const each = (handler) =>
      Object.fromEntries(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].map((type) => [type, handler]));
    const exits = Object.fromEntries(Object.entries(each(leave)).map(([type, handler]) => [`${type}:exit`, handler]));
    return { ...each(enter), ...exits };
  },
};

function nameOf(node) {
  return node.id?.name ?? (node.parent.type === 'VariableDeclarator' ? node.parent.id.name : node.parent.key?.name) ?? '';
}
