import type { InboxItem } from '@shared/contract/notice'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { Box } from '../../components/base/box'
import { Tap } from '../../components/base/tap'
import { FailureCard } from '../../components/failure-card'
import { NothingHere } from '../../components/nothing-here'
import { NoticeLine } from '../../components/notice-line'
import { timeText } from '../../components/notice-words'
import { PageFrame } from '../../components/page-frame'
import { WaitingCard } from '../../components/waiting-card'
import { useInbox } from '../../hooks/use-inbox'
import { usePageFrame } from '../../hooks/use-page-frame'
import { useRecordActions } from '../../hooks/use-record-actions'
import { openSubscribe } from '../../platform/navigate'
import '../../styles/notice.scss'

export default function InboxPage() {
  const frame = usePageFrame('inbox')
  const { copy, locale, nowMs } = frame
  const words = noticePageCopyFor(locale).inbox
  const names = noticeCopyFor(locale)
  const inbox = useInbox()
  const { copyText } = useRecordActions(copy)
  const { items, failure, isReading } = inbox
  const kindOf = ({ kind, occasion }: InboxItem) =>
    kind === 'check' || !occasion ? words.check : names.occasion[occasion]
  return (
    <PageFrame frame={frame}>
      <NoticeLine tone="wait" text={failure && items.length > 0 ? words.kept : ''} />
      <Box className="slot">
        {items.map(item => (
          <Tap key={item.id} className="card inbox-row" onTap={() => inbox.open(item)}>
            <Box className="inbox-top">
              {item.title}
              <Box className={item.read ? 'gone' : 'dot'}>{words.unread}</Box>
            </Box>
            <Box className="card-line">{item.text}</Box>
            <Box className="card-note">{`${kindOf(item)} · ${timeText(item.at, nowMs, locale)}`}</Box>
          </Tap>
        ))}
      </Box>
      <Box className="slot">
        {items.length === 0 && isReading ? <WaitingCard text={inbox.isLong ? words.loading : ''} /> : null}
        {items.length === 0 && !isReading && failure ? (
          <FailureCard
            failure={failure}
            copy={copy}
            networkNote={words.offlineNote}
            onRetry={inbox.retry}
            onCopy={copyText}
          />
        ) : null}
        {items.length === 0 && !isReading && !failure ? (
          <NothingHere title={words.empty} note={words.emptyNote} step={words.subscribe} onStep={openSubscribe} />
        ) : null}
        {inbox.cursor !== null ? (
          <Tap className="button button-soft" disabled={isReading} onTap={inbox.more}>
            {words.more}
          </Tap>
        ) : null}
      </Box>
    </PageFrame>
  )
}
