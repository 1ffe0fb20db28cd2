import { type ReactNode, useEffect, useRef } from 'react'

export interface SheetProps {
  title: string
  onClose(): void
  children: ReactNode
}

const FOCUSABLE = 'textarea, input, button:not(:disabled)'

/** A dialog at the foot of the screen: takes the focus, gives it back, and closes by Escape or a tap beside it. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const sheet = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const before = document.activeElement
    sheet.current?.querySelector<HTMLElement>(FOCUSABLE)?.focus()
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close.current()
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div className="sheet-frame">
      <div className="sheet-veil" onClick={onClose} aria-hidden="true" />
      <div className="sheet" role="dialog" aria-modal="true" aria-label={title} ref={sheet}>
        <h2 className="sheet-title">{title}</h2>
        {children}
      </div>
    </div>
  )
}
