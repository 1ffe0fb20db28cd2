import type { SubscriptionsBody } from '@shared/contract/notice'
import {
  GetCalendarLink,
  GetNotice,
  GetStatus,
  GetSubscriptions,
  ListNotices,
  PutSubscriptions,
} from '@shared/contract/notice-endpoints'
import { call } from './call'

export const getStatus = () => call(GetStatus)

export const getNotice = (id: string) => call(GetNotice, { params: { id } })

export const listNotices = (cursor: string | null) =>
  call(ListNotices, { query: { limit: '10', ...(cursor ? { cursor } : {}) } })

export const getCalendarLink = (id: string) => call(GetCalendarLink, { params: { id } })

export const getSubscriptions = () => call(GetSubscriptions)

export const putSubscriptions = (body: SubscriptionsBody) => call(PutSubscriptions, { body })
