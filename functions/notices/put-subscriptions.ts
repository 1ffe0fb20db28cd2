import type { SubscriptionsBody } from '@shared/contract/notice'
import type { FieldProblem } from '@shared/invoice/hint'
import { REGIONS } from '@shared/invoice/region'
import { COMPONENTS } from '@shared/notice/notice'
import type { WechatIdentityStore } from '../account/ports'
import { ServiceError } from '../errors'
import type { Clock } from '../verification/ports'
import { acceptByClient, type Changed, inTurn, lastingNo } from './accepts'
import type { Subscriber, Template } from './fan-out/ports'
import { changeSubscriber, type SubscriberPorts } from './subscriber'

export interface PutSubscriptionsPorts extends SubscriberPorts {
  clock: Clock
  identities: Pick<WechatIdentityStore, 'read'>
  templates: readonly Template[]
}

type Answer = { template: Template; accepted: boolean; acceptId: string | undefined; answer: string | undefined }

/** Ids stand as names in an item, so they must not be the name of something that every object has. */
const NOTICE_ID = /^ntc_\w{1,60}$/

/** @throws ServiceError INVALID_FIELDS naming templates we do not send, accepts that could be counted twice, odd ids and regions that are none */
function answersOf(
  templates: readonly Template[],
  { templates: given, recoveries = [], regions }: SubscriptionsBody,
): Answer[] {
  const odd = recoveries.flatMap((id, at): FieldProblem[] =>
    NOTICE_ID.test(id) ? [] : [{ field: `recoveries.${at}`, reason: 'format' }],
  )
  const unknown = regions.flatMap((code, at): FieldProblem[] =>
    REGIONS.some(region => region.code === code) ? [] : [{ field: `regions.${at}`, reason: 'unknown_value' }],
  )
  const fields = given.flatMap(({ templateId, accepted, acceptId }, at): FieldProblem[] => {
    if (!templates.some(template => template.templateId === templateId)) {
      return [{ field: `templates.${at}.templateId`, reason: 'unknown_value' }]
    }
    return accepted && acceptId === undefined ? [{ field: `templates.${at}.acceptId`, reason: 'required' }] : []
  })
  const problems = [...unknown, ...odd, ...fields]
  if (problems.length > 0) throw new ServiceError('INVALID_FIELDS', { fields: problems })
  return given.flatMap(({ templateId, ...rest }) => {
    const template = templates.find(known => known.templateId === templateId)
    return template === undefined ? [] : [{ template, acceptId: undefined, answer: undefined, ...rest }]
  })
}

const choiceOf = ({
  components,
  regions,
  recoveries,
  openid,
}: Pick<Subscriber, 'components' | 'regions' | 'recoveries' | 'openid'>) =>
  JSON.stringify([components, regions, Object.entries(recoveries).sort(), openid])
const wantsNothing = ({ components, recoveries }: Subscriber) =>
  components.length === 0 && Object.keys(recoveries).length === 0

/** What the person wants to be told of, and at which openid. Null when nothing of it changes. */
function chosen(person: Subscriber, body: SubscriptionsBody, openid: string | null, now: number): Changed | null {
  const components = COMPONENTS.filter(component => body.components.includes(component))
  const regions = [...new Set(body.regions)].sort()
  const recoveries =
    body.recoveries === undefined
      ? person.recoveries
      : Object.fromEntries(body.recoveries.map(id => [id, person.recoveries[id] ?? now]))
  const wanted = { components, regions, recoveries, openid }
  if (choiceOf(wanted) === choiceOf(person)) return null
  // Who comes back after having wanted nothing does not get what was told meanwhile.
  const since = wantsNothing(person) ? now : person.since
  return { person: { ...person, ...wanted, since, changedAt: now }, added: {} }
}

/** A no in the dialog takes nothing away; `ban` says that WeChat has taken the template from us. */
function counted(person: Subscriber, { template, accepted, acceptId, answer }: Answer, now: number): Changed | null {
  if (accepted) return acceptId === undefined ? null : acceptByClient(person, template.key, acceptId, now)
  return answer === 'ban' ? lastingNo(person, template.key, now) : null
}

/**
 * Sets what a person wants to be told of, and counts accepts of message templates, each acceptId once. Empty components
 * unsubscribe.
 * @throws ServiceError INVALID_FIELDS for unknown templates; UNAUTHENTICATED when the account is deleted
 */
export async function putSubscriptions(
  ports: PutSubscriptionsPorts,
  userId: string,
  body: SubscriptionsBody,
): Promise<Subscriber | null> {
  const answers = answersOf(ports.templates, body)
  const now = ports.clock.now()
  const openid = (await ports.identities.read(userId))?.openid ?? null
  const isEmpty = body.components.length === 0 && (body.recoveries ?? []).length === 0 && answers.length === 0
  return changeSubscriber(ports, userId, now, person =>
    person.rev === 0 && isEmpty
      ? null
      : inTurn(person, [
          before => chosen(before, body, openid ?? before.openid, now),
          ...answers.map(answer => (before: Subscriber) => counted(before, answer, now)),
        ]),
  )
}
