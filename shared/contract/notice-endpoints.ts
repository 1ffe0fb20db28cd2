import * as z from 'zod/mini'
import { type Endpoint, text } from './endpoint'
import {
  Inbox,
  NoticePage,
  NoticeQuery,
  NoticeView,
  RegionCode,
  Status,
  Subscriptions,
  SubscriptionsBody,
} from './notice'

const id = z.object({ id: z.string() })
const { component, region, state } = NoticeQuery.shape
const feedQuery = z.object({ component, region, state })

export const ListNotices = {
  name: 'listNotices',
  summary: 'Notices of maintenance and outages: what is not over first, then the newest',
  method: 'GET',
  path: '/v1/notices',
  auth: 'anyone',
  rate: 'reads',
  request: { query: NoticeQuery },
  response: { 200: NoticePage },
} as const satisfies Endpoint

export const GetNotice = {
  name: 'getNotice',
  summary: 'One notice',
  method: 'GET',
  path: '/v1/notices/{id}',
  auth: 'anyone',
  rate: 'reads',
  request: { params: id },
  response: { 200: NoticeView },
} as const satisfies Endpoint

export const GetStatus = {
  name: 'getStatus',
  summary: 'How every component stands now, what is on and what comes, and our own measurement of 90 days',
  method: 'GET',
  path: '/v1/status',
  auth: 'anyone',
  rate: 'reads',
  request: { query: z.object({ region: z.optional(RegionCode) }) },
  response: { 200: Status },
} as const satisfies Endpoint

export const CalendarFeed = {
  name: 'calendarFeed',
  summary: 'Windows as a calendar (RFC 5545): a moved window moves, a cancelled one leaves',
  method: 'GET',
  path: '/v1/notices.ics',
  auth: 'anyone',
  rate: 'reads',
  request: { query: z.extend(feedQuery, { id: z.optional(z.string()) }) },
  response: { 200: text('text/calendar; charset=utf-8') },
} as const satisfies Endpoint

export const AtomFeed = {
  name: 'atomFeed',
  summary: 'Notices as a feed (RFC 4287)',
  method: 'GET',
  path: '/v1/notices.atom',
  auth: 'anyone',
  rate: 'reads',
  request: { query: feedQuery },
  response: { 200: text('application/atom+xml; charset=utf-8') },
} as const satisfies Endpoint

export const JsonFeed = {
  name: 'jsonFeed',
  summary: 'Notices as a feed (JSON Feed 1.1)',
  method: 'GET',
  path: '/v1/notices.json',
  auth: 'anyone',
  rate: 'reads',
  request: { query: feedQuery },
  response: { 200: text('application/feed+json; charset=utf-8') },
} as const satisfies Endpoint

/** `path` is a page of ours for an entry of the phone's calendar; without a signature it works, too, but opens the first page. */
export const GetCalendarLink = {
  name: 'getCalendarLink',
  summary: "A page of a notice, signed with the caller's WeChat session for wx.addPhoneCalendar",
  method: 'GET',
  path: '/v1/notices/{id}/calendar-link',
  auth: 'user',
  rate: 'reads',
  request: { params: id },
  response: { 200: z.object({ path: z.string(), signature: z.nullable(z.string()) }) },
} as const satisfies Endpoint

export const GetSubscriptions = {
  name: 'getSubscriptions',
  summary: 'What I want to be told of, and how many messages are left',
  method: 'GET',
  path: '/v1/subscriptions',
  auth: 'user',
  rate: 'reads',
  request: {},
  response: { 200: Subscriptions },
} as const satisfies Endpoint

export const PutSubscriptions = {
  name: 'putSubscriptions',
  summary: 'Set what I want to be told of, and count accepts of message templates, each acceptId once',
  method: 'PUT',
  path: '/v1/subscriptions',
  auth: 'user',
  request: { body: SubscriptionsBody },
  response: { 200: Subscriptions },
} as const satisfies Endpoint

export const GetInbox = {
  name: 'getInbox',
  summary: 'Messages in the app, newest first, whether WeChat carried them or not',
  method: 'GET',
  path: '/v1/inbox',
  auth: 'user',
  rate: 'reads',
  request: { query: z.object({ limit: z.optional(z.string()), cursor: z.optional(z.string()) }) },
  response: { 200: Inbox },
} as const satisfies Endpoint

export const ReadInbox = {
  name: 'readInbox',
  summary: 'Messages until then are read',
  method: 'PUT',
  path: '/v1/inbox',
  auth: 'user',
  request: { body: z.object({ readUntil: z.string() }) },
  response: { 204: null },
} as const satisfies Endpoint

const signed = {
  signature: z.optional(z.string()),
  msg_signature: z.optional(z.string()),
  timestamp: z.optional(z.string()),
  nonce: z.optional(z.string()),
}

/** WeChat asks once whether the address is ours [upstreams reference § 6.2]. */
export const CheckPushAddress = {
  name: 'checkPushAddress',
  summary: "WeChat's check of the message push address",
  method: 'GET',
  path: '/v1/wechat/events',
  auth: 'anyone',
  request: { query: z.object({ ...signed, echostr: z.optional(z.string()) }) },
  response: { 200: text('text/plain; charset=utf-8') },
} as const satisfies Endpoint

export const PushEvent = {
  name: 'pushEvent',
  summary: "WeChat's message push: accepts, refusals and deliveries of subscribe messages",
  method: 'POST',
  path: '/v1/wechat/events',
  auth: 'anyone',
  request: { query: z.object(signed), body: z.looseObject({}) },
  response: { 200: text('text/plain; charset=utf-8') },
} as const satisfies Endpoint

export const NOTICE_ENDPOINTS = [
  ListNotices,
  CalendarFeed,
  AtomFeed,
  JsonFeed,
  GetNotice,
  GetCalendarLink,
  GetStatus,
  GetSubscriptions,
  PutSubscriptions,
  GetInbox,
  ReadInbox,
  CheckPushAddress,
  PushEvent,
] as const satisfies readonly Endpoint[]
