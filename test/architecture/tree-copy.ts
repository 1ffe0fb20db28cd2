import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const ROOT = path.resolve(__dirname, '../..')
const COPIED = ['miniprogram', 'functions', 'shared', 'test', 'config', 'package.json', 'tsconfig.json']

/** A copy of the sources in a temporary folder, so that planting a fault never touches the shared tree. */
export class TreeCopy {
  readonly root = mkdtempSync(path.join(tmpdir(), 'yanpiao-tree-'))

  constructor() {
    for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(this.root, name), { recursive: true })
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(this.root, 'node_modules'))
  }

  plant(files: Readonly<Record<string, string>>): void {
    for (const [file, source] of Object.entries(files)) {
      const target = path.join(this.root, file)
      mkdirSync(path.dirname(target), { recursive: true })
      writeFileSync(target, source)
    }
  }

  /** Runs a tool of node_modules in the copy; its standard output is the answer, whatever its exit code. */
  run(bin: string, args: readonly string[]): string {
    const script = path.join(ROOT, 'node_modules', bin)
    const ended = spawnSync(process.execPath, [script, ...args], {
      cwd: this.root,
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    })
    if (ended.stdout === '') throw new Error(`${bin} said nothing: ${ended.stderr}`)
    return ended.stdout
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
