/** What somebody came in with. */
export type Entry = { kind: 'none' } | { kind: 'text'; text: string } | { kind: 'record'; id: string }

export interface EntryOptions {
  path?: string
  query?: Record<string, string | undefined>
  scene?: number
  forwardMaterials?: readonly { type?: string; name?: string; path?: string; size?: number }[]
}

/**
 * Reads path, query, `q` (a plain link opened in WeChat), `scene` (a mini-program code) and
 * `forwardMaterials` (a chat file opened with us, scene 1173). `text` in the query is a QR text or a sentence to check.
 */
export function readEntry(options: EntryOptions): Entry {
  const query = options.query ?? {}
  const text = decoded(query.text)
  if (text) return { kind: 'text', text }
  const link = decoded(query.q)
  if (link) return { kind: 'text', text: link }
  const scene = decoded(query.scene)
  if (/^vrf_[a-z0-9]+$/.test(scene)) return { kind: 'record', id: scene }
  const name = options.forwardMaterials?.[0]?.name
  if (name) return { kind: 'text', text: name.slice(0, 512) }
  return { kind: 'none' }
}

function decoded(value: string | undefined): string {
  if (!value) return ''
  try {
    return decodeURIComponent(value).slice(0, 4096)
  } catch {
    return value.slice(0, 4096)
  }
}
