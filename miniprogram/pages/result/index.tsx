import { AnswerFrame } from '../../components/answer-frame'
import { FailureCard } from '../../components/failure-card'
import { NothingHere } from '../../components/nothing-here'
import { PageFrame } from '../../components/page-frame'
import { VerificationView } from '../../components/verification-view'
import { usePageFrame } from '../../hooks/use-page-frame'
import type { Waited } from '../../hooks/use-pending'
import { useRecordActions } from '../../hooks/use-record-actions'
import { type Phase, useResult } from '../../hooks/use-result'
import { goBack } from '../../platform/navigate'
import { usePageParams } from '../../platform/page'

export default function ResultPage() {
  const frame = usePageFrame('result')
  const { id } = usePageParams()
  const { phase, waited, retry } = useResult(id)
  return (
    <PageFrame frame={frame}>
      <Answer phase={phase} waited={waited} retry={retry} copy={frame.copy} />
    </PageFrame>
  )
}

function Answer({
  phase,
  waited,
  retry,
  copy,
}: {
  phase: Phase
  waited: Waited
  retry: () => void
  copy: ReturnType<typeof usePageFrame>['copy']
}) {
  const actions = useRecordActions(copy)
  if (phase.name === 'asking') return <AnswerFrame wordsAfter={phase.wordsAfter} copy={copy} />
  if (phase.name === 'answered')
    return <VerificationView verification={phase.verification} copy={copy} actions={actions} waited={waited} />
  if (phase.name === 'failed') {
    return <FailureCard failure={phase.failure} copy={copy} onRetry={retry} onBack={goBack} onCopy={actions.copyText} />
  }
  return (
    <NothingHere
      title={copy.ui.failed.nothing}
      note={copy.ui.failed.nothingNote}
      step={copy.ui.history.start}
      onStep={actions.another}
    />
  )
}
