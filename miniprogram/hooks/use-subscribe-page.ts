import { COMPONENTS, type Component } from '@shared/notice/notice'
import { useEffect, useState } from 'react'
import { useShow } from '../platform/page'
import { CAN_MESSAGE } from '../platform/subscribe'
import { type Added, askForMore, choose, readMine, useMine } from './use-mine'

/** What most people want to be told of. */
const COMMON: readonly Component[] = ['verification', 'digital_sync']
const WORDS_AFTER_MS = 300

function toggled(list: readonly string[], name: string): string[] {
  return list.includes(name) ? list.filter(one => one !== name) : [...list, name]
}

/** State and moves of the page on which reminders are chosen. */
export function useSubscribePage() {
  const { subscriptions, saving, failure } = useMine()
  const [isLong, setLong] = useState(false)
  const [added, setAdded] = useState<Added | null>(null)
  const [hasStopped, setStopped] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), WORDS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  useShow(() => void readMine())

  const components = subscriptions?.components ?? []
  const regions = subscriptions?.regions ?? []
  const set = (next: { components?: readonly string[]; regions?: readonly string[] }) => {
    setStopped(false)
    choose(next)
  }

  return {
    subscriptions,
    saving,
    failure,
    isLong,
    added,
    hasStopped,
    canMessage: CAN_MESSAGE,
    isCommon: COMMON.every(name => components.includes(name)),
    toggle: (name: string) => set({ components: toggled(components, name) }),
    toggleRegion: (code: string) => set({ regions: toggled(regions, code) }),
    everywhere: () => set({ regions: [] }),
    common: () => set({ components: COMPONENTS.filter(name => COMMON.includes(name) || components.includes(name)) }),
    stop() {
      const recoveries = Object.fromEntries((subscriptions?.recoveries ?? []).map(id => [id, false]))
      choose({ components: [], recoveries })
      setStopped(true)
    },
    retry: () => void readMine(),
    /** Runs within the tap: WeChat is asked before anything is waited for. */
    addMessages() {
      const asked = askForMore(['plan', 'recovery', 'check'], true)
      void asked.then(setAdded)
    },
  }
}

export type SubscribeState = ReturnType<typeof useSubscribePage>
