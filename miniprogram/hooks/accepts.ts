import type { TemplateAnswer } from '@shared/contract/notice'
import { randomName } from '../platform/sign-in-code'
import { load, STORED, save } from '../platform/storage'
import type { Asked } from '../platform/subscribe'

/** Far more than a person taps while the network is gone. */
const KEPT = 60

function kept(): TemplateAnswer[] {
  const answers = load<TemplateAnswer[]>(STORED.accepts)
  return Array.isArray(answers) ? answers : []
}

/** `accept`, and `acceptWithAudio` of templates that may sound. */
export function isAccept(answer: string | undefined): boolean {
  return answer?.startsWith('accept') ?? false
}

/**
 * Writes down what WeChat returned for each template, before anything is sent: an accept that is lost is a message lost.
 * The id of each lets the server count it once, however often it is sent.
 */
export function keepAnswers(templateIds: readonly string[], asked: Asked): void {
  const answers = templateIds.map(templateId => {
    const answer = asked.ok ? (asked.answers[templateId] ?? 'none') : `error:${asked.code}`
    return { templateId, accepted: isAccept(answer), acceptId: randomName(), answer }
  })
  save(STORED.accepts, [...kept(), ...answers].slice(-KEPT))
}

/** What the server has not counted yet, oldest first, at most `count`. */
export function waitingAnswers(count: number): TemplateAnswer[] {
  return kept().slice(0, count)
}

export function dropAnswers(counted: readonly TemplateAnswer[]): void {
  const ids = counted.map(({ acceptId }) => acceptId)
  save(
    STORED.accepts,
    kept().filter(({ acceptId }) => !ids.includes(acceptId)),
  )
}
