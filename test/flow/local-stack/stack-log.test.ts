import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLog } from '../../../config/local/stack-log'

const folder = () => mkdtempSync(join(tmpdir(), 'yanpiao-log-'))

test('lines go to the file, faults also to stderr', async () => {
  const dataDir = folder()
  const said: string[] = []
  const log = openLog(dataDir, text => said.push(text))
  log.line({ level: 'info' })
  log.fault('here', 'odd')
  await log.close()
  const lines = readFileSync(join(dataDir, 'log.jsonl'), 'utf8').trim().split('\n')
  expect(lines.map(line => JSON.parse(line))).toEqual([{ level: 'info' }, { level: 'error', at: 'here', error: 'odd' }])
  expect(said).toEqual(['here: odd\n'])
})

test.each<[string, string, (file: string) => void]>([
  ['is a directory', 'EISDIR', file => mkdirSync(file)],
  ...(process.platform === 'linux'
    ? [
        ['lies on a full disk', 'ENOSPC', (file: string) => symlinkSync('/dev/full', file)] as [
          string,
          string,
          () => void,
        ],
      ]
    : []),
])('a log that %s is said once, and no line is lost', async (_, code, make) => {
  const dataDir = folder()
  make(join(dataDir, 'log.jsonl'))
  const said: string[] = []
  const log = openLog(dataDir, text => said.push(text))
  log.line({ n: 1 })
  log.line({ n: 2 })
  await new Promise(resolve => setTimeout(resolve, 50))
  log.line({ n: 3 })
  await log.close()
  expect(said.filter(text => text.includes('cannot be written'))).toEqual([expect.stringContaining(code)])
  const lines = said.filter(text => text.startsWith('{')).map(text => JSON.parse(text).n)
  expect(lines).toEqual([1, 2, 3])
})
