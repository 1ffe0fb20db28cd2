import * as z from 'zod/mini'
import { INVOICE_KINDS } from '../invoice/invoice-kind'
import { CAUSES, LIFECYCLES, LIKELIHOODS, OUTCOMES } from '../invoice/outcome'

const nullable = z.nullable
const text = z.string()

/**
 * Names that may grow. A reader one version behind takes an unknown name for the honest "we do not know", so that an old
 * client never reads a new answer as a good invoice.
 */
export const Kind = z.catch(z.enum(INVOICE_KINDS), 'UNKNOWN')
export const OutcomeName = z.catch(z.enum(OUTCOMES), 'could_not_check')
export const LifecycleName = z.catch(z.enum(LIFECYCLES), 'unknown')
export const CauseName = z.catch(z.enum(CAUSES), 'unknown_answer')

/** Where the question came from. */
export const SOURCES = ['manual', 'qr', 'photo', 'file', 'voice', 'batch', 'api'] as const
export const Source = z.enum(SOURCES)

export const Party = z.object({ name: text, taxId: text })
export type Party = z.infer<typeof Party>

/** A line of goods or services as the tax data returns it; decimal strings, empty when absent. */
export const InvoiceItem = z.object({
  name: text,
  spec: text,
  unit: text,
  quantity: text,
  unitPrice: text,
  amountWithoutTax: text,
  taxRate: text,
  taxAmount: text,
})
export type InvoiceItem = z.infer<typeof InvoiceItem>

/**
 * The invoice as far as it is known: before an answer what was asked, after `consistent` what the tax data holds. Money is
 * a decimal string with two places, days are `YYYY-MM-DD` in Asia/Shanghai, unknown is null.
 */
export const Invoice = z.object({
  kind: Kind,
  invoiceCode: nullable(text),
  invoiceNumber: text,
  issueDate: text,
  /** The amount of the kind's own basis, the one the question is asked with. */
  amount: nullable(text),
  checkCode: nullable(text),
  amountWithoutTax: nullable(text),
  taxAmount: nullable(text),
  amountWithTax: nullable(text),
  seller: nullable(Party),
  buyer: nullable(Party),
  remark: nullable(text),
  taxBureau: nullable(text),
  /** Lines of the invoice. Lists leave them out (empty); a single record has them all. */
  items: z.array(InvoiceItem),
  /** How many lines of a very long invoice are not in `items`. */
  itemsLeftOut: z.optional(z.number()),
})
export type Invoice = z.infer<typeof Invoice>

export const Asked = z.object({
  kind: Kind,
  invoiceCode: nullable(text),
  invoiceNumber: text,
  issueDate: text,
  amount: nullable(text),
  checkCode: nullable(text),
  sellerTaxId: nullable(text),
})
export type Asked = z.infer<typeof Asked>

export const ReasonView = z.object({
  code: text,
  likelihood: z.catch(z.enum(LIKELIHOODS), 'possible'),
  message: text,
  action: z.optional(text),
})
export type ReasonView = z.infer<typeof ReasonView>

export const HintView = z.object({ code: text, field: z.optional(text), message: text })
export type HintView = z.infer<typeof HintView>

/** What one provider said, of a check that asked two. */
export const Opinion = z.object({
  provider: text,
  requestId: text,
  checkedAt: text,
  outcome: OutcomeName,
  lifecycle: nullable(LifecycleName),
})
export type Opinion = z.infer<typeof Opinion>

/** Where a paper is checked that nobody here can check, with what to type there in the order of its form. */
export const Place = z.object({
  code: text,
  name: text,
  /** Null when the place has no address of its own: then `note` says how to find it. */
  url: nullable(text),
  note: text,
  fields: z.array(z.object({ field: text, label: text, value: nullable(text) })),
})
export type Place = z.infer<typeof Place>

/** The notice that explains an answer, or whose end a check waits for: its page has the rest. */
export const NoticeBrief = z.object({ id: text, title: text })
export type NoticeBrief = z.infer<typeof NoticeBrief>

/**
 * What a pending check waits for: an answer that somebody is fetching (`answer`), another question about the same invoice
 * (`turn`), a place in the provider's rate (`slot`), the one re-check after an answer was lost (`recheck`), or the end of
 * an outage (`outage`): then `nextTryAt` is when that is expected to be over.
 */
export const WAITS = ['answer', 'turn', 'slot', 'recheck', 'outage'] as const

export const Verification = z.object({
  id: text,
  state: z.enum(['pending', 'done']),
  outcome: nullable(OutcomeName),
  lifecycle: nullable(LifecycleName),
  cause: z.optional(CauseName),
  reasons: z.array(ReasonView),
  hints: z.array(HintView),
  invoice: Invoice,
  asked: Asked,
  /** Null when nobody was asked. */
  provider: nullable(z.object({ name: text, requestId: text, checkedAt: text })),
  /** 13 characters of Crockford base32 and its check character; null while pending. */
  proofNumber: nullable(text),
  /** Of the invoice, 0–5: live in an answer about one check; a list shows the number of the time of the check. */
  triesLeftToday: z.number(),
  /** What the person may still spend of them: one person has three of the five. */
  yourTriesLeftToday: z._default(z.number(), 3),
  /** Null when nothing is waited for. */
  waiting: z._default(nullable(z.catch(z.enum(WAITS), 'answer')), null),
  /** Both findings, in the order of asking, when a second provider was asked; else empty. */
  opinions: z._default(z.array(Opinion), []),
  /** The two found different things: a state of its own, never averaged. */
  disagreement: z._default(z.boolean(), false),
  /** With `not_checkable`. */
  place: z._default(nullable(Place), null),
  /** The check that this one repeats by itself. */
  follows: z._default(nullable(text), null),
  /** When it will be repeated by itself, as a new check; null when it will not. */
  followUpAt: z._default(nullable(text), null),
  /** The notice that explains the outcome, or whose end a check waits for that was sent with `afterRecovery`. */
  notice: z._default(nullable(NoticeBrief), null),
  fromCache: z.boolean(),
  simulated: z.boolean(),
  source: z.catch(Source, 'api'),
  /** While pending the expected time of the next step; then when asking again makes sense, null when it does not. */
  nextTryAt: nullable(text),
  createdAt: text,
})
export type Verification = z.infer<typeof Verification>

/** A field that takes text only: a JSON number would lose leading zeros or digits beyond 2^53. */
const field = (max: number) => z.optional(nullable(z.string().check(z.maxLength(max))))

export const CreateVerificationBody = z.object({
  qr: field(4096),
  invoiceCode: field(64),
  invoiceNumber: field(64),
  issueDate: field(64),
  amount: field(64),
  checkCode: field(64),
  sellerTaxId: field(64),
  kind: z.optional(nullable(z.enum(INVOICE_KINDS))),
  source: z.optional(Source),
  /** While a notice says that nobody can check this kind: do not ask now, ask by itself when it is over. */
  afterRecovery: z.optional(nullable(z.boolean())),
})
export type CreateVerificationBody = z.infer<typeof CreateVerificationBody>

export const ParsedInvoice = z.object({
  kind: Kind,
  invoiceCode: nullable(text),
  invoiceNumber: nullable(text),
  issueDate: nullable(text),
  amount: nullable(text),
  amountBasis: z.enum(['excl_tax', 'incl_tax', 'unknown']),
  checkCode: nullable(text),
  qrChecksum: z.enum(['intact', 'unknown', 'inconsistent', 'none']),
  hints: z.array(HintView),
})
export type ParsedInvoice = z.infer<typeof ParsedInvoice>
