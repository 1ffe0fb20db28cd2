import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const SOURCES = ['miniprogram', 'shared', 'config/build', 'config/index.ts', 'package.json', 'package-lock.json']
/** What `config/index.ts` puts into the pages from outside. */
const SETTINGS = ['YANPIAO_API_BASE', 'ICP_NUMBER']
const MARK = '.built-from'

function filesOf(root, source) {
  const info = statSync(path.join(root, source), { throwIfNoEntry: false })
  if (info === undefined) return []
  if (!info.isDirectory()) return [source]
  return readdirSync(path.join(root, source))
    .sort()
    .flatMap(name => filesOf(root, `${source}/${name}`))
}

/** Hash of all that the H5 pages are built from. Of contents, not of times: a checkout that changes nothing costs no build. */
export function sourcesHash(root, env = process.env) {
  const hash = createHash('sha256')
  for (const name of SETTINGS) hash.update(`${name}=${env[name] ?? ''}\0`)
  for (const file of SOURCES.flatMap(source => filesOf(root, source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** What the pages in a folder were built from; null when they were not built to the end. */
export function markOf(folder) {
  try {
    return readFileSync(path.join(folder, MARK), 'utf8')
  } catch {
    return null
  }
}

/** The last step of a build: pages without it count as half-built. */
export function leaveMark(folder, hash) {
  writeFileSync(path.join(folder, MARK), hash)
}
