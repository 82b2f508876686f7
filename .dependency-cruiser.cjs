// Imports point down the house, and siblings are strangers (DESIGN §2):
// main → channels · store · delivery · http · schedule · reports · cards · campaigns → usecases → ports → domain
const middle = [
  'channels',
  'store',
  'delivery',
  'http',
  'schedule',
  'reports',
  'cards',
  'campaigns',
  'pages',
  'photos',
  'simulation',
  'webhooks',
];
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('domain-knows-only-domain', '^src/domain/', '^src/domain/', 'Rules know nothing of the world.'),
    only('ports-know-only-domain', '^src/ports', '^src/(domain/|ports)', 'Ports speak our words.'),
    only(
      'usecases-stay-below-adapters',
      '^src/usecases/',
      '^src/(domain/|ports|usecases/)',
      'Use cases reach the world through ports.',
    ),
    ...middle.map((folder) =>
      only(
        `${folder}-is-no-sibling`,
        `^src/${folder}/`,
        `^src/(${folder}/|usecases/|ports|domain/|log\\.ts|yaml-file\\.ts|issue-reason\\.ts)`,
        'Siblings are strangers.',
      ),
    ),
    {
      name: 'channels-are-strangers',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/([^/]+)/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'domain-has-no-vendor',
      comment: 'Days need Temporal; nothing else from outside may enter the rules.',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: '^src/domain/calendar\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    {
      name: 'environment-is-read-once',
      comment: 'config.ts is the only reader of the environment; main.ts connects.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|compose|commands)' },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'src/store/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
