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
import { askHealth, useService } from './use-service'
import { changeSettings, useSettings } from './use-settings'

/** State and moves of the page about oneself. */
export function useMe(copy: PageCopy) {
  const { locale, largeType } = useSettings()
  const { reachable, version } = useService()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [done, setDone] = useState(false)
  const [userId, setUserId] = useState(knownSession()?.userId ?? '')
  useShow(() => {
    setUserId(knownSession()?.userId ?? '')
    void askHealth()
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
    for (const key of [STORED.draft, STORED.asking, STORED.device, STORED.session]) forget(key)
    changeDraft(EMPTY_DRAFT)
    setUserId('')
    setDone(true)
  }

  return {
    locale,
    largeType,
    reachable,
    serverVersion: version,
    userId,
    failure,
    done,
    speak: (next: 'zh-CN' | 'en') => changeSettings({ locale: next }),
    toggleLargeType: () => changeSettings({ largeType: !largeType }),
    removeEverything,
  }
}
