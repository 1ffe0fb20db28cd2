import type { NoticeView, Status } from '@shared/contract/notice'
import type { Failure } from '@shared/contract/problem'
import { getStatus } from '../api/notices'
import { load, STORED, save } from '../platform/storage'
import { isShownHere } from './news'
import { createStore, useStore } from './store'
import { serverNow } from './use-service'

/** How checking stands, as last heard, and when; kept so that every page knows it at once and without a network. */
interface Standing {
  status: Status | null
  /** The server's clock, ms. */
  readAt: number
  reading: boolean
  failure: Failure | null
}

/** What is older is asked again when a page is shown. */
const FRESH_MS = 60_000

const standing = createStore<Standing>({ status: null, readAt: 0, reading: false, failure: null })

type Kept = Pick<Standing, 'status' | 'readAt'>

/** Shows what is kept, and asks. Called when the app starts. */
export function startStanding(): void {
  const kept = load<Kept>(STORED.status)
  if (Array.isArray(kept?.status?.components)) standing.set({ ...standing.get(), ...kept })
  void readStanding()
}

let reading: Promise<void> | null = null

/** Asks the server; many callers at once share one question. */
export function readStanding(): Promise<void> {
  reading ??= read().finally(() => {
    reading = null
  })
  return reading
}

async function read(): Promise<void> {
  standing.set({ ...standing.get(), reading: true })
  const result = await getStatus()
  if (!result.ok) {
    standing.set({ ...standing.get(), reading: false, failure: result.failure })
    return
  }
  const heard = { status: shownHere(result.data), readAt: serverNow() }
  save(STORED.status, heard satisfies Kept)
  standing.set({ ...heard, reading: false, failure: null })
}

export function readStandingWhenOld(): void {
  if (serverNow() - standing.get().readAt > FRESH_MS) void readStanding()
}

function shownHere(status: Status): Status {
  const { current, upcoming } = status
  return { ...status, current: current.filter(isShownHere), upcoming: upcoming.filter(isShownHere) }
}

export function useStanding(): Standing {
  return useStore(standing)
}

/** What is on and what comes, the nearest first. */
export function nearNotices({ status }: Pick<Standing, 'status'>): readonly NoticeView[] {
  return status ? [...status.current, ...status.upcoming] : []
}

export function currentStanding(): Standing {
  return standing.get()
}
