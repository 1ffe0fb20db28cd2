import path from 'node:path'
import { createLogicLayer } from '../hosts/weapp/logic-layer'
import { Phone } from '../hosts/weapp/phone'
import { createWx } from '../hosts/weapp/wx-api'
import { CannedApi, NOW } from '../page/canned-api'
import { manyVerifications } from '../page/canned-verification'
import { type CaseResult, interleave, round3 } from './measure'

const ROUNDS = 7
const ROUTE = 'pages/history/index'
const DIST = path.join(process.cwd(), 'dist/weapp')
const NOWHERE = { navigateTo: stay, redirectTo: stay, reLaunch: stay, switchTab: stay, navigateBack: stay }

/**
 * The history page of the compiled bundle without a renderer: time from onLoad until the rows have been handed to setData,
 * and the bytes handed over, against the JSON of the same rows. All rows come as one page, which the API never sends.
 */
export async function historyListCases(): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  for (const count of [20, 1000, 5000]) {
    let bytes = 0
    let rowBytes = 0
    const result = await interleave(`history list of ${count} rows, JS ready`, ROUNDS, [
      {
        name: 'page',
        async run() {
          const shown = await showHistory(count)
          bytes = shown.bytes
          rowBytes = shown.rowBytes
          return { ms: shown.ms, made: shown.rows }
        },
      },
    ])
    results.push({ ...result, more: { setDataBytes: bytes, rowBytes, timesJson: round3(bytes / rowBytes) } })
  }
  return results
}

async function showHistory(count: number): Promise<{ ms: number; bytes: number; rowBytes: number; rows: number }> {
  const api = new CannedApi()
  api.pageSize = count
  api.records.push(...manyVerifications(count))
  const phone = new Phone().serve(api.respond)
  const launch = { path: ROUTE, query: {}, scene: 1001 }
  const { wx } = createWx(phone, launch, NOWHERE)
  const pages: object[] = []
  const logic = createLogicLayer({ wx, currentPages: () => pages, now: () => Date.parse(NOW) })
  logic.run(path.join(DIST, 'app.js'))
  logic.app.onLaunch?.(launch)
  logic.app.onShow?.(launch)
  const { methods = {}, data } = logic.definitionOf(path.join(DIST, ROUTE))
  let sent = 0
  const shown = new Promise<unknown[]>(resolve => {
    const page: Record<string, unknown> = {
      ...methods,
      data: data ?? {},
      route: ROUTE,
      __route__: ROUTE,
      options: {},
      setData(change: object, done?: () => void) {
        const text = JSON.stringify(change)
        if (text.includes('样本商户')) {
          sent += Buffer.byteLength(text)
          resolve(rowsIn(change))
        }
        done?.()
      },
    }
    pages.push(page)
    for (const [hook, given] of [
      ['onLoad', {}],
      ['onShow', undefined],
      ['onReady', undefined],
    ] as const) {
      const method = methods[hook] as ((given?: object) => void) | undefined
      method?.call(page, given)
    }
  })
  const start = performance.now()
  const rows = await shown
  const ms = performance.now() - start
  logic.stop()
  return { ms, bytes: sent, rowBytes: Buffer.byteLength(JSON.stringify(rows)), rows: rows.length }
}

function rowsIn(value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return []
  if (!Array.isArray(value) && 'rows' in value && Array.isArray(value.rows)) return value.rows
  return Object.values(value).flatMap(rowsIn)
}

async function stay(): Promise<void> {}
