import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const outdir = path.resolve(root, process.env.FUNCTIONS_OUT ?? 'dist/functions')
const names = ['verify', 'worker', 'api', 'public', 'sweep', 'publish', 'deliver', 'events', 'sources']
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))

/**
 * One function: `<name>.mjs`, and a file `<name>-….mjs` for what it imports only when it is needed, such as Alibaba's SDK.
 * Built apart from the others, so that none of its files holds another function's code.
 */
const bundle = name =>
  build({
    absWorkingDir: root,
    entryPoints: { [name]: `functions/${name}.ts` },
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: `${name}-[hash]`,
    splitting: true,
    write: false,
    metafile: true,
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

/** A file and those that it imports, by imports of the given kinds. */
function reached(file, outputs, kinds, found = new Set()) {
  if (found.has(file)) return found
  found.add(file)
  for (const imported of outputs[file].imports) {
    if (kinds.includes(imported.kind) && imported.path in outputs) reached(imported.path, outputs, kinds, found)
  }
  return found
}

rmSync(outdir, { recursive: true, force: true })
mkdirSync(outdir, { recursive: true })
for (const name of names) {
  const { metafile, outputFiles } = await bundle(name)
  const { outputs } = metafile
  const entry = Object.keys(outputs).find(file => outputs[file].entryPoint === `functions/${name}.ts`)
  const contents = new Map(outputFiles.map(({ path: file, contents }) => [path.relative(root, file), contents]))
  const kilobytes = files => {
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(contents.get(file), { level: 9 }).length, 0)
    return `${(bytes / 1000).toFixed(1)} KB gzip`
  }
  // esbuild also makes files of dynamic imports that it then finds in dead code.
  const all = reached(entry, outputs, ['import-statement', 'dynamic-import'])
  for (const file of all) {
    writeFileSync(path.join(root, file), contents.get(file))
    writeFileSync(path.join(root, `${file}.map`), contents.get(`${file}.map`))
  }
  const start = reached(entry, outputs, ['import-statement'])
  process.stdout.write(`${entry}  ${kilobytes(start)} at start, ${kilobytes(all)} in all\n`)
}
