import { canonical } from '../canonical'
import { isMap, type ValueMap } from '../table/document-value'
import type { VirtualTime } from '../virtual-time'
import type { Ledger } from './ledger'
import type { ItemChange } from './table-audit'
import type { Report } from './violation'

const SAYS_SOMETHING: readonly unknown[] = ['consistent', 'mismatch', 'not_found', 'not_checkable']

interface GateAuditOptions {
  time: VirtualTime
  ledger: Ledger
  skewMs: number
  report: Report
}

const answersOf = (item: ValueMap | undefined) => Object.entries(item ?? {}).filter(([name]) => name.startsWith('a_'))

/** The item of an invoice: tries, lease and answers. */
export function gateAudit({ time, ledger, skewMs, report }: GateAuditOptions) {
  function judgeAnswers(before: ValueMap | undefined, after: ValueMap, what: string): void {
    const holder = before?.leaseFence
    for (const [name, value] of answersOf(after)) {
      if (!isMap(value)) continue
      const earlier = before?.[name]
      if (isMap(earlier) && canonical(earlier) === canonical(value)) continue
      if (value.fence !== holder)
        report('fence', `${what}: ${name} was written by ${String(value.fence)}, not by ${String(holder)}`)
      const isAside = name.endsWith('~')
      if (!isAside && !SAYS_SOMETHING.includes(value.outcome))
        report('aside', `${what}: ${name} holds ${String(value.outcome)}`)
      const call = ledger.get(String(value.requestId))
      if (call === undefined) continue
      const opinions = Array.isArray(value.opinions) ? value.opinions : []
      for (const opinion of opinions) {
        const other = isMap(opinion) ? ledger.get(String(opinion.requestId)) : undefined
        if (other !== undefined) other.isStored = true
      }
      call.isStored = true
      if (name !== `a_${call.questionKey}${isAside ? '~' : ''}`)
        report('question', `${what}: ${name} holds ${call.requestId}, an answer to ${call.questionKey}`)
    }
  }

  function judgeLease(before: ValueMap | undefined, after: ValueMap, what: string): void {
    const [held, holds] = [before?.leaseFence, after.leaseFence]
    if (held === undefined || holds === undefined || held === holds) return
    if (Number(before?.leaseUntil) > time.now() + skewMs)
      report('lease', `${what}: ${String(holds)} took it from ${String(held)}, which is alive`)
  }

  function judgeTries(after: ValueMap, what: string, invoiceKey: string): void {
    const used = Number(after.used)
    const people = Object.values(isMap(after.people ?? null) ? (after.people as ValueMap) : {}).map(Number)
    const robots = Number(after.robots)
    if (used < 0 || used > 5) report('I2 tries', `${what}: ${used} tries are used`)
    if (people.some(own => own > 3)) report('I2 person', `${what}: a person has used ${Math.max(...people)}`)
    if (robots > 2) report('I2 robots', `${what}: robots have used ${robots}`)
    const counted = ledger.ofInvoice(invoiceKey).filter(call => call.gateDay === after.day && call.countedAt !== null)
    if (counted.length > used) report('I2 tries', `${what}: ${counted.length} were counted, ${used} are noted as used`)
  }

  return ({ pk, before, after }: ItemChange): void => {
    const invoiceKey = pk.slice('INVOICE#'.length)
    const what = `invoice ${invoiceKey.slice(0, 4)}`
    if (after === undefined) {
      report('gate', `${what} was removed`)
      return
    }
    judgeAnswers(before, after, what)
    judgeLease(before, after, what)
    judgeTries(after, what, invoiceKey)
  }
}
