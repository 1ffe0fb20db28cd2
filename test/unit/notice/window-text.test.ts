import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readWindows } from '@shared/notice/window-text'

interface Example {
  id: string
  published: string
  text: string
  kind: string
  windows: [string, string | null, string[], string[]?][]
  expectedEnd?: string | null
  components?: string[]
  regions?: string[]
  impact?: string
}

const FILE = path.join(__dirname, '../../vectors/notices/windows.json')
const examples: { written: Example[]; held_back: Example[]; held_back_again: Example[] } = JSON.parse(
  readFileSync(FILE, 'utf8'),
)

/** An instant as the examples write it. */
const written = (ms: number | null) =>
  ms === null ? null : `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16)}+08:00`

/** What the parser says, of what an example tells. */
function read({ text, published, windows, ...example }: Example) {
  const found = readWindows(text, published)
  return {
    kind: found.kind,
    windows: found.windows.map(({ startsAt, endsAt, doubt, components }, at) => [
      written(startsAt),
      written(endsAt),
      doubt,
      ...(windows[at]?.[3] ? [components] : []),
    ]),
    ...('expectedEnd' in example && { expectedEnd: written(found.expectedEnd) }),
    ...('components' in example && { components: found.components }),
    ...('regions' in example && { regions: found.regions }),
    ...('impact' in example && { impact: found.impactHint }),
  }
}

const told = ({ id: _, text: __, published: ___, ...rest }: Example) => rest

describe('the windows of a written example', () => {
  it.each(examples.written.map(example => [example.id, example] as const))('are read: %s', (_, example) => {
    expect(read(example)).toEqual(told(example))
  })

  it.each([...examples.held_back, ...examples.held_back_again].map(example => [example.id, example] as const))(
    'are read of a text that the parser was not made by: %s',
    (_, example) => {
      expect(read(example)).toEqual(told(example))
    },
  )
})
