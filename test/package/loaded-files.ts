import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const STATIC = /(?:\bfrom|\bimport)"\.\/([\w.-]+\.mjs)"/g
const DYNAMIC = /\bimport\("\.\/([\w.-]+\.mjs)"\)/g

/** The files of one function in a folder of bundles: its entry and what stands beside it under its name. */
export function filesOf(folder: string, name: string): string[] {
  return readdirSync(folder).filter(
    file => file === `${name}.mjs` || (file.startsWith(`${name}-`) && file.endsWith('.mjs')),
  )
}

function follow(folder: string, file: string, imports: readonly RegExp[], found: Set<string>): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  const code = readFileSync(path.join(folder, file), 'utf8')
  for (const pattern of imports) {
    for (const [, other = ''] of code.matchAll(pattern)) follow(folder, other, imports, found)
  }
  return found
}

/** What a cold start reads: the entry and everything that it imports outright. */
export const loadedAtStart = (folder: string, name: string): string[] => [
  ...follow(folder, `${name}.mjs`, [STATIC], new Set()),
]

/** What may ever be loaded. */
export const reachable = (folder: string, name: string): string[] => [
  ...follow(folder, `${name}.mjs`, [STATIC, DYNAMIC], new Set()),
]
