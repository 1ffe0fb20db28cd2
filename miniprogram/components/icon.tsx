import { Box } from './base/box'

export type IconName =
  | 'scan'
  | 'check'
  | 'differs'
  | 'search'
  | 'pause'
  | 'elsewhere'
  | 'void'
  | 'reversed'
  | 'half'
  | 'split'
  | 'question'
  | 'clock'
  | 'offline'
  | 'list'
  | 'pulse'
  | 'alert'

/** A drawing in the colour of the text around it; always beside words, so screen readers pass over it. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return <Box className={`icon icon-${name} ${className}`} hidden />
}
