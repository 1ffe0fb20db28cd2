import type { InboxItem, NoticeView, Status, Subscriptions, SubscriptionsBody } from '@shared/contract/notice'
import { status, subscriptions } from './canned-notices'

interface Answered {
  status: number
  data: unknown
}

const ok = (data: unknown): Answered => ({ status: 200, data })

/** The calls about notices, with what a test puts in; accepts are counted once by their id, as the server does. */
export class CannedNoticeApi {
  status: Status = status()
  notices: NoticeView[] = []
  mine: Subscriptions = subscriptions()
  inbox: InboxItem[] = []
  /** Every body of `PUT /v1/subscriptions`. */
  readonly put: SubscriptionsBody[] = []
  readonly readUntil: string[] = []
  signature: string | null = 'f00d'
  pageSize = 10
  private readonly counted = new Set<string>()

  respondToAnyone(route: string, query: URLSearchParams): Answered | null {
    if (route === 'GET /v1/status') return ok(this.status)
    if (route === 'GET /v1/notices') return ok(pageOf(this.notices, query, this.pageSize))
    const id = /^GET \/v1\/notices\/([^/]+)$/.exec(route)?.[1]
    if (id === undefined) return null
    const found = [...this.notices, ...this.status.current, ...this.status.upcoming].find(one => one.id === id)
    return found
      ? ok(found)
      : { status: 404, data: { status: 404, code: 'NOT_FOUND', title: '', detail: '', type: '', requestId: 'r' } }
  }

  respondToUser(route: string, body: unknown): Answered | null {
    if (route === 'GET /v1/subscriptions') return ok(this.mine)
    if (route === 'PUT /v1/subscriptions') return ok(this.take(body as SubscriptionsBody))
    if (route === 'GET /v1/inbox')
      return ok({ items: this.inbox, nextCursor: null, unread: this.inbox.filter(({ read }) => !read).length })
    if (route === 'PUT /v1/inbox') {
      this.readUntil.push((body as { readUntil: string }).readUntil)
      this.mine = { ...this.mine, unread: 0 }
      return { status: 204, data: null }
    }
    const id = /^GET \/v1\/notices\/([^/]+)\/calendar-link$/.exec(route)?.[1]
    return id ? ok({ path: `pages/notice/index?id=${id}`, signature: this.signature }) : null
  }

  private take(body: SubscriptionsBody): Subscriptions {
    this.put.push(body)
    const fresh = body.templates.filter(({ acceptId = '' }) => !this.counted.has(acceptId))
    for (const { acceptId = '' } of fresh) this.counted.add(acceptId)
    const templates = this.mine.templates.map(template => {
      const answers = fresh.filter(({ templateId }) => templateId === template.templateId)
      const accepts = answers.filter(({ accepted }) => accepted).length
      const refused = answers.length > 0 ? accepts === 0 : template.refused
      return { ...template, left: template.left + accepts, refused }
    })
    const { components, regions, recoveries = this.mine.recoveries } = body
    this.mine = { ...this.mine, components, regions, recoveries, templates }
    return this.mine
  }
}

function pageOf(notices: readonly NoticeView[], query: URLSearchParams, size: number) {
  const start = Number(query.get('cursor') ?? 0)
  const end = start + size
  return { items: notices.slice(start, end), nextCursor: end < notices.length ? String(end) : null }
}
