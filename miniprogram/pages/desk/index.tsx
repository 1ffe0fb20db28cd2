import { deskCopyFor } from '@shared/copy/desk-copy'
import { noticeCopyFor } from '@shared/copy/notice-copy'
import { noticeServerCopyFor } from '@shared/copy/notice-server-copy'
import { Box } from '../../components/base/box'
import { Tap } from '../../components/base/tap'
import { DeskEditor } from '../../components/desk-editor'
import { DeskList } from '../../components/desk-list'
import { DeskNotice } from '../../components/desk-notice'
import type { DeskPartProps } from '../../components/desk-words'
import { FailureCard } from '../../components/failure-card'
import { PageFrame } from '../../components/page-frame'
import { SwitchRow } from '../../components/switch-row'
import { WaitingCard } from '../../components/waiting-card'
import { newForm } from '../../hooks/desk-form'
import { useDesk } from '../../hooks/use-desk'
import { type Frame, usePageFrame } from '../../hooks/use-page-frame'
import { useRecordActions } from '../../hooks/use-record-actions'
import { useSettings } from '../../hooks/use-settings'
import '../../styles/notice.scss'

/** The operators' desk, H5 alone. Everybody else finds no such page. */
export default function DeskPage() {
  const words = deskCopyFor(useSettings().locale)
  const frame = usePageFrame('desk', words.title)
  const { copy, locale, nowMs } = frame
  const desk = useDesk(words.badTime)
  const part = { desk, words, names: noticeCopyFor(locale), copy, locale, nowMs }
  const isForbidden = desk.failure?.kind === 'problem' && desk.failure.problem.status === 404
  return (
    <PageFrame frame={frame}>
      <Box className="slot">
        {frame.simulated ? (
          <Box className="card">
            <SwitchRow
              label={words.local}
              note={words.localNote}
              isOn={desk.isOperator}
              words={words}
              onToggle={desk.toggleOperator}
            />
          </Box>
        ) : null}
      </Box>
      <Box className="slot">
        {isForbidden ? (
          <Box className="empty">
            <Box className="empty-title">{words.forbidden}</Box>
            <Box className="empty-note">{words.forbiddenNote}</Box>
          </Box>
        ) : (
          <OnDesk part={part} frame={frame} />
        )}
      </Box>
    </PageFrame>
  )
}

function OnDesk({ part, frame }: { part: DeskPartProps; frame: Frame }) {
  const { desk, words, copy, locale } = part
  const { copyText } = useRecordActions(frame.copy)
  const { open, form, failure, items, isReading } = desk
  if (failure) return <FailureCard failure={failure} copy={copy} onRetry={desk.retry} onCopy={copyText} />
  if (isReading && items.length === 0 && !form) return <WaitingCard text={words.loading} />
  if (!open && !form) {
    const { authoring } = noticeServerCopyFor(locale)
    return <DeskList {...part} onStart={name => desk.write(newForm(name ? authoring[name] : null))} />
  }
  return (
    <Box className="slot">
      <Tap className="link" onTap={desk.close}>
        {words.back}
      </Tap>
      {form ? <DeskEditor {...part} form={form} /> : open ? <DeskNotice {...part} open={open} /> : null}
    </Box>
  )
}
