import { Box } from './base/box'
import { TextArea } from './base/text-area'
import { TextField } from './base/text-field'

interface DeskFieldProps {
  label: string
  value: string
  hint?: string
  problem?: string
  isLong?: boolean
  onInput(value: string): void
}

/** A field of the desk: label, box, and what is wrong with it. */
export function DeskField({ label, value, hint = '', problem = '', isLong, onInput }: DeskFieldProps) {
  return (
    <Box className="field">
      <Box className="field-top">
        <Box className="field-label">{label}</Box>
      </Box>
      {isLong ? (
        <TextArea label={label} value={value} onInput={onInput} />
      ) : (
        <TextField label={label} value={value} placeholder={hint} invalid={problem !== ''} onInput={onInput} />
      )}
      <Box className={problem ? 'field-problem' : 'gone'} role="alert">
        {problem}
      </Box>
    </Box>
  )
}
