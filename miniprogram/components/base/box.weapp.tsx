import { View } from '@tarojs/components'
import { aria } from './aria.weapp'
import type { BoxProps } from './props'

export function Box({ className, role, label, hidden, live, percent, children }: BoxProps) {
  return (
    <View
      className={className}
      style={percent === undefined ? undefined : `width:${percent}%`}
      {...aria({ role, label, hidden, live })}
    >
      {children}
    </View>
  )
}
