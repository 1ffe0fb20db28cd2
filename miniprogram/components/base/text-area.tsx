import type { TextFieldProps } from './props'

type TextAreaProps = Pick<TextFieldProps, 'label' | 'value' | 'onInput' | 'placeholder' | 'maxLength'>

export function TextArea({ label, value, onInput, placeholder, maxLength }: TextAreaProps) {
  return (
    <textarea
      className="input input-tall"
      aria-label={label}
      value={value}
      placeholder={placeholder}
      maxLength={maxLength}
      rows={4}
      onChange={event => onInput(event.target.value)}
    />
  )
}
