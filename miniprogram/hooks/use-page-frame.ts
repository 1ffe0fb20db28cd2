import { nearNotice } from '@shared/contract/near-notice'
import type { NoticeView } from '@shared/contract/notice'
import type { PageCopy } from '@shared/copy/page-copy'
import { bannerOf } from '@shared/notice/relevance'
import { useEffect } from 'react'
import { nameSurfaces } from '../platform/appearance'
import { goBack, openNotice } from '../platform/navigate'
import { useShow } from '../platform/page'
import { isSinglePage } from '../platform/share'

import { usePrivacyQuestion } from './use-privacy-question'
import { serverNow, useService } from './use-service'
import { useSettings, useTheme } from './use-settings'
import { nearNotices, readStandingWhenOld, useStanding } from './use-standing'

/** The desk, which is no part of weapp, brings its title along. */
export type PageName = keyof PageCopy['ui']['title'] | 'desk'

const TABS: readonly PageName[] = ['check', 'history', 'status', 'me']

/** Pages that say it themselves, in full. */
const WITHOUT_BANNER: readonly PageName[] = ['status', 'notice', 'desk']

/** The notice that every page names while it is on or near; null when there is none. */
function useBanner(name: PageName, nowMs: number): NoticeView | null {
  const near = nearNotices(useStanding())
  useShow(readStandingWhenOld)
  if (near.length === 0 || WITHOUT_BANNER.includes(name)) return null
  const found = bannerOf(near.map(nearNotice), nowMs)
  return near.find(({ id }) => id === found?.id) ?? null
}

/** What every page has around its content: type size, banners, title in the chosen language, consent sheet. */
export function usePageFrame(name: PageName, ownTitle = '') {
  const { copy, rootPx, locale } = useSettings()
  const { simulated, online } = useService()
  const theme = useTheme()
  const privacy = usePrivacyQuestion()
  const nowMs = serverNow()
  const banner = useBanner(name, nowMs)
  const { check, history, status, me } = copy.ui.tab
  const title = name === 'desk' ? ownTitle : copy.ui.title[name]
  const dress = () => nameSurfaces(title, [check, history, status, me])
  useShow(dress)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone.
  useEffect(dress, [locale])
  const back = TABS.includes(name) || isSinglePage() ? null : goBack
  return {
    name,
    title,
    back,
    theme,
    rootPx,
    locale,
    copy,
    simulated: simulated === true,
    online,
    privacy,
    nowMs,
    banner,
    openNotice,
  }
}

export type Frame = ReturnType<typeof usePageFrame>
