import type { Verification } from '@shared/contract/verification'
import { type Copy, fill } from '@shared/copy/copy'
import type { HintCode } from '@shared/invoice/hint'
import { formatProofNumber } from '@shared/invoice/proof-number'
import type { RecordActions } from '../hooks/use-record-actions'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { Words } from './base/words'
import { FactList } from './fact-list'
import { askedFacts, taxDataFacts } from './invoice-facts'
import { ItemList } from './item-list'
import { NextStep } from './next-step'
import { OutcomeCard } from './outcome-card'
import { ReasonList } from './reason-list'
import { showShort } from './show-time'

interface VerificationViewProps {
  verification: Verification
  copy: Copy
  actions: RecordActions
  nowMs: number
}

/** One answer, whole: outcome, next step, proof, reasons, the lines to compare. */
export function VerificationView({ verification, copy, actions, nowMs }: VerificationViewProps) {
  const words = copy.ui.result
  const { outcome, proofNumber, state, nextTryAt, hints } = verification
  const found = outcome === 'consistent'
  return (
    <Box className="answer">
      <OutcomeCard verification={verification} copy={copy} />
      <ReasonList
        title={outcome === 'not_found' ? words.reasons : words.why}
        reasons={verification.reasons}
        copy={copy}
      />
      <Box className={outcome === 'could_not_check' && nextTryAt ? 'card card-line' : 'gone'}>
        {nextTryAt ? fill(words.nextTry, { time: showShort(nextTryAt, nowMs) }) : ''}
      </Box>
      {state === 'done' ? (
        <NextStep verification={verification} copy={copy} actions={actions} nowMs={nowMs} />
      ) : (
        <Tap className="button button-soft" onTap={actions.another}>
          {words.another}
        </Tap>
      )}
      <Box className={proofNumber ? 'card proof' : 'gone'}>
        <Box className="fact-label">{words.proof}</Box>
        <Words className="proof-number">{proofNumber ? formatProofNumber(proofNumber) : ''}</Words>
        <Tap className="link" label={`${words.copy} ${words.proof}`} onTap={() => actions.copyText(proofNumber ?? '')}>
          {words.copy}
        </Tap>
      </Box>
      {found ? (
        <FactList title={words.compare} note={words.compareNote} facts={taxDataFacts(verification, copy)} />
      ) : (
        <FactList
          title={words.asked}
          facts={askedFacts(verification.asked, copy, verification.outcome === 'mismatch' ? verification.reasons : [])}
        />
      )}
      {found ? (
        <ItemList items={verification.invoice.items} leftOut={verification.invoice.itemsLeftOut ?? 0} copy={copy} />
      ) : null}
      <Box className={hints.length ? 'hints' : 'gone'}>
        {hints.map(hint => (
          <Box key={hint.code} className="hint">
            {copy.hint[hint.code as HintCode] ?? hint.message}
          </Box>
        ))}
      </Box>
      <Box className="foot">{words.triesNote}</Box>
      <Box className="foot">{words.disclaimer}</Box>
    </Box>
  )
}
