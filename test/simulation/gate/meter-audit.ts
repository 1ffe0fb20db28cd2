import type { Limits } from '../../../functions/gate/ports'
import type { ValueMap } from '../table/document-value'
import type { VirtualTime } from '../virtual-time'
import type { Ledger } from './ledger'
import type { ItemChange } from './table-audit'
import type { Report } from './violation'

interface MeterAuditOptions {
  time: VirtualTime
  ledger: Ledger
  limits: Limits
  providers: readonly string[]
  callsPerSecond: number
  skewMs: number
  report: Report
}

const number = (item: ValueMap | undefined, name: string) => Number(item?.[name] ?? 0)

/** The item of the providers: pace, money and probes. */
export function meterAudit({ time, ledger, limits, providers, callsPerSecond, skewMs, report }: MeterAuditOptions) {
  /** What the provider allows, and 0.2 % more. */
  const leastStep = 1000 / (callsPerSecond * 1.002)

  function judgeTaking(name: string, before: ValueMap | undefined, after: ValueMap): void {
    const count = number(after, `calls_${name}`) - number(before, `calls_${name}`)
    if (count <= 0 || before?.day !== after.day) return
    const from = Math.max(number(before, `slot_${name}`), 0)
    const moved = number(after, `slot_${name}`) - from
    if (moved < count * leastStep - 0.01) report('pace', `${name}: ${count} calls in ${moved} ms`)
    const until = before?.[`pauseUntil_${name}`]
    if (until === undefined) return
    const isOver = Number(until) <= time.now() + skewMs
    if (!isOver) report('breaker', `${name} is called during its pause`)
    if (count > 1 || number(after, `pauseUntil_${name}`) === Number(until))
      report('probe', `${name}: a probe that claimed nothing`)
  }

  return ({ before, after }: ItemChange): void => {
    if (after === undefined) {
      report('meter', 'it was removed')
      return
    }
    const day = String(after.day ?? '')
    if (before?.day !== undefined && day < String(before.day)) report('meter', `it went back to ${day}`)
    for (const name of providers) {
      judgeTaking(name, before, after)
      const charged = ledger.chargedOn(day, name)
      if (number(after, `fen_${name}`) < charged)
        report('money', `${name}: ${charged} fen were charged, ${number(after, `fen_${name}`)} are noted`)
    }
    if (number(after, 'fen') > limits.fenPerDay) report('money', `${number(after, 'fen')} fen are reserved`)
    if (number(after, 'fen') < ledger.chargedOn(day))
      report('money', `${ledger.chargedOn(day)} fen were charged, ${number(after, 'fen')} are noted`)
  }
}
