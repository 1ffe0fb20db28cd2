import type { CreateVerificationBody } from '@shared/contract/verification'
import { fill } from '@shared/copy/copy'
import { describeForm } from '@shared/invoice/form'
import type { FieldReason, Hint } from '@shared/invoice/hint'
import { amountOf, type InvoiceKind } from '@shared/invoice/invoice-kind'
import { shanghaiDay } from '@shared/invoice/issue-date'
import { preCheck } from '@shared/invoice/pre-check'
import { type ReadInvoice, readText } from '@shared/invoice/read-text'
import { useEffect, useMemo, useState } from 'react'
import { takeEntry } from '../platform/entry'
import { isMoving, openDetail, openResult } from '../platform/navigate'
import { useShow } from '../platform/page'
import { pickPicture } from '../platform/picture'
import { scan } from '../platform/scan'
import { type Asking, currentAsking, startAsking } from './asking'
import { changeDraft, type Draft, draftStore, EMPTY_DRAFT, inputOf, isEmpty, type TypedField } from './draft'
import { useStore } from './store'
import { askForMore, readMine } from './use-mine'
import { useOutage } from './use-outage'
import { serverNow } from './use-service'
import { useSettings } from './use-settings'

/** What the last scan, paste or picture said about itself. */
interface Notice {
  tone: 'good' | 'wait' | 'bad'
  text: string
}

export type Panel = 'none' | 'paste' | 'camera'

function draftFrom(read: ReadInvoice, text: string, source: Draft['source']): Draft {
  const isQr = read.form === 'qr'
  return {
    fields: {
      invoiceNumber: read.invoiceNumber ?? '',
      invoiceCode: read.invoiceCode ?? '',
      issueDate: read.issueDate ?? '',
      amount: read.amount ?? '',
      checkCode: read.checkCode ?? '',
      sellerTaxId: '',
    },
    kind: read.form === 'link' && read.kind !== 'UNKNOWN' ? read.kind : null,
    qr: isQr ? text : null,
    source: isQr ? source : 'manual',
  }
}

/** A sentence can name the total that this kind is not asked by; it must not slip into the other's place. */
function otherAmount({ form, kind, invoiceNumber, amount, amountBasis }: ReadInvoice): boolean {
  if (form !== 'sentence' || amount === null || amountBasis === 'unknown') return false
  const { basis } = amountOf(kind, invoiceNumber ?? '')
  return basis !== 'unknown' && basis !== amountBasis
}

