import { fill } from '@shared/copy/copy'
import { Box } from '../../components/base/box'
import { ComponentRows } from '../../components/component-rows'
import { EarlierNotices } from '../../components/earlier-notices'
import { EveryoneCard } from '../../components/everyone-card'
import { FailureCard } from '../../components/failure-card'
import { FeedCard } from '../../components/feed-card'
import { LeadNotice } from '../../components/lead-notice'
import { LinkRow } from '../../components/link-row'
import { NoticeLine } from '../../components/notice-line'
import { NoticeRows } from '../../components/notice-rows'
import { PageFrame } from '../../components/page-frame'
import { showToday } from '../../components/show-time'
import { StandingCard } from '../../components/standing-card'
import { useNoticeActions } from '../../hooks/use-notice-actions'
import { type Frame, usePageFrame } from '../../hooks/use-page-frame'
import { useRecordActions } from '../../hooks/use-record-actions'
import { type StatusState, useStatusPage } from '../../hooks/use-status-page'
import { FEEDS, feedAddress } from '../../platform/feeds'
import { openInbox, openNotice, openSubscribe } from '../../platform/navigate'

interface PartProps {
  page: StatusState
  frame: Frame
}

export default function StatusPage() {
  const frame = usePageFrame('status')
  const page = useStatusPage()
  const { copy, locale } = frame
  const { status, nowMs } = page
  const words = copy.ui.status
  const time = showToday(new Date(page.readAt).toISOString(), nowMs)
  return (
    <PageFrame frame={frame}>
      <NoticeLine tone="wait" text={status && page.failure ? fill(words.kept, { time }) : ''} />
      <Box className="slot">
        <Now page={page} frame={frame} />
      </Box>
      <Box className="slot">
        {status ? (
          <ComponentRows group="tax" components={status.components} nowMs={nowMs} locale={locale} copy={copy} />
        ) : null}
      </Box>
      <Box className="slot">{page.isWhole ? <Rest page={page} frame={frame} /> : null}</Box>
      <Box className="foot">{status ? fill(words.asOf, { time }) : ''}</Box>
    </PageFrame>
  )
}

/** How it stands now, in one card. */
function Now({ page, frame }: PartProps) {
  const { copy, locale } = frame
  const { lead, status, failure, nowMs } = page
  const actions = useNoticeActions(lead, copy)
  const { copyText } = useRecordActions(copy)
  if (lead)
    return <LeadNotice notice={lead} nowMs={nowMs} locale={locale} copy={copy} actions={actions} onOpen={openNotice} />
  if (!status && failure) return <FailureCard failure={failure} copy={copy} onRetry={page.retry} onCopy={copyText} />
  return <StandingCard isKnown={status !== null} isLong={page.isLong} copy={copy} />
}

/** What lies below the first screen. */
function Rest({ page, frame }: PartProps) {
  const { copy, locale } = frame
  const { status, nowMs, unread } = page
  const words = copy.ui.status
  const { copyText } = useRecordActions(copy)
  const shown = { nowMs, locale, copy }
  const components = status?.components ?? []
  return (
    <Box className="slot">
      <EveryoneCard components={components} locale={locale} copy={copy} />
      <NoticeRows title={words.upcoming} notices={page.others} {...shown} onOpen={openNotice} />
      <ComponentRows group="providers" components={components} {...shown} />
      <ComponentRows group="ours" components={components} {...shown} />
      <Box className={status ? 'foot' : 'gone'}>{`${words.bars} · ${words.barsNote}`}</Box>
      <Box className="card links">
        <LinkRow text={words.subscribe} note={words.subscribeNote} onTap={openSubscribe} />
        <LinkRow text={words.inbox} badge={unread ? fill(words.unread, { n: unread }) : ''} onTap={openInbox} />
      </Box>
      <FeedCard feeds={FEEDS} copy={copy} onCopy={feed => copyText(feedAddress(feed))} />
      <EarlierNotices earlier={page.earlier} {...shown} onMore={page.readEarlier} onOpen={openNotice} />
    </Box>
  )
}
