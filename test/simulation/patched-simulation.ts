import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { PlantedBug } from './planted-bugs'
import type { SeedResult } from './run-seed'

const ROOT = path.join(__dirname, '..', '..')

export interface Simulation {
  runSeed(seed: number): Promise<SeedResult>
}

/** Changes one file while it is loaded; nothing on disk changes. */
function planting({ file, find, replace }: PlantedBug): Plugin {
  return {
    name: 'planted bug',
    setup({ onLoad }) {
      const filter = new RegExp(`${file.replaceAll('.', '[.]')}$`)
      onLoad({ filter }, async args => {
        const text = await readFile(args.path, 'utf8')
        const times = text.split(find).length - 1
        if (times !== 1) throw new Error(`${file} holds ${times} times: ${find}`)
        return { contents: text.replace(find, () => replace), loader: 'ts' }
      })
    },
  }
}

/**
 * The simulation with a bug in the product.
 * @throws Error when the text of the bug is not in its file exactly once
 */
export async function simulationWith(bug: PlantedBug | null): Promise<Simulation> {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, 'test/simulation/run-seed.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    alias: { '@shared': path.join(ROOT, 'shared') },
    logLevel: 'silent',
    plugins: bug === null ? [] : [planting(bug)],
  })
  const code = outputFiles[0]?.text ?? ''
  const module: { exports: unknown } = { exports: {} }
  const load = new Function('require', 'module', 'exports', code) as (...given: unknown[]) => void
  load(createRequire(path.join(ROOT, 'package.json')), module, module.exports)
  return module.exports as Simulation
}
