import type { NoticeView } from '@shared/contract/notice'
import { noticePageCopyFor } from '@shared/copy/notice-page-copy'
import { isOver } from '@shared/notice/lifecycle'
import { Box } from '../../components/base/box'
import { FailureCard } from '../../components/failure-card'
import { NothingHere } from '../../components/nothing-here'
import { NoticeCard } from '../../components/notice-card'
import { NoticeLine } from '../../components/notice-line'
import { NoticeSteps } from '../../components/notice-steps'
import { NoticeStory, SourceCard } from '../../components/notice-story'
import { PageFrame } from '../../components/page-frame'
import { PhaseLine } from '../../components/phase-line'
import { cardTitle } from '../../components/share-title'
import { StillWorks } from '../../components/still-works'
import { WaitingCard } from '../../components/waiting-card'
import { useMinutes } from '../../hooks/use-minutes'
import { type NoticeRead, useNotice } from '../../hooks/use-notice'
import { useNoticeActions } from '../../hooks/use-notice-actions'
import { type Frame, usePageFrame } from '../../hooks/use-page-frame'
import { useRecordActions } from '../../hooks/use-record-actions'
import { openTab } from '../../platform/navigate'
import { usePageParams } from '../../platform/page'
import { isSinglePage, useCard } from '../../platform/share'
import '../../styles/notice.scss'

export default function NoticePage() {
  const frame = usePageFrame('notice')
  const { copy, locale } = frame
  const { id = '' } = usePageParams()
  const read = useNotice(id)
  const title = read.notice ? cardTitle(read.notice, locale) : copy.ui.title.notice
  useCard({ title, path: '/pages/notice/index', query: `id=${encodeURIComponent(id)}` })
  return (
    <PageFrame frame={frame}>
      {read.notice ? (
        <Whole notice={read.notice} isKept={read.failure !== null} frame={frame} />
      ) : (
        <Missing read={read} frame={frame} />
      )}
    </PageFrame>
  )
}

/** The notice, from what matters now to who says so. */
function Whole({ notice, isKept, frame }: { notice: NoticeView; isKept: boolean; frame: Frame }) {
  const { copy, locale } = frame
  const words = noticePageCopyFor(locale).notice
  const nowMs = useMinutes()
  const actions = useNoticeActions(notice, copy)
  const { copyText } = useRecordActions(copy)
  const part = { notice, nowMs, locale, copy, words }
  return (
    <Box className="answer">
      <NoticeLine tone="wait" text={isKept ? words.kept : ''} />
      <NoticeCard notice={notice} nowMs={nowMs} locale={locale} copy={copy} />
      {isSinglePage() ? (
        <Box className="notice notice-info">{words.alone}</Box>
      ) : (
        <NoticeSteps actions={actions} isOver={isOver(notice.state)} copy={copy} />
      )}
      <PhaseLine {...part} />
      <StillWorks {...part} onCopy={copyText} />
      <NoticeStory {...part} />
      <SourceCard {...part} onCopy={copyText} />
    </Box>
  )
}

/** On its way, not there, not for here, or not read. */
function Missing({ read, frame }: { read: NoticeRead; frame: Frame }) {
  const { copy, locale } = frame
  const { isHidden, failure, isLong, retry } = read
  const words = noticePageCopyFor(locale).notice
  const { copyText } = useRecordActions(copy)
  const isGone = failure?.kind === 'problem' && failure.problem.status === 404
  if (isHidden || isGone) {
    const title = isHidden ? words.notHere : words.gone
    return <NothingHere title={title} step={words.toStatus} onStep={() => openTab('status')} />
  }
  if (failure) return <FailureCard failure={failure} copy={copy} onRetry={retry} onCopy={copyText} />
  return <WaitingCard text={isLong ? words.loading : ''} />
}
