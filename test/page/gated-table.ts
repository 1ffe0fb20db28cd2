import fs from 'node:fs'
import path from 'node:path'

/**
 * The table of gated calls as `miniprogram/platform/privacy.ts` writes it. Read as text: the file itself calls Taro, which
 * runs in a mini-program only.
 */
export function gatedTable(): { call: string; text: string }[] {
  const source = fs.readFileSync(path.join(process.cwd(), 'miniprogram/platform/privacy.ts'), 'utf8')
  const table = /GATED_CALLS = \{([\s\S]*?)\n\} as const/.exec(source)?.[1] ?? ''
  const rows = [...table.matchAll(/(\w+): \{[^}]*text: '(\w+)'[^}]*\}/g)]
  if (rows.length === 0) throw new Error('no table GATED_CALLS in miniprogram/platform/privacy.ts')
  return rows.map(([, call = '', text = '']) => ({ call, text }))
}
