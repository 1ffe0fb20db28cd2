import Taro from '@tarojs/taro'
import { type Entry, type EntryOptions, readEntry } from './read-entry'
import { IN_BROWSER } from './target'

/** The only reader of how the app was opened. Entries are repeated on every show; each is taken once. */
let taken = ''

export function takeEntry(): Entry {
  const options = enterOptions()
  const mark = JSON.stringify([options.query, options.forwardMaterials])
  if (mark === taken) return { kind: 'none' }
  taken = mark
  return readEntry(options)
}

function enterOptions(): EntryOptions {
  if (IN_BROWSER) {
    const { search, hash } = window.location
    const pairs = [...new URLSearchParams(search), ...new URLSearchParams(hash.split('?')[1] ?? '')]
    // URLSearchParams has decoded these; readEntry decodes once more, so a literal % is put back.
    return { query: Object.fromEntries(pairs.map(([name, value]) => [name, encodeURIComponent(value)])) }
  }
  try {
    return Taro.getEnterOptionsSync() as EntryOptions
  } catch {
    return {}
  }
}
