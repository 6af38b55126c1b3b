import eslint from '@eslint/js';
import mocha from 'eslint-plugin-mocha';
import tseslint from 'typescript-eslint';
import { functionLines } from './test/support/lint/functionLines.mjs';

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that a thing has one name everywhere.' };
const noSystemClock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the time from the clock (server/platform/clock.ts): the day can be fixed there.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take the time from the clock (server/platform/clock.ts): the day can be fixed there.',
  },
];
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Settings come from server/platform/config.ts, where they are checked at start.',
};
const noGrant = {
  selector: "CallExpression[callee.name='grantScope']",
  message: 'A scope comes from a grant: ask server/access/scopes.ts for it; jobs and command lines have systemScope.',
};
const limits = {
  'max-lines': ['error', { max: 250 }],
  'house/function-lines': ['error', { max: 50 }],
  complexity: ['error', 10],
  'max-params': ['error', 4],
  'max-depth': ['error', 3],
};

/** Rules that a file may be freed from by the place it stands in; `no-restricted-syntax` does not merge, so it is built once here. */
function restricted({ clock = false, environment = false, grant = false }) {
  return ['error', noDefaultExport, ...(clock ? [] : noSystemClock), ...(environment ? [] : [noEnvironment]), ...(grant ? [] : [noGrant])];
}

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'data', '.cache', 'coverage', 'public/vendor'] },
  eslint.configs.recommended,
  { plugins: { house: { rules: { 'function-lines': functionLines } } } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...limits,
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-syntax': restricted({}),
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-deprecated': ['error', { allow: [{ from: 'package', name: 'createIndex', package: 'mongodb' }] }],
      '@typescript-eslint/require-await': 'off',
      // the house makes objects of functions, not classes: there is no `this` to lose
      '@typescript-eslint/unbound-method': 'off',
      // mongoose schemas are literals of its classes
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  { files: ['server/platform/clock.ts', 'server/embedded-mongo/**/*.ts'], rules: { 'no-restricted-syntax': restricted({ clock: true }) } },
  {
    files: ['server/access/scopes.ts', 'server/platform/http/mount.ts'],
    rules: { 'no-restricted-syntax': restricted({ grant: true }) },
  },
  { files: ['server/platform/config.ts'], rules: { 'no-restricted-syntax': restricted({ environment: true }) } },
  {
    files: ['server/cli/**/*.ts', 'server/demo/**/*.ts'],
    rules: { 'no-restricted-syntax': restricted({ clock: true, environment: true }), 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    extends: [mocha.configs.recommended],
    rules: {
      'house/function-lines': 'off',
      'no-restricted-syntax': restricted({ clock: true, environment: true, grant: true }),
      'mocha/no-mocha-arrows': 'off',
      'mocha/no-setup-in-describe': 'off',
      'mocha/no-top-level-hooks': 'off',
      'mocha/no-sibling-hooks': 'error',
      'mocha/no-exports': 'off',
      'mocha/max-top-level-suites': 'off',
      'mocha/consistent-spacing-between-blocks': 'off',
      // chai asks by property: expect(x).to.be.true
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // bodies of answers and of driver commands are untyped by nature
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['test/bench/**/*.ts', 'test/support/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.mjs', '**/*.cjs', '*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'require', 'module', 'URL', 'performance', 'setTimeout', 'clearTimeout', 'Buffer'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
    rules: limits,
  },
  {
    // what the old Chromium kernels of government desks can read
    files: ['public/js/**/*.js'],
    languageOptions: {
      ecmaVersion: 2017,
      sourceType: 'module',
      globals: Object.fromEntries(
        // prettier-ignore
        ['document', 'window', 'navigator', 'location', 'history', 'localStorage', 'sessionStorage', 'fetch', 'FormData', 'URL', 'URLSearchParams',
          'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'CustomEvent', 'Event', 'Element', 'HTMLElement',
          'MutationObserver', 'htmx', 'bootstrap', 'self', 'caches', 'matchMedia'].map((name) => [name, 'readonly']),
      ),
    },
    rules: { ...limits, 'max-lines': ['error', { max: 60 }] },
  },
);
