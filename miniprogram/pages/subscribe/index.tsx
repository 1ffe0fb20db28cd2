import type { Subscriptions } from '@shared/contract/notice'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { REGIONS } from '@shared/invoice/region'
import { COMPONENT_GROUPS } from '@shared/notice/notice'
import { Box } from '../../components/base/box'
import { Tap } from '../../components/base/tap'
import { FailureCard } from '../../components/failure-card'
import { FeedCard } from '../../components/feed-card'
import { LinkRow } from '../../components/link-row'
import { MessageCard } from '../../components/message-card'
import { NoticeLine } from '../../components/notice-line'
import { regionName } from '../../components/notice-words'
import { PageFrame } from '../../components/page-frame'
import { PickList } from '../../components/pick-list'
import { WaitingCard } from '../../components/waiting-card'
import { type Frame, usePageFrame } from '../../hooks/use-page-frame'
import { useRecordActions } from '../../hooks/use-record-actions'
import { type SubscribeState, useSubscribePage } from '../../hooks/use-subscribe-page'
import { FEEDS, feedAddress } from '../../platform/feeds'
import { openInbox } from '../../platform/navigate'
import '../../styles/notice.scss'

const GROUPS = Object.keys(COMPONENT_GROUPS) as (keyof typeof COMPONENT_GROUPS)[]

export default function SubscribePage() {
  const frame = usePageFrame('subscribe')
  const page = useSubscribePage()
  const { copy, locale } = frame
  const words = noticePageCopyFor(locale).subscribe
  const { copyText } = useRecordActions(copy)
  const { subscriptions, failure, isLong } = page
  return (
    <PageFrame frame={frame}>
      {subscriptions ? (
        <Chosen subscriptions={subscriptions} page={page} frame={frame} />
      ) : failure ? (
        <FailureCard failure={failure} copy={copy} onRetry={page.retry} onCopy={copyText} />
      ) : (
        <WaitingCard text={isLong ? words.loading : ''} />
      )}
    </PageFrame>
  )
}

interface ChosenProps {
  subscriptions: Subscriptions
  page: SubscribeState
  frame: Frame
}

/** What is chosen, what is left, and the ways that need no message. */
function Chosen(props: ChosenProps) {
  const { subscriptions, page, frame } = props
  const { copy, locale } = frame
  const words = noticePageCopyFor(locale).subscribe
  const { copyText } = useRecordActions(copy)
  const { added, canMessage, hasStopped } = page
  const hasChosen = subscriptions.components.length + subscriptions.recoveries.length > 0
  return (
    <Box className="answer">
      <What {...props} />
      <Where {...props} />
      {canMessage && subscriptions.canMessage ? (
        <MessageCard
          subscriptions={subscriptions}
          words={words}
          said={added === null ? '' : words.answer[added]}
          isGood={added === 'added' || added === 'some'}
          onAdd={page.addMessages}
        />
      ) : (
        <Box className="card">
          <Box className="card-title" role="heading">
            {words.noMessages}
          </Box>
          <Box className="card-note">{words.noMessagesNote}</Box>
        </Box>
      )}
      <Box className="card links">
        <LinkRow text={words.inbox} onTap={openInbox} />
      </Box>
      <FeedCard feeds={FEEDS} copy={copy} onCopy={feed => copyText(feedAddress(feed))} />
      <NoticeLine tone="good" text={hasStopped ? words.stopped : ''} />
      <Tap className={hasChosen ? 'link link-bad' : 'gone'} onTap={page.stop}>
        {words.stop}
      </Tap>
    </Box>
  )
}

function What({ subscriptions, page, frame }: ChosenProps) {
  const words = noticePageCopyFor(frame.locale).subscribe
  const names = noticeCopyFor(frame.locale)
  const { components } = subscriptions
  const { saving, saved, waiting } = words
  return (
    <Box className="card">
      <Box className="card-top">
        <Box className="card-title" role="heading">
          {words.components}
        </Box>
        <Box className="saving" role="status" live="polite">
          {{ at_rest: '', saving, saved, waiting }[page.saving]}
        </Box>
      </Box>
      <Box className="card-note">{components.length > 0 ? words.intro : words.none}</Box>
      <Tap className={page.isCommon ? 'gone' : 'button button-main'} onTap={page.common}>
        {`${words.common} · ${words.commonNote}`}
      </Tap>
      {GROUPS.map(group => (
        <PickList
          key={group}
          title={names.group[group]}
          picks={COMPONENT_GROUPS[group].map(code => ({ code, name: names.component[code] }))}
          chosen={components}
          onToggle={page.toggle}
        />
      ))}
    </Box>
  )
}

function Where({ subscriptions, page, frame }: ChosenProps) {
  const words = noticePageCopyFor(frame.locale).subscribe
  const { regions } = subscriptions
  return (
    <Box className="card">
      <Box className="card-title" role="heading">
        {words.regions}
      </Box>
      <Box className="card-note">{words.regionsNote}</Box>
      <PickList
        title=""
        picks={[
          { code: '', name: words.everywhere },
          ...REGIONS.map(({ code }) => ({ code, name: regionName(code, frame.copy) })),
        ]}
        chosen={regions.length === 0 ? [''] : regions}
        onToggle={code => (code ? page.toggleRegion(code) : page.everywhere())}
      />
    </Box>
  )
}
