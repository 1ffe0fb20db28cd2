import { appendFileSync, mkdtempSync, readFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Journal, type JournalPorts } from '../../../config/local/simulator/journal'

const newFile = () => join(mkdtempSync(join(tmpdir(), 'yanpiao-journal-')), 'journal.jsonl')

function ports(room = Number.POSITIVE_INFINITY): JournalPorts & { said: string[]; room: number } {
  const own = {
    said: [] as string[],
    room,
    write: (descriptor: number, bytes: Buffer) => {
      const fitting = Math.min(bytes.length, own.room)
      own.room -= fitting
      return fitting === 0 ? 0 : writeSync(descriptor, bytes, 0, fitting)
    },
    say: (sentence: string) => void own.said.push(sentence),
  }
  return own
}

test('what was appended is there again', () => {
  const file = newFile()
  const first = new Journal<object>(file)
  first.append({ 票: 1 })
  first.append({ n: 2 })
  first.close()
  expect(new Journal<object>(file).entries).toEqual([{ 票: 1 }, { n: 2 }])
})

test('a line that a kill tore is cut off in one sentence, and the next one stands alone', () => {
  const file = newFile()
  appendFileSync(file, '{"n":1}\n{"n":2')
  const own = ports()
  const journal = new Journal<object>(file, own)
  journal.append({ n: 3 })
  expect(journal.entries).toEqual([{ n: 1 }])
  expect(own.said).toEqual([expect.stringMatching(/torn \(6 bytes\)/)])
  expect(readFileSync(file, 'utf8')).toBe('{"n":1}\n{"n":3}\n')
})

test('a line that the disk takes only in part is refused and leaves nothing behind', () => {
  const file = newFile()
  const own = ports(12)
  const journal = new Journal<object>(file, own)
  journal.append({ n: 1 })
  expect(() => journal.append({ n: 2 })).toThrow('4 of 8 bytes')
  own.room = 100
  journal.append({ n: 3 })
  expect(readFileSync(file, 'utf8')).toBe('{"n":1}\n{"n":3}\n')
})
