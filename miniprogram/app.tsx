import { type PropsWithChildren, useEffect } from 'react'
import * as z from 'zod/mini'
import { restoreDraft } from './hooks/draft'
import { startPrivacy } from './hooks/use-privacy-question'
import { startService } from './hooks/use-service'
import { startSettings } from './hooks/use-settings'
import './app.scss'

// WeChat's engine refuses `new Function`, which zod would try first.
z.config({ jitless: true })
startSettings()
startPrivacy()
restoreDraft()

export default function App({ children }: PropsWithChildren) {
  useEffect(startService, [])
  return children
}
