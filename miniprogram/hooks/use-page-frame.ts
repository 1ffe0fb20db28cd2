import { useEffect } from 'react'
import { nameSurfaces } from '../platform/appearance'
import { goBack } from '../platform/navigate'
import { useShow } from '../platform/page'
import { usePrivacyQuestion } from './use-privacy-question'
import { useService } from './use-service'
import { useSettings, useTheme } from './use-settings'

export type PageName = 'check' | 'result' | 'history' | 'detail' | 'me'

/** What every page has around its content: type size, banners, title in the chosen language, consent sheet. */
export function usePageFrame(name: PageName) {
  const { copy, rootPx, locale } = useSettings()
  const { simulated, online } = useService()
  const theme = useTheme()
  const privacy = usePrivacyQuestion()
  const dress = () => nameSurfaces(copy.ui.title[name], [copy.ui.tab.check, copy.ui.tab.history, copy.ui.tab.me])
  useShow(dress)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone.
  useEffect(dress, [locale])
  const back = name === 'result' || name === 'detail' ? goBack : null
  return { name, back, theme, rootPx, copy, simulated: simulated === true, online, privacy }
}

export type Frame = ReturnType<typeof usePageFrame>
