import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { liveQuestion } from '../live/live-question'

const ROOT = path.resolve(__dirname, '../..')
const NOW = Date.UTC(2026, 10, 22, 4)
const BAIDU = { BAIDU_API_KEY: 'key', BAIDU_SECRET_KEY: 'secret' }
const OWN = { kind: 'DIGITAL_NORMAL', invoiceNumber: '26312000000098765432', issueDate: '2026-11-18', amount: '100.00' }
const asking = (invoice: unknown) => ({ ...BAIDU, LIVE_INVOICE: JSON.stringify(invoice) })

describe('the lane that asks the real providers', () => {
  it('is no part of npm test', () => {
    const { projects }: { projects: { testMatch: string[] }[] } = require('../../config/jest.config.cjs')
    expect(projects.flatMap(({ testMatch }) => testMatch).filter(match => match.includes('/live/'))).toEqual([])
  })

  it('says what to set when nothing is set, and ends well', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
    )
    const [, ...args] = (scripts['test:live'] ?? '').split(' ')
    const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js')
    const env: NodeJS.ProcessEnv = { NODE_ENV: 'test', PATH: process.env.PATH }
    const { status, stdout } = spawnSync(process.execPath, [jest, ...args], { cwd: ROOT, env, encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, expect.stringMatching(/skipped.*TENCENT_SECRET_ID.*LIVE_INVOICE/s)])
  })

  it('asks those whose credentials are set about the invoice that is given', () => {
    expect(liveQuestion(asking(OWN), NOW)).toMatchObject({
      asked: OWN,
      secrets: { baidu: { 'api-key': 'key', 'secret-key': 'secret' } },
    })
  })

  it('asks nobody without an invoice, or without credentials', () => {
    expect(liveQuestion(BAIDU, NOW)).toBeNull()
    expect(liveQuestion({ LIVE_INVOICE: JSON.stringify(OWN) }, NOW)).toBeNull()
  })

  it.each([
    ['half of the credentials', { ...asking(OWN), BAIDU_SECRET_KEY: '' }],
    ['a text that is no invoice', { ...BAIDU, LIVE_INVOICE: OWN.invoiceNumber }],
    ['an invoice that the pre-check refuses', asking({ ...OWN, invoiceNumber: '98765' })],
  ])('refuses %s and repeats none of it', (_, environment) => {
    const refused = () => liveQuestion(environment, NOW)
    expect(refused).toThrow()
    expect(refused).not.toThrow(/98765/)
  })

  it('refuses every invoice of the vectors', () => {
    const vector = JSON.parse(readFileSync(path.join(ROOT, 'test/vectors/wire/aliyun.verify.success.json'), 'utf8'))
    const [invoiceNumber = ''] = JSON.stringify(vector).match(/\b\d{20}\b/) ?? []
    expect(invoiceNumber).toHaveLength(20)
    expect(() => liveQuestion(asking({ ...OWN, invoiceNumber }), NOW)).toThrow('one of the vectors')
  })
})
