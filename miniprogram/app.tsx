import { type PropsWithChildren, useEffect } from 'react'
import * as z from 'zod/mini'
import { restoreDraft } from './hooks/draft'
import { startMine } from './hooks/use-mine'
import { startPrivacy } from './hooks/use-privacy-question'
import { startService } from './hooks/use-service'
import { startSettings } from './hooks/use-settings'
import { startStanding } from './hooks/use-standing'
import { keepPagesOffline } from './platform/offline'
import './app.scss'

// WeChat's engine refuses `new Function`, which zod would try first.
z.config({ jitless: true })
startSettings()
startPrivacy()
restoreDraft()
keepPagesOffline()

export default function App({ children }: PropsWithChildren) {
  useEffect(() => {
    startService()
    startStanding()
    startMine()
  }, [])
  return children
}
