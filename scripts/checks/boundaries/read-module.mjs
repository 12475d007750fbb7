// What the rules need to know about one source file, read from its syntax tree: imports, process.env, WebAssembly.
// A text search would be fooled by comments and strings, and by imports over several lines.
import ts from 'typescript';

/**
 * `imports`: { specifier, isTypeOnly, names }, where `names` are the imported names ('*' for a namespace, a bare or a dynamic import).
 * `readsProcessEnv`, `touchesWebAssembly`: whether the code does so at run time.
 */
export function readModule(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const module = { path, imports: [], readsProcessEnv: false, touchesWebAssembly: false };
  visit(source, module);
  return module;
}

function visit(node, module) {
  if (ts.isTypeNode(node) && !ts.isImportTypeNode(node)) return;
  if (ts.isImportDeclaration(node)) module.imports.push(readImport(node));
  else if (ts.isExportDeclaration(node) && node.moduleSpecifier) module.imports.push(readReExport(node));
  else if (isDynamicImport(node)) module.imports.push({ specifier: node.arguments[0].text, isTypeOnly: false, names: ['*'] });
  if (isProcessEnv(node)) module.readsProcessEnv = true;
  if (ts.isIdentifier(node) && node.text === 'WebAssembly' && !isPropertyName(node)) module.touchesWebAssembly = true;
  ts.forEachChild(node, (child) => visit(child, module));
}

function readImport({ moduleSpecifier, importClause }) {
  const specifier = moduleSpecifier.text;
  if (!importClause) return { specifier, isTypeOnly: false, names: ['*'] };
  const { name, namedBindings } = importClause;
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  const names = [
    ...(name ? ['default'] : []),
    ...(namedBindings && ts.isNamespaceImport(namedBindings) ? ['*'] : []),
    ...named.filter((element) => !element.isTypeOnly).map((element) => (element.propertyName ?? element.name).text),
  ];
  return { specifier, isTypeOnly: importClause.isTypeOnly || names.length === 0, names };
}

function readReExport({ moduleSpecifier, exportClause, isTypeOnly }) {
  const specifier = moduleSpecifier.text;
  if (!exportClause || !ts.isNamedExports(exportClause)) return { specifier, isTypeOnly, names: ['*'] };
  const names = exportClause.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).text);
  return { specifier, isTypeOnly: isTypeOnly || names.length === 0, names };
}

function isDynamicImport(node) {
  return (
    ts.isCallExpression(node) &&
    node.expression.kind === ts.SyntaxKind.ImportKeyword &&
    node.arguments.length > 0 &&
    ts.isStringLiteralLike(node.arguments[0])
  );
}

/** process.env, process['env'], `const { env } = process`, and `env` imported from node:process. */
function isProcessEnv(node) {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node)) {
    return ts.isStringLiteralLike(node.argumentExpression) && node.argumentExpression.text === 'env' && isProcess(node.expression);
  }
  if (ts.isVariableDeclaration(node)) {
    if (!node.initializer || !isProcess(node.initializer) || !ts.isObjectBindingPattern(node.name)) return false;
    return node.name.elements.some((element) => (element.propertyName ?? element.name).getText() === 'env');
  }
  if (ts.isImportDeclaration(node)) {
    const { specifier, names } = readImport(node);
    return (specifier === 'node:process' || specifier === 'process') && names.includes('env');
  }
  return false;
}

function isProcess(node) {
  if (ts.isIdentifier(node)) return node.text === 'process';
  return ts.isPropertyAccessExpression(node) && node.name.text === 'process';
}

function isPropertyName({ parent, ...node }) {
  return ts.isPropertyAccessExpression(parent) && parent.name.pos === node.pos && parent.expression.getText() !== 'globalThis';
}
