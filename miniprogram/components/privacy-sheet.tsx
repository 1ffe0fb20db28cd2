import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import type { PrivacySheetState } from '../hooks/use-privacy-question'
import { AgreeButton } from './base/agree-button'
import { Box } from './base/box'
import { Sheet } from './base/sheet'
import { Tap } from './base/tap'

/** WeChat's consent question, in our words: what for, and what works without it. */
export function PrivacySheet({ copy, state }: { copy: PageCopy; state: PrivacySheetState }) {
  const { question } = state
  if (!question) return <Box className="gone" />
  const words = copy.ui.privacySheet
  const gate = copy.ui.gated[question.text]
  return (
    <Sheet title={words.title} onClose={() => state.answer(false)}>
      <Box className="sheet-body">{fill(words.body, { purpose: gate.purpose, fallback: gate.fallback })}</Box>
      <Tap className="link" onTap={state.read}>
        {fill(words.read, { name: question.contractName || copy.ui.me.privacy })}
      </Tap>
      <Box className="sheet-actions">
        <Tap className="button button-soft" onTap={() => state.answer(false)}>
          {words.refuse}
        </Tap>
        <AgreeButton id={state.agreeButtonId} text={words.agree} onAgree={() => state.answer(true)} />
      </Box>
    </Sheet>
  )
}
