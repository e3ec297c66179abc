/**
 * The house: a folder of src imports only from rows below its own, and folders of one row never from each other.
 * Lowest row first; src/app and src/cli compose and stand above them all.
 */
const rows = [
  ['platform'],
  ['identity'],
  ['contacts', 'programs', 'jobs'],
  ['ambassadors'],
  ['points'],
  ['audience', 'fatigue', 'privacy'],
  ['nps', 'challenges', 'polls', 'referrals', 'rewards'],
  ['leaderboards', 'badges', 'influence', 'social'],
  ['teams'],
  ['notify'],
  ['asks', 'invitations'],
  ['insight'],
];

/** Files that nothing imports because something outside starts or reads them. */
const entryPoints = [
  '^src/main\\.ts$',
  '^src/cli/main\\.ts$',
  '^ormconfig\\.ts$',
  '^test/.+\\.test\\.ts$',
  '^test/support/run\\.ts$',
  '^bench/',
];

const folders = (names) => `^src/(${names.join('|')})/`;

/** For each row: it may import itself and what lies below, within a row each folder only itself. */
const rowRules = rows.flatMap((row, index) =>
  row.map((folder) => ({
    name: `row-of-${folder}`,
    comment: `src/${folder} imports only from rows below its own.`,
    severity: 'error',
    from: { path: folders([folder]) },
    to: { path: '^(src|migrations|test|bench|ormconfig)', pathNot: folders([folder, ...rows.slice(0, index).flat()]) },
  })),
);

export default {
  forbidden: [
    ...rowRules,
    {
      name: 'known-folder',
      comment: 'A new folder of src needs a row in the house first.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: folders([...rows.flat(), 'app', 'cli']) },
    },
    {
      name: 'app-knows-no-command-line',
      comment: 'src/cli stands on src/app, not the other way round.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^(src/(cli/|main\\.ts)|test|bench|ormconfig)' },
    },
    {
      name: 'product-knows-no-test',
      comment: 'What ships does not import from tests or benchmarks.',
      severity: 'error',
      from: { path: '^(src|migrations|ormconfig)' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'migrations-stand-on-columns',
      comment: 'A migration must mean the same for ever, so it knows nothing that moves.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^src/', pathNot: '^src/platform/database/columns\\.ts$' },
    },
    {
      name: 'no-circles',
      comment: 'Two files that import each other cannot be understood, or loaded, one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dead-files',
      comment: 'Nothing reaches this file: import it or delete it.',
      severity: 'error',
      from: { path: entryPoints },
      to: { path: '^(src|test|migrations|bench)/', pathNot: [...entryPoints, '\\.d\\.ts$'], reachable: false },
    },
    {
      name: 'no-unresolvable',
      comment: 'What is imported has to exist.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages-only',
      comment: 'Every package that is imported stands in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-packages-in-the-product',
      comment: 'What ships runs without the development packages.',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    // TypeScript 7 has no API that dependency-cruiser could use; swc reads the sources, type-only imports included.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
