import type { TapProps } from './props'

/** Anything that can be tapped: in H5 a button. */
export function Tap({ className, label, role = 'button', checked, disabled, onTap, children }: TapProps) {
  const state = role === 'button' ? {} : { role, 'aria-checked': checked === true }
  return (
    <button
      type="button"
      className={`tap ${className ?? ''}`}
      aria-label={label}
      disabled={disabled}
      onClick={onTap}
      {...state}
    >
      {children}
    </button>
  )
}
