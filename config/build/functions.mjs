import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const outdir = path.resolve(root, process.env.FUNCTIONS_OUT ?? 'dist/functions')
const names = ['verify', 'api', 'public', 'sweep']
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
const kilobytes = bytes => `${(bytes / 1000).toFixed(1)} KB`

rmSync(outdir, { recursive: true, force: true })
mkdirSync(outdir, { recursive: true })
await build({
  absWorkingDir: root,
  entryPoints: names.map(name => `functions/${name}.ts`),
  outdir,
  outExtension: { '.js': '.mjs' },
  tsconfig: path.join(root, 'tsconfig.json'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // The ESM builds of the SDK are two thirds the size of the CommonJS ones.
  mainFields: ['module', 'main'],
  // node-fetch, under the Tencent SDK, uses Node's URL and carries 300 KB of parser for a Node that has none.
  alias: { 'whatwg-url': 'node:url' },
  // CommonJS packages inside an ESM bundle still call `require` for Node's own modules.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  // Maps stay on the builder's disk: inside the zip they are five times the code.
  sourcemap: 'external',
  define: { 'process.env.VERSION': JSON.stringify(version) },
  legalComments: 'none',
  logLevel: 'warning',
})

for (const name of names) {
  const code = readFileSync(path.join(outdir, `${name}.mjs`))
  const sizes = `${kilobytes(code.length)}, ${kilobytes(gzipSync(code, { level: 9 }).length)} gzip`
  process.stdout.write(`${path.relative(root, outdir)}/${name}.mjs  ${sizes}\n`)
}
