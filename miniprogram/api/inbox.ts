import { GetInbox, ReadInbox } from '@shared/contract/notice-endpoints'
import { call } from './call'

export const listInbox = (cursor: string | null, language: string) =>
  call(GetInbox, { query: { limit: '20', ...(cursor ? { cursor } : {}) }, language })

export const readInbox = (readUntil: string) => call(ReadInbox, { body: { readUntil } })