/** State and moves of the check page. */
export function useCheck() {
  const { copy } = useSettings()
  const draft = useStore(draftStore)
  const [panel, setPanel] = useState<Panel>('none')
  const [notice, setNotice] = useState<Notice | null>(null)
  const [readHints, setReadHints] = useState<Hint[]>([])
  const [refused, setRefused] = useState<Partial<Record<string, FieldReason>>>({})
  const [waiting, setWaiting] = useState<Asking | null>(null)
  const today = shanghaiDay(serverNow())
  const view = useMemo(() => describeForm(inputOf(draft), today), [draft, today])
  const outage = useOutage(view)
  const isOut = outage !== null && !isEmpty(draft)
  // The names of the message templates are needed within the tap.
  useEffect(() => {
    if (isOut) void readMine()
  }, [isOut])

  useShow(() => {
    setWaiting(currentAsking())
    const entry = takeEntry()
    if (entry.kind === 'text') take(entry.text, 'qr')
    if (entry.kind === 'record') openDetail(entry.id)
  })

  function replace(next: Draft, said: Notice | null, hints: Hint[]) {
    changeDraft(next)
    setNotice(said)
    setReadHints(hints)
    setRefused({})
  }

  /** Reads a QR text, a link or a sentence into the form. True when it was an invoice. */
  function take(text: string, source: Draft['source']): boolean {
    const read = readText(text, today)
    if (!read.ok) {
      setNotice({ tone: 'bad', text: copy.notInvoice[read.reason] })
      return false
    }
    const { value } = read
    const filled = draftFrom(value, text, source)
    const other = otherAmount(value)
    if (other) {
      const label = copy.ui.check.amount[amountOf(value.kind, filled.fields.invoiceNumber).label]
      const said = fill(copy.ui.check.otherAmount, { label })
      replace({ ...filled, fields: { ...filled.fields, amount: '' } }, { tone: 'wait', text: said }, value.hints)
      setPanel('none')
      return true
    }
    const intact = value.qrChecksum === 'intact' ? `${copy.ui.check.qrIntact} · ` : ''
    replace(
      draftFrom(value, text, source),
      { tone: 'good', text: intact + copy.ui.check.filledFrom[value.form] },
      value.hints,
    )
    setPanel('none')
    return true
  }

  function change(field: TypedField, value: string) {
    const fromQr = draft.qr !== null && draft.fields[field] !== ''
    // A kind belongs to the code it was chosen for.
    const kind = field === 'invoiceCode' ? null : draft.kind
    changeDraft({ ...draft, kind, qr: fromQr ? null : draft.qr, fields: { ...draft.fields, [field]: value } })
    if (fromQr) setReadHints([])
    if (notice) setNotice(null)
    if (refused[field]) setRefused({ ...refused, [field]: undefined })
  }

  async function startScan() {
    const scanned = await scan()
    if (scanned.ok) take(scanned.text, 'qr')
    else if (scanned.reason === 'camera') setPanel('camera')
    else if (scanned.reason === 'failed') setNotice({ tone: 'wait', text: copy.ui.check.unreadable })
  }

  async function startPicture() {
    const picked = await pickPicture(() => setNotice({ tone: 'wait', text: copy.ui.check.readingPicture }))
    if (picked.ok) take(picked.text, 'photo')
    else if (picked.reason === 'no_code') setNotice({ tone: 'bad', text: copy.ui.check.noQrInPicture })
  }

  /** The phone's own test first; only a question that can be asked costs a try. Null: it cannot be asked. */
  function question(): CreateVerificationBody | null {
    const checked = preCheck(inputOf(draft), today)
    if (checked.verdict === 'refuse') {
      setRefused(Object.fromEntries(checked.fields.map(({ field, reason }) => [field, reason])))
      const missing = checked.fields.filter(({ reason }) => reason === 'required').length
      const [words, n] =
        missing === checked.fields.length
          ? [copy.ui.check.toFill, missing]
          : [copy.ui.check.toMend, checked.fields.length]
      setNotice({ tone: 'bad', text: fill(words, { n }) })
      return null
    }
    return isMoving() ? null : { ...inputOf(draft), source: draft.source }
  }

  function ask(body: CreateVerificationBody) {
    startAsking({ body, recheckOf: null }, serverNow())
    openResult()
  }

  function submit() {
    const body = question()
    if (body) ask(body)
  }

  /** Runs within the tap: WeChat is asked for one message before anything is waited for. */
  function submitLater() {
    const body = question()
    if (body) void askForMore(['check']).then(() => ask({ ...body, afterRecovery: true }))
  }

  /** The kind is asked for right there, which says it already. */
  const picksKind = view.shows.includes('kind')

  function closePanel() {
    setPanel('none')
    if (notice?.tone === 'bad') setNotice(null)
  }

  return {
    draft,
    view,
    notice,
    hints: (readHints.length ? readHints : view.hints).filter(
      hint => !(picksKind && hint.code === 'CODE_KIND_UNKNOWN'),
    ),
    kindProblem: refused.kind ?? view.problems.kind ?? null,
    problemOf: (field: TypedField) => refused[field] ?? view.problems[field] ?? null,
    panel,
    openPanel: setPanel,
    closePanel,
    empty: isEmpty(draft),
    waiting,
    take,
    change,
    chooseKind: (kind: InvoiceKind) => changeDraft({ ...draft, kind }),
    clear: () => replace(EMPTY_DRAFT, null, []),
    startScan,
    startPicture,
    submit,
    outage,
    submitLater,
  }
}

export type Check = ReturnType<typeof useCheck>
