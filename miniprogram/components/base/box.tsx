import { createElement } from 'react'
import type { BoxProps } from './props'

/** A block, in H5 a plain element: real roles, no wrapper. In weapp: `box.weapp.tsx`. */
export function Box({ className, role, label, hidden, live, level, percent, children }: BoxProps) {
  return createElement(
    role === 'heading' ? `h${level ?? 2}` : 'div',
    {
      className,
      role: role === 'heading' ? undefined : role,
      'aria-label': label,
      'aria-hidden': hidden || undefined,
      'aria-live': live,
      style: percent === undefined ? undefined : { width: `${percent}%` },
    },
    children,
  )
}
