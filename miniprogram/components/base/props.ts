import type { ReactNode } from 'react'

/** What a control or region is to a screen reader. */
export type Role =
  | 'alert'
  | 'status'
  | 'button'
  | 'textbox'
  | 'switch'
  | 'radio'
  | 'dialog'
  | 'heading'
  | 'list'
  | 'img'

export interface BoxProps {
  className?: string
  role?: Role
  label?: string
  /** Decoration: screen readers pass over it. */
  hidden?: boolean
  /** Read out when it changes. */
  live?: 'polite' | 'assertive'
  /** Heading level, 1 or 2; H5 only. */
  level?: 1 | 2
  /** Width in percent of the box around it. */
  percent?: number
  children?: ReactNode
}

export interface OutLinkProps {
  url: string
  text: string
}

export interface TapProps {
  className?: string
  /** What a screen reader says; the visible text when absent. */
  label?: string
  role?: 'button' | 'switch' | 'radio'
  /** State of a switch or radio. */
  checked?: boolean
  disabled?: boolean
  onTap: () => void
  children?: ReactNode
}

export interface TextFieldProps {
  label: string
  value: string
  onInput: (value: string) => void
  className?: string
  placeholder?: string
  /** Keyboard: digits, digits with a point, or everything. */
  keyboard?: 'number' | 'digit' | 'text'
  maxLength?: number
  invalid?: boolean
  onConfirm?: () => void
}
