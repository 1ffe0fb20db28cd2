import type { Subscriptions, TemplateKey } from '@shared/contract/notice'
import type { Failure } from '@shared/contract/problem'
import { getSubscriptions, putSubscriptions } from '../api/notices'
import { watchOnline } from '../platform/network'
import { load, STORED, save } from '../platform/storage'
import { type Asked, askForMessages, CAN_MESSAGE } from '../platform/subscribe'
import { dropAnswers, isAccept, keepAnswers, waitingAnswers } from './accepts'
import { bodyOf, type Choice, chosen, dropChoice, keepChoice, waitingChoice } from './choice'
import { createStore, useStore } from './store'

/** What I want to be told of. `saved`: the server knows it; `waiting`: the phone keeps it until the network is back. */
interface Mine {
  subscriptions: Subscriptions | null
  saving: 'at_rest' | 'saving' | 'saved' | 'waiting'
  failure: Failure | null
}

/** The API takes no more in one call. */
const ANSWERS = 10

const NOTHING: Mine = { subscriptions: null, saving: 'at_rest', failure: null }
const mine = createStore<Mine>(NOTHING)
/** Whether the server was heard since the app started. */
let isHeard = false

function hear(subscriptions: Subscriptions): void {
  isHeard = true
  save(STORED.mine, subscriptions)
  mine.set({ ...mine.get(), subscriptions: chosen(subscriptions, waitingChoice()), failure: null })
}

/** Shows what is kept; asks nobody, unless something waits to be sent. Called when the app starts. */
export function startMine(): void {
  const kept = load<Subscriptions>(STORED.mine)
  if (Array.isArray(kept?.templates)) mine.set({ ...NOTHING, subscriptions: chosen(kept, waitingChoice()) })
  watchOnline(online => {
    if (online) void sendWaiting()
  })
}

/** Asks the server, and sends what waits. */
export async function readMine(): Promise<void> {
  const result = await getSubscriptions()
  if (result.ok) hear(result.data)
  else mine.set({ ...mine.get(), failure: result.failure })
  if (result.ok) await sendWaiting()
}

/** Shown at once, kept at once, sent at once. */
export function choose(change: Choice): void {
  keepChoice(change)
  const { subscriptions } = mine.get()
  mine.set({ ...mine.get(), subscriptions: subscriptions && chosen(subscriptions, change), saving: 'saving' })
  void sendWaiting()
}

let sending: Promise<void> | null = null

export function sendWaiting(): Promise<void> {
  sending ??= sendAll().finally(() => {
    sending = null
  })
  return sending
}

async function sendAll(): Promise<void> {
  while (waitingChoice() !== null || waitingAnswers(1).length > 0) {
    mine.set({ ...mine.get(), saving: 'saving' })
    if (!(await sendOnce())) {
      mine.set({ ...mine.get(), saving: 'waiting' })
      return
    }
    mine.set({ ...mine.get(), saving: 'saved' })
  }
}

async function sendOnce(): Promise<boolean> {
  if (!isHeard) {
    const heard = await getSubscriptions()
    if (!heard.ok) return false
    hear(heard.data)
  }
  const known = load<Subscriptions>(STORED.mine)
  if (!known) return false
  const choice = waitingChoice()
  const templates = waitingAnswers(ANSWERS)
  const result = await putSubscriptions({ ...bodyOf(known, choice), templates })
  const isRefused = !result.ok && result.failure.kind === 'problem' && result.failure.problem.status === 422
  if (!result.ok && !isRefused) return false
  // What the server refuses once it refuses for ever: a template that is gone, for one.
  dropAnswers(templates)
  if (result.ok || templates.length === 0) dropChoice(choice)
  if (result.ok) hear(result.data)
  return true
}

export function forgetMine(): void {
  isHeard = false
  mine.set(NOTHING)
}

export function useMine(): Mine {
  return useStore(mine)
}

function templatesOf(keys: readonly TemplateKey[], force: boolean): string[] {
  const templates = mine.get().subscriptions?.templates ?? []
  const wanted = templates.filter(({ key, refused }) => keys.includes(key) && (force || !refused))
  return wanted.map(({ templateId }) => templateId)
}

/** What WeChat's answers come to: messages for all templates, for some, for none; `off`: switched off for all programs. */
export type Added = 'added' | 'some' | 'refused' | 'off' | 'failed' | 'not_asked'

/** The person has switched all messages off in WeChat [upstreams § 6.3]. */
const MAIN_SWITCH_OFF = 20004

function addedOf(templateIds: readonly string[], asked: Asked): Added {
  if (!asked.ok) return asked.code === MAIN_SWITCH_OFF ? 'off' : 'failed'
  const accepted = templateIds.filter(id => isAccept(asked.answers[id])).length
  return accepted === 0 ? 'refused' : accepted === templateIds.length ? 'added' : 'some'
}

/**
 * Asks WeChat for one more message of each template: the first thing that a tap's handler does, before any await. Templates
 * with a lasting no are asked for by `force` alone, which is a button that says so.
 */
export async function askForMore(keys: readonly TemplateKey[], force = false): Promise<Added> {
  const templateIds = templatesOf(keys, force)
  if (!CAN_MESSAGE || templateIds.length === 0) return 'not_asked'
  const asked = await askForMessages(templateIds)
  keepAnswers(templateIds, asked)
  void sendWaiting()
  return addedOf(templateIds, asked)
}
