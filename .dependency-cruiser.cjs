/**
 * Who may know whom (docs/architecture.md §1). A feature's rules, model, stores and services call only what stands on a lower
 * floor, or their own feature; the roof (routes, pages, wiring, commands, demo) may look into every room; nobody looks at the roof.
 */
const floors = [
  ['divisions'],
  ['access'],
  ['policies', 'imports', 'audit', 'operations'],
  ['workers'],
  ['notices'],
  ['trainings'],
  ['attendance'],
  ['coverage', 'certificates'],
  ['exams', 'grades'],
  ['targets', 'planner'],
  ['gaps'],
  ['home', 'reports'],
];
const features = floors.flat();
const anyFeature = `^server/(${features.join('|')})/`;
const roof = '(\\.routes|\\.pages)\\.ts$';
const roofTop = '^server/[^/]+\\.ts$|^server/(cli|demo)/';
/** Where execution begins: processes, commands and threads. What none of them reaches is dead. */
const starts = '^server/((demo/)?main\\.ts$|cli/|platform/files/tableWorker\\.ts$|embedded-mongo/.*(boot|[wW]orker)\\.m?[jt]s$)|^jobs/worker\\.ts$';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const floorRules = floors.flatMap((names, floor) =>
  names.map((feature) => {
    const lower = floors.slice(0, floor).flat();
    return rule(
      `floor-${floor}-${feature}`,
      `${feature} stands on floor ${floor}: it may call only itself, the platform${lower.length > 0 ? ' and the floors below' : ''}`,
      { path: `^server/${feature}/`, pathNot: roof },
      { path: anyFeature, pathNot: `^server/(${[feature, ...lower].join('|')})/` },
    );
  }),
);

module.exports = {
  forbidden: [
    ...floorRules,
    rule(
      'no-circular',
      'what needs each other at run time is one thing',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('not-to-unresolvable', 'the file or package does not exist', {}, { couldNotResolve: true }),
    rule(
      'not-to-dev-dependency',
      'the product runs with production packages only; plain modules start development, cli/icons makes a file of the project',
      { path: '^(server|jobs)/', pathNot: '\\.mjs$|^server/cli/icons\\.ts$' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'] },
    ),
    rule(
      'platform-knows-no-feature',
      'the platform is the ground',
      { path: '^server/platform/' },
      { path: `${anyFeature}|${roofTop}|^jobs/|^test/` },
    ),
    rule(
      'nobody-imports-the-roof',
      'routes and pages are mounted by routes.ts and called by nobody',
      { path: '^(server|jobs)/', pathNot: `${roof}|${roofTop}` },
      { path: roof },
    ),
    rule(
      'routes-only-by-the-top',
      'a route table is mounted, never called; a feature may share handlers among its own tables',
      { path: '^server/([^/]+)/', pathNot: roofTop },
      { path: '\\.routes\\.ts$', pathNot: '^server/$1/' },
    ),
    rule(
      'nobody-imports-the-top',
      'composition looks down, nothing looks up at it',
      { path: '^(server|jobs)/', pathNot: `${roofTop}|^jobs/worker\\.ts$|${roof}` },
      { path: roofTop, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'roof-takes-only-the-type-of-the-top',
      'routes may name the type Deps, but wire nothing themselves',
      { path: roof },
      { path: roofTop, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'rules-are-pure',
      'rules import only rules, civil days and ids',
      { path: '\\.rules\\.ts$' },
      { pathNot: '\\.rules\\.ts$|^server/platform/(civilDays|ids)\\.ts$' },
    ),
    rule(
      'model-only-by-own-store',
      'one door to a collection: its store; migrations read its indexes',
      { path: '^(server|jobs)/', pathNot: '\\.(store|model)\\.ts$|^server/migrations\\.ts$' },
      { path: '\\.model\\.ts$' },
    ),
    rule(
      'model-only-by-own-feature',
      'a store opens only the collections of its feature',
      { path: '^server/([^/]+)/' },
      { path: '\\.model\\.ts$', pathNot: '^server/$1/' },
    ),
    rule(
      'store-only-by-own-feature',
      'another feature is asked through its service; the tree of divisions is public and read by everyone as it is',
      { path: '^server/([^/]+)/', pathNot: `${roofTop}|${roof}` },
      { path: '\\.store\\.ts$', pathNot: '^server/($1|platform|divisions)/' },
    ),
    rule(
      'mongoose-in-models-and-stores',
      'documents do not leave the store',
      { path: `${anyFeature}`, pathNot: '\\.(model|store)\\.ts$' },
      { path: 'node_modules/(mongoose|mongodb)/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'express-only-on-the-roof',
      'only routes know the web',
      { path: anyFeature, pathNot: roof },
      { path: 'node_modules/express/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'jobs-know-no-web',
      'a job has no request',
      { path: '^jobs/' },
      { path: `${roof}|^server/(app|routes)\\.ts$|node_modules/express/` },
    ),
    rule(
      'only-enqueue-from-outside',
      'the product asks for work, it does not run it',
      { path: '^server/', pathNot: roofTop },
      { path: '^jobs/', pathNot: '^jobs/enqueue\\.ts$' },
    ),
    rule(
      'embedded-mongo-knows-nothing',
      'the database could be taken out and published',
      { path: '^server/embedded-mongo/' },
      { path: '^(server|jobs|test)/', pathNot: '^server/embedded-mongo/' },
    ),
    rule(
      'embedded-mongo-known-by-one',
      'the product cannot tell which database it talks to',
      { path: '^(server|jobs)/', pathNot: '^server/(embedded-mongo/|platform/database\\.ts$|cli/db(\\.ts$|/))' },
      { path: '^server/embedded-mongo/' },
    ),
    rule('product-knows-no-test', 'tests look at the product, never the other way', { path: '^(server|jobs)/' }, { path: '^test/' }),
    rule('no-orphans', 'nobody uses it and it uses nobody', { orphan: true, pathNot: '\\.d\\.ts$|\\.(cjs|mjs)$|^[^/]+$' }, {}),
    {
      name: 'no-dead-rooms',
      comment: 'no way leads here from main, a command, a thread or the jobs',
      severity: 'error',
      from: { path: starts },
      to: { path: '^(server|jobs)/', pathNot: starts, reachable: false },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|coverage|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
