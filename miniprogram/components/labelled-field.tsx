import { Box } from './base/box'
import type { TextFieldProps } from './base/props'
import { TextField } from './base/text-field'
import { PaperMap, type PaperSpot } from './paper-map'

interface LabelledFieldProps extends Pick<TextFieldProps, 'label' | 'value' | 'onInput' | 'keyboard' | 'maxLength'> {
  /** What was recognised from the value; stands beside the label. */
  recognised?: string
  hint: string
  problem: string
  spot?: PaperSpot
  spotLabel?: string
  onConfirm?: () => void
}

/** A field with its label above, what to type below, and where it stands on the paper. */
export function LabelledField(props: LabelledFieldProps) {
  const {
    label,
    value,
    onInput,
    keyboard,
    maxLength,
    recognised = '',
    hint,
    problem,
    spot,
    spotLabel = '',
    onConfirm,
  } = props
  return (
    <Box className="field">
      <Box className="field-top">
        <Box className="field-label">{label}</Box>
        <Box className="field-recognised" live="polite">
          {recognised}
        </Box>
      </Box>
      <TextField
        label={label}
        value={value}
        onInput={onInput}
        keyboard={keyboard}
        maxLength={maxLength}
        invalid={problem !== ''}
        onConfirm={onConfirm}
      />
      <Box className="field-bottom">
        <Box className={problem ? 'field-problem' : 'field-hint'} live="polite">
          {problem || hint}
        </Box>
        {spot ? <PaperMap spot={spot} label={spotLabel} /> : null}
      </Box>
    </Box>
  )
}
