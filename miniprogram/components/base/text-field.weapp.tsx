import { Input } from '@tarojs/components'
import { useMemo, useRef } from 'react'
import { aria } from './aria.weapp'
import type { TextFieldProps } from './props'

const KEYBOARDS = { number: 'number', digit: 'digit', text: 'text' } as const

/**
 * Taro sends a controlled input's value again with every update of its element, so the element changes only when what it
 * shows does: a keystroke in one field is one small setData, not one value per field.
 */
export function TextField(props: TextFieldProps) {
  const { label, value, className, placeholder, keyboard = 'text', maxLength = 140, invalid } = props
  const latest = useRef(props)
  latest.current = props
  return useMemo(
    () => (
      <Input
        className={`input ${className ?? ''}${invalid ? ' is-bad' : ''}`}
        {...aria({ role: 'textbox', label })}
        value={value}
        placeholder={placeholder}
        placeholderClass="input-placeholder"
        type={KEYBOARDS[keyboard]}
        maxlength={maxLength}
        onInput={event => latest.current.onInput(event.detail.value)}
        onConfirm={() => latest.current.onConfirm?.()}
      />
    ),
    [label, value, className, placeholder, keyboard, maxLength, invalid],
  )
}
