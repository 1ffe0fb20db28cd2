import type { Verification } from '@shared/contract/verification'
import type { PageCopy } from '@shared/copy/page-copy'
import type { HintCode } from '@shared/invoice/hint'
import { formatProofNumber } from '@shared/invoice/proof-number'
import type { Waited } from '../hooks/use-pending'
import type { RecordActions } from '../hooks/use-record-actions'
import { AutoLine } from './auto-line'
import { Box } from './base/box'
import { Tap } from './base/tap'
import { Words } from './base/words'
import { BecauseLine } from './because-line'
import { FactList } from './fact-list'
import { askedFacts, taxDataFacts } from './invoice-facts'
import { ItemList } from './item-list'
import { NextStep } from './next-step'
import { OpinionList } from './opinion-list'
import { OutcomeCard } from './outcome-card'
import { PendingCard } from './pending-card'
import { PlaceCard } from './place-card'
import { ReasonList } from './reason-list'
import { TriesLine } from './tries-line'

interface VerificationViewProps {
  verification: Verification
  copy: PageCopy
  actions: RecordActions
  waited: Waited
}

interface ProofLineProps {
  /** Empty while there is none. */
  proofNumber: string
  copy: PageCopy
  onCopy: RecordActions['copyText']
}

function ProofLine({ proofNumber, copy, onCopy }: ProofLineProps) {
  const words = copy.ui.result
  return (
    <Box className={proofNumber ? 'card proof' : 'gone'}>
      <Box className="fact-label">{words.proof}</Box>
      <Words className="proof-number">{proofNumber ? formatProofNumber(proofNumber) : ''}</Words>
      <Tap className="link" label={`${words.copy} ${words.proof}`} onTap={() => onCopy(proofNumber)}>
        {words.copy}
      </Tap>
    </Box>
  )
}

/** One answer, whole: outcome, next step, proof, reasons, the lines to compare. */
export function VerificationView({ verification, copy, actions, waited }: VerificationViewProps) {
  const words = copy.ui.result
  const { outcome, proofNumber, state, hints, opinions, disagreement, place } = verification
  const { nowMs } = waited
  const found = outcome === 'consistent'
  const title = outcome === 'not_found' ? words.reasons : words.why
  const reasons = <ReasonList title={title} reasons={verification.reasons} copy={copy} />
  return (
    <Box className={disagreement ? 'answer is-disputed' : 'answer'}>
      {state === 'done' ? (
        <OutcomeCard verification={verification} copy={copy} nowMs={nowMs} />
      ) : (
        <PendingCard verification={verification} copy={copy} waited={waited} />
      )}
      {opinions.length > 1 ? <OpinionList opinions={opinions} copy={copy} /> : null}
      {place ? <PlaceCard place={place} copy={copy} onCopy={actions.copyText} /> : null}
      <BecauseLine
        notice={verification.notice}
        isWaiting={state === 'pending'}
        copy={copy}
        onOpen={actions.openNotice}
      />
      {place ? null : reasons}
      <AutoLine verification={verification} copy={copy} nowMs={nowMs} onOpen={actions.open} />
      {state === 'done' ? (
        <NextStep verification={verification} copy={copy} actions={actions} nowMs={nowMs} />
      ) : (
        <Box className="steps">
          <Tap className="button button-soft" onTap={actions.another}>
            {words.another}
          </Tap>
          <TriesLine tries={verification} cost="" copy={copy} />
        </Box>
      )}
      {place ? reasons : null}
      <ProofLine proofNumber={proofNumber ?? ''} copy={copy} onCopy={actions.copyText} />
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
