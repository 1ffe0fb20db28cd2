import { type PropsWithChildren, useEffect } from 'react'
import * as z from 'zod/mini'
import { restoreDraft } from './hooks/draft'
import { startPrivacy } from './hooks/use-privacy-question'
import { startService } from './hooks/use-service'
import { startSettings } from './hooks/use-settings'
import { keepPagesOffline } from './platform/offline'
import './app.scss'

// WeChat's engine refuses `new Function`, which zod would try first.
z.config({ jitless: true })
startSettings()
startPrivacy()
restoreDraft()
keepPagesOffline()

export default function App({ children }: PropsWithChildren) {
  useEffect(startService, [])
  return children
}
