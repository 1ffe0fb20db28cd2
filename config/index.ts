import path from 'node:path'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'

const root = path.resolve(__dirname, '..')
const target = process.env.TARO_ENV ?? 'weapp'
const outputRoot = process.env.TARO_OUT ?? `dist/${target}`

/** Taro's weapp templates drop aria attributes unless they are named here [wechat-platform, accessibility]. */
const ARIA = {
  'aria-role': '',
  'aria-label': '',
  'aria-live': '',
  'aria-hidden': '',
  'aria-checked': '',
  'aria-disabled': '',
}

/** px stays px and type is set in rem, so that `<PageMeta rootFontSize>` scales every text and box with it. */
const postcss = {
  pxtransform: { enable: false, config: {} },
  cssModules: { enable: false, config: { namingPattern: 'module', generateScopedName: '[local]' } },
}

export default defineConfig<'webpack5'>(async () => {
  const config: UserConfigExport<'webpack5'> = {
    projectName: 'yanpiao',
    date: '2026-11-22',
    designWidth: 375,
    deviceRatio: { 375: 2, 750: 1 },
    sourceRoot: 'miniprogram',
    outputRoot,
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    cache: { enable: false },
    terser: {
      enable: true,
      config: { ecma: 2018, compress: { ecma: 2018, passes: 3 }, output: { comments: false, ascii_only: false } },
    },
    ...(target === 'h5'
      ? {
          copy: {
            patterns: [{ from: 'miniprogram/offline-worker.js', to: `${outputRoot}/offline-worker.js` }],
            options: {},
          },
        }
      : {}),
    plugins: [
      ...(target === 'weapp' ? [path.join(__dirname, 'build/weapp-templates.mjs')] : []),
      ['@tarojs/plugin-inject', { components: { View: ARIA, Text: ARIA, Button: ARIA, Input: ARIA, Textarea: ARIA } }],
    ],
    alias: { '@shared': path.join(root, 'shared') },
    defineConstants: {
      API_BASE: JSON.stringify(process.env.YANPIAO_API_BASE ?? (target === 'h5' ? '' : 'http://127.0.0.1:5173')),
      APP_VERSION: JSON.stringify(require(path.join(root, 'package.json')).version),
      ICP_NUMBER: JSON.stringify(process.env.ICP_NUMBER ?? ''),
      // Reviewers take notices of policy and statements for news: shown in weapp only by a stage that may.
      NEWS_IN_WEAPP: JSON.stringify(process.env.NEWS_IN_WEAPP === '1'),
    },
    mini: {
      // Nesting of the view templates; missing from Taro's types.
      ...({ baseLevel: 4 } as object),
      compile: { include: [path.join(root, 'shared')] },
      // A module that no page of the main package uses goes into the sub-packages that use it.
      optimizeMainPackage: { enable: true },
      // Views are made by React alone: no parser of HTML texts.
      runtime: { enableInnerHTML: false },
      webpackChain(chain) {
        // The syntax that Babel leaves as it is, for webpack's own lines too.
        chain.set('target', ['web', 'es2018'])
        // The shortest names: nobody caches one file of a package, so they need not stay the same.
        chain.optimization.set('moduleIds', 'size').set('mangleExports', 'size')
        chain.module
          .rule('taro')
          .test(path.join(root, 'node_modules/@tarojs/taro/index.js'))
          .use('named')
          .loader(path.join(__dirname, 'build/named-require.mjs'))
      },
      postcss,
    },
    h5: {
      publicPath: '/',
      staticDirectory: 'static',
      compile: { include: [path.join(root, 'shared')] },
      router: { mode: 'hash' },
      output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
      miniCssExtractPluginOption: {
        ignoreOrder: true,
        filename: 'css/[name].[contenthash:8].css',
        chunkFilename: 'css/[name].[contenthash:8].css',
      },
      postcss: { ...postcss, autoprefixer: { enable: true, config: {} } },
    },
  }
  return config
})
