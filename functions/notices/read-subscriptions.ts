import type { Subscriptions } from '@shared/contract/notice'
import type { WechatIdentityStore } from '../account/ports'
import type { Subscriber, Template } from './fan-out/ports'

export interface ReadSubscriptionsPorts {
  identities: Pick<WechatIdentityStore, 'read'>
  templates: readonly Template[]
}

/** What a person has chosen, and how many messages are left of each template. */
export async function subscriptionsView(
  ports: ReadSubscriptionsPorts,
  userId: string,
  person: Subscriber | null,
  unread: number,
): Promise<Subscriptions> {
  const openid = person?.openid ?? (await ports.identities.read(userId))?.openid ?? null
  return {
    components: [...(person?.components ?? [])],
    regions: [...(person?.regions ?? [])],
    recoveries: Object.keys(person?.recoveries ?? {}),
    templates: ports.templates.map(({ templateId, key, title }) => ({
      templateId,
      key,
      title,
      left: person?.credits[key] ?? 0,
      refused: person?.refused.includes(key) ?? false,
    })),
    canMessage: openid !== null,
    unread,
  }
}
