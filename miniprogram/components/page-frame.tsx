import type { ReactNode } from 'react'
import type { Frame } from '../hooks/use-page-frame'
import { Box } from './base/box'
import { PageRoot } from './base/page-root'
import { NoticeBanner } from './notice-banner'
import { PrivacySheet } from './privacy-sheet'

/** Every page's surroundings: the demo banner first, so that no screenshot of demo data passes for a real one. */
export function PageFrame({ frame, children }: { frame: Frame; children: ReactNode }) {
  const { copy, rootPx, theme, simulated, online, privacy, name, title, back, banner } = frame
  return (
    <PageRoot
      rootPx={rootPx}
      theme={theme}
      className={`page-${name}`}
      title={title}
      back={back ? { label: copy.ui.back, onTap: back } : undefined}
    >
      <Box className="banners">
        <Box className={simulated ? 'banner banner-demo' : 'gone'}>{simulated ? copy.ui.demoBanner : ''}</Box>
        <Box className={online ? 'gone' : 'banner banner-offline'} live="polite">
          {online ? '' : copy.ui.offline}
        </Box>
      </Box>
      <Box className="slot">
        {banner ? <NoticeBanner notice={banner} {...frame} onOpen={frame.openNotice} /> : null}
      </Box>
      {children}
      <PrivacySheet copy={copy} state={privacy} />
    </PageRoot>
  )
}
