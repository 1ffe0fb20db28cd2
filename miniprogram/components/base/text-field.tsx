import type { TextFieldProps } from './props'

const MODES = { number: 'numeric', digit: 'decimal', text: 'text' } as const

export function TextField(props: TextFieldProps) {
  const { label, value, onInput, className, placeholder, keyboard = 'text', maxLength, invalid, onConfirm } = props
  return (
    <input
      className={`input ${className ?? ''}${invalid ? ' is-bad' : ''}`}
      aria-label={label}
      aria-invalid={invalid || undefined}
      value={value}
      placeholder={placeholder}
      inputMode={MODES[keyboard]}
      maxLength={maxLength}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      enterKeyHint="done"
      onChange={event => onInput(event.target.value)}
      onKeyDown={event => {
        if (event.key === 'Enter') onConfirm?.()
      }}
    />
  )
}
