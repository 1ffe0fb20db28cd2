/**
 * Who may import whom. test/architecture/rules.test.ts plants one violation for each rule and expects the rule's name.
 * Type-only imports count. Npm modules are matched by the path they resolve to.
 */
const npm = (...names) => `node_modules/(${names.join('|')})/`
const anyNpm = 'node_modules/'

const useCases = '^functions/(verification|gate|account|notices)/'
const adapters = '^functions/(providers|store|platform)/'
const entries = '^functions/(verify|worker|api|public|sweep|publish|deliver|events|sources)[.]ts$'
const vendors = '(tencent|baidu|aliyun)'
const views = '^miniprogram/(pages|components|hooks)/'
const taroConfig = '^config/(index|dev|prod)[.]ts$'
/** The table of gated calls, from which the privacy text is generated. */
const privacyTable = '^miniprogram/platform/privacy[.]ts$'

/** Files that a framework or a command opens by name, so nothing imports them. */
const opened = [
  entries,
  '^config/',
  '^test/.*([.]test[.]ts|[.]cjs|[.]mjs)$',
  '^test/bench/run[.]ts$',
  '[.]d[.]ts$',
  '^miniprogram/app([.]config)?[.]tsx?$',
  '^miniprogram/pages/.*/index([.]config)?[.]tsx?$',
  '^miniprogram/components/native/',
  '^miniprogram/offline-worker[.]js$',
  // Taro takes the file of the target in place of its plain twin.
  '[.](h5|weapp)[.]tsx?$',
]

const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })

/** Shared code runs on the phone and in Lambda. */
const shared = [
  rule('shared-not-to-apps', { path: '^shared/' }, { path: '^(functions|miniprogram|config)/' }),
  rule('shared-not-to-node', { path: '^shared/' }, { dependencyTypes: ['core'] }),
  rule('invoice-only-itself', { path: '^shared/invoice/' }, { path: '^shared/(?!invoice/)' }),
  rule('invoice-no-npm', { path: '^shared/invoice/' }, { path: anyNpm, pathNot: npm('dayjs') }),
  rule('notice-only-invoice', { path: '^shared/notice/' }, { path: '^shared/(?!notice/|invoice/)' }),
  rule('notice-no-npm', { path: '^shared/notice/' }, { path: anyNpm }),
  rule('contract-only-domain', { path: '^shared/contract/' }, { path: '^shared/(?!contract/|invoice/|notice/)' }),
  rule('contract-only-zod', { path: '^shared/contract/' }, { path: anyNpm, pathNot: npm('zod') }),
  rule('copy-no-npm', { path: '^shared/copy/' }, { path: anyNpm }),
  rule(
    'dayjs-only-in-issue-date',
    { pathNot: '^shared/invoice/issue-date[.]ts$' },
    { path: npm('dayjs') },
    'One file knows that a day is a day in Shanghai.',
  ),
]

/** Entries wire; use cases decide; adapters talk to the outside. */
const functions = [
  rule('use-case-not-to-adapter', { path: useCases }, { path: adapters }),
  rule('use-case-no-npm', { path: useCases }, { path: anyNpm, pathNot: npm('zod') }),
  rule('use-case-not-to-node', { path: useCases }, { dependencyTypes: ['core'] }),
  rule('adapter-not-to-use-case', { path: adapters }, { path: useCases, pathNot: '/ports[.]ts$' }),
  rule(
    'provider-not-to-provider',
    { path: `^functions/providers/${vendors}` },
    { path: `^functions/providers/${vendors}`, pathNot: '^functions/providers/$1' },
  ),
  rule(
    'aws-only-in-adapters',
    { path: '^(functions|shared|miniprogram)/', pathNot: ['^functions/(store|platform|wiring)/', entries] },
    { path: npm('@aws-sdk', '@smithy') },
  ),
  rule(
    'vendor-sdk-only-in-providers',
    { path: '^(functions|shared|miniprogram)/', pathNot: '^functions/providers/' },
    { path: npm('tencentcloud-[^/]+', '@alicloud', '@darabonba') },
  ),
  rule(
    'nobody-imports-entries',
    { pathNot: ['^functions/wiring/', entries, '^config/local/', '^test/'] },
    { path: ['^functions/wiring/', entries] },
  ),
]

/** Pages decide, components show, api/ asks the server, platform/ asks the phone. */
const miniprogram = [
  rule(
    'client-not-to-server',
    { path: '^miniprogram/' },
    { path: '^functions/' },
    'Not even a type: shared/contract is both ends.',
  ),
  rule('server-not-to-client', { path: '^functions/' }, { path: '^miniprogram/' }),
  rule(
    'taro-only-in-platform',
    { path: '^miniprogram/', pathNot: '^miniprogram/platform/' },
    { path: npm('@tarojs/taro') },
  ),
  rule(
    'views-only-react',
    { path: views },
    {
      path: anyNpm,
      pathNot: npm('react', '@types/react', '@tarojs/components', '@tarojs/taro'),
      dependencyTypesNot: ['type-only'],
    },
  ),
  rule('api-not-to-views', { path: '^miniprogram/api/' }, { path: views }),
  rule('component-only-shows', { path: '^miniprogram/components/' }, { path: '^miniprogram/(api|platform|pages)/' }),
  rule(
    'page-not-to-page',
    { path: '^miniprogram/pages/([^/]+)/' },
    { path: '^miniprogram/pages/', pathNot: '^miniprogram/pages/$1/' },
  ),
  rule('platform-is-lowest', { path: '^miniprogram/platform/' }, { path: ['^miniprogram/api/', views] }),
  rule(
    'component-runs-no-hook-of-pages',
    { path: '^miniprogram/components/' },
    { path: '^miniprogram/hooks/', dependencyTypesNot: ['type-only'] },
    'Hooks ask the server and the phone; a component is handed what they found.',
  ),
  rule('hook-not-to-views', { path: '^miniprogram/hooks/' }, { path: '^miniprogram/(pages|components)/' }),
]

/** Around the product. */
const around = [
  rule('nobody-imports-tests', { pathNot: '^test/' }, { path: '^test/' }),
  rule('product-not-to-config', { path: '^(functions|miniprogram)/' }, { path: '^config/' }),
  rule(
    'taro-config-stands-alone',
    { path: taroConfig },
    { path: '^(miniprogram|functions|shared)/' },
    'Taro transpiles only config/ when it loads it.',
  ),
  rule(
    'config-not-to-client',
    { path: '^config/', pathNot: taroConfig },
    { path: '^miniprogram/', pathNot: privacyTable },
  ),
  rule('no-circular', {}, { circular: true }),
  rule('no-unresolvable', {}, { couldNotResolve: true }),
  rule('no-orphans', { orphan: true, pathNot: opened }, {}),
  rule(
    'no-catch-all-modules',
    { pathNot: 'node_modules' },
    { path: '(^|/)(utils?|helpers?|common|misc|types|constants)([.][^/]+$|/)', pathNot: 'node_modules' },
    'A name that says nothing collects everything.',
  ),
]

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...shared, ...functions, ...miniprogram, ...around],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|[.]data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    preserveSymlinks: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
