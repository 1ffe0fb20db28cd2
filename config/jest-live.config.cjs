const { projects, ...run } = require('./jest.config.cjs')

const [unit] = projects

/**
 * `npm run test:live`: asks the real providers and costs money, so it stands outside the projects of `npm test`.
 * @type {import('jest').Config}
 */
module.exports = {
  ...unit,
  ...run,
  displayName: 'live',
  testMatch: [`${run.rootDir}/test/live/**/*.test.ts`],
}
