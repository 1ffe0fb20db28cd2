import type { BoxProps } from './props'

/** Inline text. */
export function Words({ className, children }: Pick<BoxProps, 'className' | 'children'>) {
  return <span className={className}>{children}</span>
}
