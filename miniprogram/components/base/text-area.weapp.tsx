import { Textarea } from '@tarojs/components'
import { aria } from './aria.weapp'
import type { TextFieldProps } from './props'

type TextAreaProps = Pick<TextFieldProps, 'label' | 'value' | 'onInput' | 'placeholder' | 'maxLength'>

export function TextArea({ label, value, onInput, placeholder, maxLength = 4096 }: TextAreaProps) {
  return (
    <Textarea
      className="input input-tall"
      {...aria({ role: 'textbox', label })}
      value={value}
      placeholder={placeholder}
      placeholderClass="input-placeholder"
      maxlength={maxLength}
      onInput={event => onInput(event.detail.value)}
    />
  )
}
