import type { Role } from './props'

interface Spoken {
  role?: Role
  label?: string
  hidden?: boolean
  live?: string
  checked?: boolean
  disabled?: boolean
}

/** Attributes that @tarojs/plugin-inject puts into the templates; only what is given is sent to the view. */
export function aria({ role, label, hidden, live, checked, disabled }: Spoken): Record<string, string> {
  const attributes: Record<string, string> = {}
  if (role) attributes.ariaRole = role
  if (label) attributes.ariaLabel = label
  if (hidden) attributes.ariaHidden = 'true'
  if (live) attributes.ariaLive = live
  if (checked !== undefined) attributes.ariaChecked = String(checked)
  if (disabled) attributes.ariaDisabled = 'true'
  return attributes
}
