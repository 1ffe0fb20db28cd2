import type { Verification } from '@shared/contract/verification'
import type { World } from '../given'
import * as when from '../when'
import type { Container } from './container'
import type { GateWorld } from './gate-world'

/** What `when.ts` sends goes through `functions`, `queue` and `clock` alone. */
const asWorld = (container: Container) => container as World

export type Person = when.Person
export type Question = Record<string, unknown> & { invoiceNumber: string }

export const signIn = (world: GateWorld, name?: string) => when.signIn(asWorld(world.container), name)

export const signInAll = (world: GateWorld, count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => signIn(world)))

export const check = (container: Container, person: Person, question: unknown, key?: string) =>
  when.check(asWorld(container), person, question, key)

export const recheck = (container: Container, person: Person, id: string, key?: string) =>
  when.recheck(asWorld(container), person, id, key)

export const read = (container: Container, person: Person, id: string) => when.read(asWorld(container), person, id)

export const list = (container: Container, person: Person, query?: Record<string, string>) =>
  when.list(asWorld(container), person, query)

export const send = <T = Verification>(container: Container, route: string, request: when.Request) =>
  when.send<T>(asWorld(container), route, request)

/** What the minute's sweep and the queue bring up to now. */
export const runDueWork = (container: Container) => when.runDueWork(asWorld(container))

export const codes = (reply: { body: Verification }) => reply.body.reasons.map(({ code }) => code)

let serial = 0

/** Puts a digital invoice into the tax data, issued two days ago, and answers the question that finds it. */
export function newInvoice(world: GateWorld, changes: Record<string, unknown> = {}): Question {
  const { isUnknown = false, ...stored } = changes
  serial++
  const invoiceNumber = `2633200000${String(serial).padStart(10, '0')}`
  const invoice = {
    kind: 'DIGITAL_NORMAL',
    invoiceCode: '',
    invoiceNumber,
    issueDate: world.clock.day(-2),
    amountWithoutTax: '100.00',
    taxAmount: '6.00',
    amountWithTax: '106.00',
    checkCode: '',
    buyer: { name: '买方甲有限公司', taxId: '91330100SYNTH00001' },
    seller: { name: '卖方乙有限公司', taxId: '91330100SYNTH00002' },
    items: [],
    lifecycle: 'normal',
    visibleFrom: null,
    ...stored,
  }
  if (!isUnknown) world.tax.record({ type: 'invoices', invoices: [invoice] })
  const { kind, issueDate, amountWithTax: amount } = invoice
  return { kind, invoiceNumber, issueDate, amount }
}
