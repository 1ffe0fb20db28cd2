import type { Subscriptions } from '@shared/contract/notice'
import { fill } from '@shared/copy/copy'
import type { NoticePageCopy } from '@shared/copy/notice-page-copy'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { NoticeLine } from './notice-line'

interface MessageCardProps {
  subscriptions: Subscriptions
  words: NoticePageCopy['subscribe']
  /** What became of the last tap; empty before it. */
  said: string
  isGood: boolean
  onAdd(): void
}

/** How many messages are left of each template, why they are few, and the one way to add some. */
export function MessageCard({ subscriptions, words, said, isGood, onAdd }: MessageCardProps) {
  const { templates } = subscriptions
  const isRefused = templates.some(({ refused }) => refused)
  return (
    <Box className="card facts">
      <Box className="card-title" role="heading">
        {words.left}
      </Box>
      {templates.map(({ templateId, title, left }) => (
        <Box key={templateId} className="fact">
          <Box className="fact-label">{title}</Box>
          <Box className="fact-value">{fill(words.leftOf, { n: left })}</Box>
        </Box>
      ))}
      <Box className="card-note">{words.why}</Box>
      <Box className={isRefused ? 'notice notice-wait' : 'gone'}>{isRefused ? words.refused : ''}</Box>
      <Box className="steps">
        <Tap className={isRefused ? 'button button-soft' : 'button button-main'} onTap={onAdd}>
          {words.add}
        </Tap>
        <Box className="foot">{words.addNote}</Box>
      </Box>
      <NoticeLine tone={isGood ? 'good' : 'wait'} text={said} />
    </Box>
  )
}
