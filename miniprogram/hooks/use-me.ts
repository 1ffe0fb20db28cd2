import type { Failure } from '@shared/contract/problem'
import type { PageCopy } from '@shared/copy/page-copy'
import { useState } from 'react'
import { deleteMe } from '../api/service'
import { knownSession } from '../api/session'
import { confirm } from '../platform/feedback'
import { useShow } from '../platform/page'
import { forget, STORED } from '../platform/storage'
import { changeDraft, EMPTY_DRAFT } from './draft'
import { forgetRecords } from './kept-history'
import { forgetMine, readMine, useMine } from './use-mine'
import { askHealth, useService } from './use-service'
import { changeSettings, useSettings } from './use-settings'

/** What the phone keeps of a person beside the records. */
const OF_PERSON = [
  STORED.draft,
  STORED.asking,
  STORED.device,
  STORED.session,
  STORED.mine,
  STORED.choice,
  STORED.accepts,
  STORED.inbox,
  STORED.notices,
]

/** State and moves of the page about oneself. */
export function useMe(copy: PageCopy) {
  const { locale, largeType } = useSettings()
  const { reachable, version } = useService()
  const unread = useMine().subscriptions?.unread ?? 0
  const [failure, setFailure] = useState<Failure | null>(null)
  const [done, setDone] = useState(false)
  const [userId, setUserId] = useState(knownSession()?.userId ?? '')
  useShow(() => {
    setUserId(knownSession()?.userId ?? '')
    void askHealth()
    // Who has never signed in has no messages; this page alone makes nobody sign in.
    if (knownSession()) void readMine()
  })

  async function removeEverything() {
    const words = copy.ui
    if (!(await confirm(words.me.deleteAsk, words.result.deleteYes, words.result.no))) return
    const result = await deleteMe()
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    setFailure(null)
    forgetRecords()
    for (const key of OF_PERSON) forget(key)
    changeDraft(EMPTY_DRAFT)
    forgetMine()
    setUserId('')
    setDone(true)
  }

  return {
    locale,
    largeType,
    reachable,
    serverVersion: version,
    userId,
    unread,
    failure,
    done,
    speak: (next: 'zh-CN' | 'en') => changeSettings({ locale: next }),
    toggleLargeType: () => changeSettings({ largeType: !largeType }),
    removeEverything,
  }
}
