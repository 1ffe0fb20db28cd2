import type { WechatIdentityStore } from '../account/ports'
import { ServiceError } from '../errors'
import type { NoticeStore } from './ports'

export interface CalendarLinkPorts {
  notices: Pick<NoticeStore, 'read'>
  identities: Pick<WechatIdentityStore, 'read'>
  /** HMAC-SHA-256 in hexadecimal. */
  hmac(key: string, text: string): string
}

/**
 * The page of a notice for an entry of the phone's calendar, signed as wx.addPhoneCalendar wants it: hmac_sha256(session_key,
 * path) [wechat-platform reference, § rules, calendar]. Without a session key the entry opens the first page.
 * @throws ServiceError NOT_FOUND when there is no such public notice
 */
export async function calendarLink(
  ports: CalendarLinkPorts,
  userId: string,
  noticeId: string,
): Promise<{ path: string; signature: string | null }> {
  const [notice, identity] = await Promise.all([ports.notices.read(noticeId), ports.identities.read(userId)])
  if (notice === null || notice.publishedAt === null) throw new ServiceError('NOT_FOUND')
  const path = `pages/notice/index?id=${encodeURIComponent(notice.id)}`
  const sessionKey = identity?.sessionKey ?? null
  return { path, signature: sessionKey === null ? null : ports.hmac(sessionKey, path) }
}
