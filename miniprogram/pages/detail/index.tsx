import { AnswerFrame } from '../../components/answer-frame'
import { Box } from '../../components/base/box'
import { Tap } from '../../components/base/tap'
import { FailureCard } from '../../components/failure-card'
import { PageFrame } from '../../components/page-frame'
import { VerificationView } from '../../components/verification-view'
import { useDetail } from '../../hooks/use-detail'
import { usePageFrame } from '../../hooks/use-page-frame'
import { useRecordActions } from '../../hooks/use-record-actions'
import { goBack, openTab } from '../../platform/navigate'
import { usePageParams } from '../../platform/page'

export default function DetailPage() {
  const frame = usePageFrame('detail')
  const { id } = usePageParams()
  const { record, waited, failure, retry } = useDetail(id ?? '')
  const actions = useRecordActions(frame.copy)
  const words = frame.copy.ui.result
  return (
    <PageFrame frame={frame}>
      {record ? (
        <Box className="slot">
          <VerificationView verification={record} copy={frame.copy} actions={actions} waited={waited} />
          <Tap className="link link-bad" onTap={() => actions.remove(record)}>
            {words.delete}
          </Tap>
        </Box>
      ) : failure ? (
        <FailureCard
          failure={failure}
          copy={frame.copy}
          onRetry={retry}
          onBack={goBack}
          backText={frame.copy.ui.back}
          onGone={() => openTab('history')}
          onCopy={actions.copyText}
        />
      ) : (
        <AnswerFrame wordsAfter={0} copy={frame.copy} />
      )}
    </PageFrame>
  )
}
