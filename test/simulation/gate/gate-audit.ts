import { shanghaiDay } from '@shared/invoice/issue-date'
import { canonical } from '../canonical'
import { isMap, type Value, type ValueMap } from '../table/document-value'
import type { VirtualTime } from '../virtual-time'
import type { Ledger } from './ledger'
import type { ItemChange } from './table-audit'
import type { Report } from './violation'

/** A write may be on its way for so long. */
const LATE_MS = 30_000
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
  function noteStored(value: ValueMap): void {
    const opinions = Array.isArray(value.opinions) ? value.opinions.filter(isMap) : []
    for (const { requestId } of [value, ...opinions]) {
      const call = ledger.get(String(requestId))
      if (call !== undefined) call.isStored = true
    }
  }

  /** A new answer in a slot: whose it is, whether it says something, and whether it is one to this question. */
  function judgeAnswer(name: string, value: ValueMap, holder: Value | undefined, what: string): void {
    const isAside = name.endsWith('~')
    if (value.fence !== holder) {
      report('fence', `${what}: ${name} was written by ${String(value.fence)}, not by ${String(holder)}`)
    }
    if (!isAside && !SAYS_SOMETHING.includes(value.outcome)) {
      report('aside', `${what}: ${name} holds ${String(value.outcome)}`)
    }
    noteStored(value)
    const call = ledger.get(String(value.requestId))
    if (call !== undefined && name !== `a_${call.questionKey}${isAside ? '~' : ''}`) {
      report('question', `${what}: ${name} holds ${call.requestId}, an answer to ${call.questionKey}`)
    }
  }

  function judgeAnswers(before: ValueMap | undefined, after: ValueMap, what: string): void {
    for (const [name, value] of answersOf(after)) {
      const earlier = before?.[name]
      const isOld = isMap(earlier) && canonical(earlier) === canonical(value)
      if (isMap(value) && !isOld) judgeAnswer(name, value, before?.leaseFence, what)
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

  /** Tries are of a day in Shanghai, by the clock of who takes one; a day that has begun does not end again. */
  function judgeDay(before: ValueMap | undefined, after: ValueMap, what: string): void {
    if (after.leaseFence === undefined || after.leaseFence === before?.leaseFence) return
    const days = [time.now() - skewMs - LATE_MS, time.now() + skewMs].map(shanghaiDay)
    const day = String(after.day)
    if (!days.includes(day) && !(day === before?.day && day > String(days[1])))
      report('I2 day', `${what} counts for ${day}`)
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
    judgeDay(before, after, what)
    judgeTries(after, what, invoiceKey)
  }
}
