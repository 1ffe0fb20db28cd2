const path = require('node:path')

const root = path.join(__dirname, '..')
const swc = {
  '^.+\\.(t|j|mj)sx?$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        target: 'es2022',
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'commonjs' },
    },
  ],
}
/** Packages that ship ESM only; jest loads CommonJS. */
const esmOnly = ['qr']

const base = {
  rootDir: root,
  transform: swc,
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`, '<rootDir>/dist/'],
  moduleNameMapper: { '^@shared/(.*)$': '<rootDir>/shared/$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
}
const suite = (displayName, folders, extra = {}) => ({
  ...base,
  displayName,
  testMatch: folders.map(folder => `<rootDir>/test/${folder}/**/*.test.ts`),
  testEnvironment: 'node',
  ...extra,
})

module.exports = {
  rootDir: root,
  maxWorkers: 2,
  testTimeout: 30_000,
  reporters: ['default', path.join(__dirname, 'jest-closing-line.cjs')],
  projects: [
    suite('unit', ['unit', 'contract']),
    suite('flow', ['flow']),
    suite('simulation', ['simulation']),
    suite('architecture', ['architecture', 'package']),
    suite('page', ['page'], { testEnvironment: 'jest-environment-jsdom' }),
    suite('browser', ['browser'], {
      globalSetup: '<rootDir>/test/hosts/browser-setup.ts',
      globalTeardown: '<rootDir>/test/hosts/browser-teardown.ts',
    }),
  ],
}
