/** The house's rule of dependency: main -> composition -> app -> modules -> platform -> kernel. */
const notTypeOnly = { dependencyTypesNot: ['type-only'] }

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: notTypeOnly } },
    {
      name: 'kernel-stands-alone',
      comment: 'The kernel knows nothing of the rest and does no I/O.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: '^src/(?!kernel/)|^(node:)?(fs|net|http|https|child_process|worker_threads)$|/(mongoose|express)/' },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(modules/|[^/]+\\.ts$)' },
    },
    {
      name: 'modules-know-no-house',
      comment: 'What wires the modules is above them.',
      severity: 'error',
      from: { path: '^src/modules/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'modules-meet-at-the-index',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/(?!$1/)[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'the-house-enters-by-the-index',
      severity: 'error',
      from: { path: '^(src/[^/]+\\.ts|scripts/)' },
      to: { path: '^src/modules/[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'matching-reads-and-is-not-read',
      severity: 'error',
      from: { path: '^src/modules/(providers|needs|businesses|taxonomy)/' },
      to: { path: '^src/modules/matching/' },
    },
    {
      name: 'mongoose-in-its-rooms',
      comment: 'Only models, repositories and platform/db speak to the database.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(model|repository)\\.ts$|^src/platform/db/' },
      to: { path: 'node_modules/(mongoose|mongodb)/', ...notTypeOnly },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: {
        path: '\\.(service|repository|model|routes|jobs)\\.ts$|^(node:)?(fs|net|http|https|child_process|worker_threads|timers)',
        ...notTypeOnly,
      },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], ...notTypeOnly },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
