import type { PageCopy } from '@shared/copy/page-copy'
import { INVOICE_KINDS, type InvoiceKind, kindOf } from '@shared/invoice/invoice-kind'
import { Box } from './base/box'
import { Tap } from './base/tap'

interface KindPickerProps {
  copy: PageCopy
  codeLength: number
  chosen: InvoiceKind | null
  problem: string
  onChoose(kind: InvoiceKind): void
}

/** When the code does not tell the kind, the person names it; only kinds with a code of this length can be meant. */
export function KindPicker({ copy, codeLength, chosen, problem, onChoose }: KindPickerProps) {
  const words = copy.ui.check
  const possible = INVOICE_KINDS.filter(
    kind => kind !== 'UNKNOWN' && kindOf(kind).codeLengths.some(n => n === codeLength),
  )
  return (
    <Box className="field">
      <Box className="field-label">{words.kind}</Box>
      <Box className="kinds">
        {possible.map(kind => (
          <Tap
            key={kind}
            role="radio"
            checked={kind === chosen}
            className={kind === chosen ? 'pick is-on' : 'pick'}
            onTap={() => onChoose(kind)}
          >
            {copy.kind[kind]}
          </Tap>
        ))}
      </Box>
      <Box className={problem ? 'field-problem' : 'field-hint'}>{problem || words.kindHint}</Box>
    </Box>
  )
}
