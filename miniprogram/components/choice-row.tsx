import { Box } from './base/box'
import { Tap } from './base/tap'

interface ChoiceRowProps<T extends string> {
  label: string
  options: readonly { value: T; text: string }[]
  chosen: T
  onChoose(value: T): void
}

/** A label and a few answers of which one holds. */
export function ChoiceRow<T extends string>({ label, options, chosen, onChoose }: ChoiceRowProps<T>) {
  return (
    <Box className="setting">
      <Box className="setting-label">{label}</Box>
      <Box className="segments">
        {options.map(({ value, text }) => (
          <Tap
            key={value}
            role="radio"
            checked={value === chosen}
            label={`${label} ${text}`}
            className={value === chosen ? 'segment is-on' : 'segment'}
            onTap={() => onChoose(value)}
          >
            {text}
          </Tap>
        ))}
      </Box>
    </Box>
  )
}
