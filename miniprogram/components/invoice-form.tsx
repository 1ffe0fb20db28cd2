import { fill } from '@shared/copy/copy'
import type { PageCopy } from '@shared/copy/page-copy'
import { groupDigits } from '@shared/invoice/digit-groups'
import type { FieldReason } from '@shared/invoice/hint'
import type { AmountLabel } from '@shared/invoice/invoice-kind'
import type { TypedField } from '../hooks/draft'
import type { Check } from '../hooks/use-check'
import { Box } from './base/box'
import type { TextFieldProps } from './base/props'
import { Tap } from './base/tap'
import { KindPicker } from './kind-picker'
import { LabelledField } from './labelled-field'
import type { PaperSpot } from './paper-map'

const AMOUNT_SPOTS: Record<AmountLabel, PaperSpot> = {
  excl_tax: 'row_total',
  incl_tax: 'grand_total',
  vehicle_excl_tax: 'row_total',
  vehicle_total: 'grand_total',
  fare: 'grand_total',
  any: 'row_total',
}

interface Row {
  field: TypedField
  label: string
  hint: string
  recognised?: string
  keyboard: NonNullable<TextFieldProps['keyboard']>
  maxLength: number
  /** Where the figure stands, for those that people mistake. */
  spot?: PaperSpot
}

/** A form meets only reasons of its own; any other is said as a wrong form. */
function problemText(reason: FieldReason | null, copy: PageCopy): string {
  const texts: Partial<Record<FieldReason, string>> = copy.field
  return reason ? (texts[reason] ?? copy.field.format) : ''
}

function rowsOf({ view, draft }: Check, copy: PageCopy): Row[] {
  const words = copy.ui.check
  const blockchain = view.kind === 'BLOCKCHAIN'
  return [
    {
      field: 'invoiceNumber',
      label: words.number,
      hint: numberRead(draft.fields.invoiceNumber, copy),
      recognised: recognisedOf(view, copy),
      keyboard: 'number',
      maxLength: 40,
    },
    { field: 'invoiceCode', label: words.code, hint: words.codeHint, keyboard: 'number', maxLength: 24 },
    {
      field: 'issueDate',
      label: words.date,
      hint: dayWritten(draft.fields.issueDate) ?? words.dateHint,
      keyboard: 'number',
      maxLength: 24,
    },
    {
      field: 'amount',
      label: words.amount[view.amountLabel],
      hint: words.amountWhere[view.amountLabel],
      keyboard: 'digit',
      maxLength: 24,
      spot: AMOUNT_SPOTS[view.amountLabel],
    },
    {
      field: 'checkCode',
      label: blockchain ? words.checkCodeBlockchain : words.checkCode,
      hint: words.checkCodeHint,
      keyboard: blockchain ? 'text' : 'number',
      maxLength: 32,
      spot: 'check_code',
    },
    {
      field: 'sellerTaxId',
      label: words.sellerTaxId,
      hint: words.sellerTaxIdHint,
      keyboard: 'text',
      maxLength: 32,
      spot: 'seller',
    },
  ]
}

/** "数电票 · 北京 · 2026": what the number and code tell, beside the label while they are typed. */
function recognisedOf({ kind, regionCode, regionName, year, digital }: Check['view'], copy: PageCopy): string {
  const region =
    copy.ui.regions[regionCode ?? ''] ?? copy.ui.regions[(regionCode ?? '').slice(0, 2)] ?? regionName ?? ''
  const known = kind === 'UNKNOWN' ? (digital ? copy.ui.check.digital : '') : copy.kind[kind]
  return [known, region, year ? String(year) : ''].filter(part => part !== '').join(' · ')
}

/** A long number in groups, to be proof-read; how much of it is missing while it is typed. */
function numberRead(typed: string, copy: PageCopy): string {
  const words = copy.ui.check
  const digits = typed.replace(/\s/g, '')
  if (!/^\d{9,20}$/.test(digits)) return words.numberHint
  if (digits.length === 20) return fill(words.numberWhole, { number: groupDigits(digits) })
  return fill(words.numberMore, { n: digits.length, left: 20 - digits.length })
}

/** `20261119` read back as `2026-11-19`, so that a slip is seen before the check. */
function dayWritten(typed: string): string | null {
  const digits = typed.replace(/\D/g, '')
  return /^\d{8}$/.test(typed.trim()) ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : null
}

/** The form adapts to the number as it is typed: only the fields this kind needs are there. */
export function InvoiceForm({ check, copy }: { check: Check; copy: PageCopy }) {
  const words = copy.ui.check
  return (
    <Box className="card form">
      <Box className="card-top">
        <Box className="card-title" role="heading">
          {words.manual}
        </Box>
        <Tap className={check.empty ? 'link gone' : 'link'} onTap={check.clear}>
          {words.clear}
        </Tap>
      </Box>
      {rowsOf(check, copy).map(row => {
        const problem = check.problemOf(row.field)
        return (
          <Box key={row.field} className="slot">
            {check.view.shows.includes(row.field) ? (
              <LabelledField
                label={row.label}
                value={check.draft.fields[row.field]}
                onInput={value => check.change(row.field, value)}
                keyboard={row.keyboard}
                maxLength={row.maxLength}
                recognised={row.recognised}
                hint={row.hint}
                problem={problemText(problem, copy)}
                spot={row.spot}
                spotLabel={`${words.where}: ${row.label}`}
                onConfirm={check.submit}
              />
            ) : null}
            {row.field === 'invoiceCode' && check.view.shows.includes('kind') ? (
              <KindPicker
                copy={copy}
                codeLength={check.draft.fields.invoiceCode.trim().length}
                chosen={check.draft.kind}
                problem={problemText(check.kindProblem, copy)}
                onChoose={check.chooseKind}
              />
            ) : null}
          </Box>
        )
      })}
    </Box>
  )
}
