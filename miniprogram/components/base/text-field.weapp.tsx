import { Input } from '@tarojs/components'
import { aria } from './aria.weapp'
import type { TextFieldProps } from './props'

const KEYBOARDS = { number: 'number', digit: 'digit', text: 'text' } as const

export function TextField(props: TextFieldProps) {
  const {
    label,
    value,
    onInput,
    className,
    placeholder,
    keyboard = 'text',
    maxLength = 140,
    invalid,
    onConfirm,
  } = props
  return (
    <Input
      className={`input ${className ?? ''}${invalid ? ' is-bad' : ''}`}
      {...aria({ role: 'textbox', label })}
      value={value}
      placeholder={placeholder}
      placeholderClass="input-placeholder"
      type={KEYBOARDS[keyboard]}
      maxlength={maxLength}
      onInput={event => onInput(event.detail.value)}
      onConfirm={onConfirm}
    />
  )
}
