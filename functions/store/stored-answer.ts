import { CauseName, Invoice, LifecycleName, NoticeBrief, OutcomeName } from '@shared/contract/verification'
import { LIKELIHOODS, REASON_CODES, type Reason } from '@shared/invoice/outcome'
import * as z from 'zod/mini'

/** Names that a newer version added are dropped: a reason is an explanation, not the answer. */
const KnownReason = z.object({
  code: z.enum(REASON_CODES),
  likelihood: z.catch(z.enum(LIKELIHOODS), 'possible'),
})
export const Reasons = z.pipe(
  z._default(z.array(z.unknown()), []),
  z.transform(list =>
    list.flatMap((entry): Reason[] => {
      const parsed = KnownReason.safeParse(entry)
      return parsed.success ? [parsed.data] : []
    }),
  ),
)

const Spent = z.catch(z.enum(['yes', 'no', 'unknown']), 'unknown')
const nullish = <T extends z.ZodMiniType>(schema: T) => z._default(z.nullable(schema), null)

const StoredOpinion = z.object({
  provider: z.string(),
  requestId: z._default(z.string(), ''),
  checkedAt: z.number(),
  outcome: OutcomeName,
  lifecycle: nullish(LifecycleName),
})

/** The answer in an item, without the tax data. Readers accept one version older and newer. */
export const AnswerHead = z.object({
  outcome: OutcomeName,
  lifecycle: nullish(LifecycleName),
  cause: nullish(CauseName),
  reasons: Reasons,
  requestId: z._default(z.string(), ''),
  charged: Spent,
  counted: Spent,
  nextTryAt: nullish(z.number()),
  provider: nullish(z.string()),
  // A record that does not say it is real counts as simulated, never the reverse.
  simulated: z._default(z.boolean(), true),
  checkedAt: z.number(),
  opinions: z._default(z.array(StoredOpinion), []),
  disagreement: z._default(z.boolean(), false),
  notice: z._default(z.catch(z.nullable(NoticeBrief), null), null),
})

/** The whole answer, tax data included. */
export const WholeAnswer = z.extend(AnswerHead, { invoice: nullish(Invoice) })
