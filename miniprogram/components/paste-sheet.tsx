import type { PageCopy } from '@shared/copy/page-copy'
import { useState } from 'react'
import { Box } from './base/box'
import { Sheet } from './base/sheet'
import { Tap } from './base/tap'
import { TextArea } from './base/text-area'

interface PasteSheetProps {
  copy: PageCopy
  problem: string
  /** True when the text was an invoice; the sheet closes by itself then. */
  onText(text: string): boolean
  readClipboard(): Promise<{ ok: true; value: string } | { ok: false; refused: boolean }>
  onClose(): void
}

/** A box for a QR text or a sentence from a chat; works without the clipboard's consent. */
export function PasteSheet({ copy, problem, onText, readClipboard, onClose }: PasteSheetProps) {
  const words = copy.ui.check
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const fromClipboard = async () => {
    const clip = await readClipboard()
    if (!clip.ok) setNote(copy.ui.gated.clipboardRead.fallback)
    else if (!onText(clip.value)) setText(clip.value)
  }
  return (
    <Sheet title={words.pasteTitle} onClose={onClose}>
      <TextArea
        label={words.pasteTitle}
        value={text}
        onInput={setText}
        placeholder={words.pasteHint}
        maxLength={4096}
      />
      <Box className={problem || note ? 'field-problem' : 'gone'} role="status">
        {problem || note}
      </Box>
      <Tap className="link" onTap={fromClipboard}>
        {words.pasteFromClipboard}
      </Tap>
      <Box className="sheet-actions">
        <Tap className="button button-soft" onTap={onClose}>
          {words.cancel}
        </Tap>
        <Tap className="button button-main" disabled={text.trim() === ''} onTap={() => onText(text)}>
          {words.pasteRead}
        </Tap>
      </Box>
    </Sheet>
  )
}
