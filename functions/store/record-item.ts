import { Asked, Invoice, type InvoiceItem, NoticeBrief, Source, WAITS } from '@shared/contract/verification'
import { ASKED_FIELDS, HINT_CODES, type Hint } from '@shared/invoice/hint'
import * as z from 'zod/mini'
import type { VerificationRecord } from '../verification/ports'
import { AnswerHead } from './stored-answer'
import { createdSort, ITEM_VERSION, pendingShard, recordKey } from './table'

const KnownHint = z.object({ code: z.enum(HINT_CODES), field: z.optional(z.enum(ASKED_FIELDS)) })
const Hints = z.pipe(
  z._default(z.array(z.unknown()), []),
  z.transform(list =>
    list.flatMap((entry): Hint[] => {
      const parsed = KnownHint.safeParse(entry)
      return parsed.success ? [parsed.data as Hint] : []
    }),
  ),
)

const Recovery = z.object({
  notice: NoticeBrief,
  expectedAt: z._default(z.nullable(z.number()), null),
  begunAt: z._default(z.nullable(z.number()), null),
})

/** What a row of the history shows: the only attribute in the index `byCreation`. */
const Head = z.object({
  id: z.string(),
  state: z.enum(['pending', 'done']),
  createdAt: z.number(),
  source: z.catch(Source, 'api'),
  asked: Asked,
  kindGiven: z._default(z.boolean(), false),
  hints: Hints,
  answer: z._default(z.nullable(AnswerHead), null),
  /** The tax data without its lines and long texts. */
  invoice: z._default(z.nullable(Invoice), null),
  fromCache: z._default(z.boolean(), false),
  proofNumber: z._default(z.nullable(z.string()), null),
  triesLeftToday: z._default(z.number(), 0),
  yourTriesLeftToday: z._default(z.number(), 0),
  waiting: z._default(z.nullable(z.catch(z.enum(WAITS), 'answer')), null),
  deadline: z._default(z.nullable(z.number()), null),
  anew: z._default(z.boolean(), false),
  costFen: z._default(z.number(), 0),
  follows: z._default(z.nullable(z.string()), null),
  followUpAt: z._default(z.nullable(z.number()), null),
  putOff: z._default(z.number(), 0),
  recovery: z._default(z.catch(z.nullable(Recovery), null), null),
  tellAt: z._default(z.nullable(z.number()), null),
})

const Detail = z.object({
  remark: z._default(z.nullable(z.string()), null),
  taxBureau: z._default(z.nullable(z.string()), null),
  items: z._default(z.array(z.unknown()), []),
})

const Item = z.object({
  pk: z.string(),
  bodyHash: z._default(z.string(), ''),
  attempt: z._default(z.string(), ''),
  invoiceKey: z._default(z.string(), ''),
  questionKey: z._default(z.string(), ''),
  head: Head,
  detail: z.optional(Detail),
})

/** Lower-case text that `q` looks in: what was asked and who the tax data names. */
function searchText(record: VerificationRecord): string {
  const { asked, answer } = record
  const parties = [answer?.invoice?.seller, answer?.invoice?.buyer].flatMap(party =>
    party ? [party.name, party.taxId] : [],
  )
  const texts = [asked.invoiceCode, asked.invoiceNumber, asked.sellerTaxId, ...parties]
  return texts.filter(Boolean).join(' ').toLowerCase()
}

/** The attributes that change when a record is finished. */
export function changingAttributes(record: VerificationRecord) {
  const { answer, ...rest } = record
  const { invoice, ...answerHead } = answer ?? { invoice: null }
  const { items, remark, taxBureau, ...brief } = invoice ?? { items: [], remark: null, taxBureau: null }
  const { bodyHash: _, invoiceKey: __, questionKey: ___, userId: ____, attempt: _____, ...row } = rest
  const head = {
    ...row,
    answer: answer === null ? null : answerHead,
    invoice: invoice === null ? null : { ...brief, remark: null, taxBureau: null, items: [] },
    search: searchText(record),
  }
  return { head, detail: { items, remark, taxBureau } }
}

/** When somebody has to look at a record who has not got it in hand, ms; null when nobody has to. */
export function dueAt({ state, deadline, followUpAt, tellAt }: VerificationRecord): number | null {
  return state === 'pending' ? deadline : (tellAt ?? followUpAt)
}

/** The whole item of a record; one that is due some time stands in the sparse index. */
export function recordItem(record: VerificationRecord) {
  const { bodyHash, attempt, invoiceKey, questionKey, id, userId, createdAt, state } = record
  const due = dueAt(record)
  return {
    ...recordKey(userId, id),
    v: ITEM_VERSION,
    createdSort: createdSort(createdAt, id),
    state,
    bodyHash,
    attempt,
    invoiceKey,
    questionKey,
    ...changingAttributes(record),
    ...(due !== null && { pendingShard: pendingShard(id), deadline: due }),
  }
}

/** A record from its item or from a row of the index (then without lines and long texts). */
export function recordFrom(item: Record<string, unknown>): VerificationRecord {
  const { pk, bodyHash, attempt, invoiceKey, questionKey, head, detail } = Item.parse(item)
  const { answer, invoice, ...row } = head
  const whole = invoice && {
    ...invoice,
    ...(detail && { remark: detail.remark, taxBureau: detail.taxBureau, items: detail.items as InvoiceItem[] }),
  }
  return {
    ...row,
    userId: pk.slice('USER#'.length),
    bodyHash,
    attempt,
    invoiceKey,
    questionKey,
    answer: answer && { ...answer, invoice: whole },
  }
}
