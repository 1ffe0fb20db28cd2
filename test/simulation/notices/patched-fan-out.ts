import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { PlantedBug } from '../planted-bugs'
import type { FanOutResult } from './run-fan-out-seed'

const ROOT = path.join(__dirname, '..', '..', '..')

export interface FanOutSimulation {
  runFanOutSeed(seed: number, size: number, lost: number): Promise<FanOutResult>
}

/** Changes one file while it is loaded; nothing on disk changes. */
function planting({ file, find, replace }: PlantedBug): Plugin {
  return {
    name: 'planted bug',
    setup({ onLoad }) {
      onLoad({ filter: new RegExp(`${file.replaceAll('.', '[.]')}$`) }, async args => {
        const text = await readFile(args.path, 'utf8')
        const times = text.split(find).length - 1
        if (times !== 1) throw new Error(`${file} holds ${times} times: ${find}`)
        return { contents: text.replace(find, () => replace), loader: 'ts' }
      })
    },
  }
}

/**
 * The simulation of the fan-out with a bug in the product.
 * @throws Error when the text of the bug is not in its file exactly once
 */
export async function fanOutWith(bug: PlantedBug): Promise<FanOutSimulation> {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, 'test/simulation/notices/run-fan-out-seed.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    alias: { '@shared': path.join(ROOT, 'shared') },
    logLevel: 'silent',
    plugins: [planting(bug)],
  })
  const code = outputFiles[0]?.text ?? ''
  const module: { exports: unknown } = { exports: {} }
  const load = new Function('require', 'module', 'exports', code) as (...given: unknown[]) => void
  load(createRequire(path.join(ROOT, 'package.json')), module, module.exports)
  return module.exports as FanOutSimulation
}
