import { type Fault, withFault } from './faults'
import type { Journal } from './journal'
import { shanghaiDay } from './shanghai-day'
import { bookKey, type StoredInvoice } from './sim-invoice'
import { type MessageRow, WechatBook, type WechatChange } from './wechat-book'

/** One upstream call about an invoice. */
export interface LedgerRow {
  provider: string
  at: string
  invoiceCode: string
  invoiceNumber: string
  charged: boolean
  result: string
}

export type Entry =
  | { type: 'invoices'; invoices: StoredInvoice[] }
  | { type: 'fault'; fault: Fault }
  | { type: 'ledger'; row: LedgerRow; counted: boolean }
  | { type: 'wechat'; changes: WechatChange[] }
  | { type: 'login_code'; code: string }
  | { type: 'clock'; offsetMs: number }
  | { type: 'demo_anchor'; day: string }
  | { type: 'reset'; faults: Fault[] }

/** Everything the simulator remembers, folded from its journal. Each change is in the file before it is visible. */
export class SimulatorState {
  private readonly invoices = new Map<string, StoredInvoice>()
  private readonly counts = new Map<string, number>()
  private readonly usedCodes = new Set<string>()
  faults: readonly Fault[] = []
  ledger: LedgerRow[] = []
  messages: MessageRow[] = []
  readonly wechat = new WechatBook()
  clockOffsetMs = 0
  /** The day that the demo invoices' dates are reckoned from; null before the first start. */
  demoAnchor: string | null = null

  constructor(private readonly journal: Journal<Entry>) {
    for (const entry of journal.entries) this.apply(entry)
  }

  record(entry: Entry): void {
    this.journal.append(entry)
    this.apply(entry)
  }

  invoiceList(): StoredInvoice[] {
    return [...this.invoices.values()]
  }

  find(invoiceCode: string, invoiceNumber: string): StoredInvoice | null {
    return this.invoices.get(bookKey(invoiceCode, invoiceNumber)) ?? null
  }

  /** Checks of an invoice that counted on a Shanghai day, all providers together. */
  countOn(day: string, invoiceCode: string, invoiceNumber: string): number {
    return this.counts.get(`${day} ${bookKey(invoiceCode, invoiceNumber)}`) ?? 0
  }

  isUsed(code: string): boolean {
    return this.usedCodes.has(code)
  }

  private apply(entry: Entry): void {
    switch (entry.type) {
      case 'invoices':
        for (const invoice of entry.invoices) {
          this.invoices.set(bookKey(invoice.invoiceCode, invoice.invoiceNumber), invoice)
        }
        return
      case 'fault':
        this.faults = withFault(this.faults, entry.fault)
        return
      case 'ledger':
        this.ledger.push(entry.row)
        if (entry.counted) this.count(entry.row)
        return
      case 'wechat':
        for (const change of entry.changes) {
          if (change.do === 'message') this.messages.push(change.row)
          this.wechat.apply(change)
        }
        return
      case 'login_code':
        this.usedCodes.add(entry.code)
        return
      case 'clock':
        this.clockOffsetMs = entry.offsetMs
        return
      case 'demo_anchor':
        this.demoAnchor = entry.day
        return
      case 'reset':
        this.faults = entry.faults
        this.ledger = []
        this.messages = []
        this.counts.clear()
    }
  }

  private count(row: LedgerRow): void {
    const key = `${shanghaiDay(Date.parse(row.at))} ${bookKey(row.invoiceCode, row.invoiceNumber)}`
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1)
  }
}
