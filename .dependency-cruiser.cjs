/** The arrows of ARCHITECTURE.md, held by a tool. */
const pure = '^packages/(checks|render|import)/src'
const production = { pathNot: '\\.(test|contract)\\.tsx?$' }

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'schema-depends-on-no-other-part',
      severity: 'error',
      from: { path: '^packages/schema' },
      to: { path: '^(apps|packages/(?!schema))' },
    },
    {
      name: 'packages-know-only-schema',
      severity: 'error',
      from: { path: '^packages/(editor|checks|render|import|picture)/', ...production },
      to: { path: '^(apps/|packages/(editor|checks|render|import|picture)/)', pathNot: '^packages/$1/' },
    },
    {
      name: 'apps-meet-over-the-wire',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'pure-packages-use-no-node',
      severity: 'error',
      from: { path: pure, ...production },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-packages-touch-no-yjs',
      severity: 'error',
      from: { path: pure },
      to: { path: 'node_modules/(yjs|y-protocols|y-websocket|lib0)/' },
    },
    {
      name: 'yjs-only-where-replicas-live',
      severity: 'error',
      from: {
        path: '^(packages|apps)/',
        pathNot: [
          '^packages/schema/src/layout/',
          '^packages/editor/',
          '^apps/web/src/(replica|fields|editor)/',
          '^apps/sync-server/src/decode/',
          '\\.test\\.tsx?$',
        ],
      },
      to: { path: 'node_modules/yjs/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'replica-knows-no-react',
      severity: 'error',
      from: { path: '^apps/web/src/replica/' },
      to: { path: 'node_modules/react' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|hast$|mdast$|xast$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
    parser: 'swc',
  },
}
