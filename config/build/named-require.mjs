/**
 * Loader for `@tarojs/taro`: `const { hooks } = require(…)` makes webpack 5.91 keep every export of Taro's runtime,
 * `require(…).hooks` only what somebody uses (6 KB of the main package). Leaves other texts as they are.
 */
export default source => source.replace(/const \{ (\w+) \} = require\(([^)]+)\)/g, 'const $1 = require($2).$1')
